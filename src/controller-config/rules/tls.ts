import type { Rule } from '../../diagnostics/rule.ts';

export const unusableDhParameters = {
  id: 'I2N346',
  name: 'unusable-dh-parameters',
  severity: 'warning',
  summary: 'The Secret of `ssl-dh-param` is missing, or has no parameters that nginx can use; none are used.',
  why: 'As in the controller, ciphers with DHE in their names are then not offered.',
} as const satisfies Rule;

export const unusableTicketKey = {
  id: 'I2N347',
  name: 'unusable-ticket-key',
  severity: 'warning',
  summary: '`ssl-session-ticket-key` is not 48 or 80 bytes in base64; nginx makes a key at each start.',
  why: 'nginx takes no other length. The key is a secret, so that the finding does not show it.',
} as const satisfies Rule;
