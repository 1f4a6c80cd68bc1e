import type { Rule } from '../../diagnostics/rule.ts';

export const sessionCookieWithoutAffinity = {
  id: 'I2N352',
  name: 'session-cookie-without-affinity',
  severity: 'warning',
  summary: 'An annotation of the affinity cookie on an Ingress that does not ask for affinity; it has no effect.',
  why: 'The controller ignores it silently: requests of one client go to all endpoints in turn.',
} as const satisfies Rule;

export const affinityConflict = {
  id: 'I2N353',
  name: 'affinity-conflict',
  severity: 'warning',
  summary: 'Two Ingresses that lead to one Service, and ask for different affinity.',
  why: 'A Service has one kind of sessions. As in the controller, the youngest Ingress decides about the cookie, and the oldest about the mode.',
} as const satisfies Rule;
