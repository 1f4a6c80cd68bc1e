import type { Rule } from '../../diagnostics/rule.ts';

export const duplicateLocation = {
  id: 'I2N330',
  name: 'duplicate-location',
  severity: 'error',
  summary: 'A location of a server-snippet whose path an Ingress has for the same host, too.',
  why: 'nginx refuses two equal locations, and with them the configuration as a whole. So it does in the controller, which keeps the last one that was fine.',
} as const satisfies Rule;
