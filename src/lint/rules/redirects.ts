import type { Rule } from '../../diagnostics/rule.ts';

export const redirectLoop = {
  id: 'I2N212',
  name: 'redirect-loop',
  severity: 'warning',
  summary: 'A redirect that leads to itself, at once or over others.',
  why: 'The annotations for redirects answer every request of their Ingress, also one for the URL that they name. Browsers give up ("too many redirects").',
} as const satisfies Rule;
