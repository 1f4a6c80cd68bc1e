import type { Rule } from '../../diagnostics/rule.ts';

export const affinityWithoutEndpoints = {
  id: 'I2N350',
  name: 'affinity-without-endpoints',
  severity: 'warning',
  isOfOutput: true,
  summary: 'Affinity for a Service that is reached by a DNS name; it has no effect.',
  why: 'nginx looks the name up while it serves requests, and cannot keep a client on one of the addresses behind it.',
} as const satisfies Rule;

export const cookiePathIsRegex = {
  id: 'I2N351',
  name: 'cookie-path-is-regex',
  severity: 'warning',
  summary: 'An affinity cookie for a regular expression, without session-cookie-path.',
  why: 'The Path of the cookie is the text of the expression, as in the controller, so no browser sends it back: each request goes to another endpoint.',
} as const satisfies Rule;
