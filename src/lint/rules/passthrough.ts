import type { Rule } from '../../diagnostics/rule.ts';

export const guardBehindPassthrough = {
  id: 'I2N366',
  name: 'guard-behind-passthrough',
  severity: 'warning',
  summary: 'Access control of a host with ssl-passthrough; it has no effect over TLS.',
  why: 'As in the controller, such connections go to the backend unread: only it can ask for a password or a certificate.',
} as const satisfies Rule;

export const pathsBehindPassthrough = {
  id: 'I2N367',
  name: 'paths-behind-passthrough',
  severity: 'warning',
  summary: 'Further paths of a host with ssl-passthrough; over TLS all of them lead to the Service of the path /.',
  why: 'As in the controller, such connections are not decrypted, so that nobody knows the path.',
} as const satisfies Rule;
