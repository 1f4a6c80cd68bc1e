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

export const uselessAffinityCookie = {
  id: 'I2N354',
  name: 'useless-affinity-cookie',
  severity: 'warning',
  summary: 'An affinity cookie that browsers throw away: for a domain that the host is not in, or with an age of 0.',
  why: 'Each request of a client gets a new cookie, and goes to another endpoint. The controller sends it all the same.',
} as const satisfies Rule;
