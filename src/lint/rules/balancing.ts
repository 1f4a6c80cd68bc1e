import type { Rule } from '../../diagnostics/rule.ts';

export const balancingBesideAffinity = {
  id: 'I2N358',
  name: 'balancing-beside-affinity',
  severity: 'warning',
  summary: 'An upstream-hash-by or load-balance for a Service that has affinity; it has no effect.',
  why: 'As in the controller, the cookie decides which endpoint is asked, whichever Ingress asks for it.',
} as const satisfies Rule;

export const hashWithoutEndpoints = {
  id: 'I2N359',
  name: 'hash-without-endpoints',
  severity: 'warning',
  isOfOutput: true,
  summary: 'An upstream-hash-by for a Service that is reached by a DNS name; it has no effect.',
  why: 'nginx looks the name up while it serves requests, and gives all addresses behind it the same place.',
} as const satisfies Rule;
