import type { Rule } from '../../diagnostics/rule.ts';

export const canaryWithoutMain = {
  id: 'I2N340',
  name: 'canary-without-main',
  severity: 'warning',
  summary: 'A canary for a host or a path that no other Ingress has.',
  why: 'A canary takes a share of the requests of a path with the same host, text and type. The controller ignores it without one, for all paths that lead to the same Service if the host is there.',
} as const satisfies Rule;

export const canaryWithoutEffect = {
  id: 'I2N341',
  name: 'canary-without-effect',
  severity: 'warning',
  summary: 'A canary that gets no request, or whose rules do not count, because of another Ingress.',
  why: 'The controller gives the requests of a Service to one canary, the oldest, and a Service the rules of one Ingress, the oldest that names it.',
} as const satisfies Rule;

export const serviceOfCanary = {
  id: 'I2N342',
  name: 'service-of-canary',
  severity: 'warning',
  summary: 'A path that leads to the Service of an older canary; it answers 503.',
  why: 'The controller drops such a path, so that a broader one serves its requests, perhaps without its password.',
} as const satisfies Rule;

export const ignoredByCanary = {
  id: 'I2N343',
  name: 'ignored-by-canary',
  severity: 'warning',
  summary: 'An annotation, or `tls`, that has no effect on a canary, and is not the same on its main Ingress.',
  why: 'The requests of a canary are those of the paths of its main Ingress, with its redirects, passwords and limits.',
} as const satisfies Rule;
