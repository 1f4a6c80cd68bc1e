import type { Rule } from '../../diagnostics/rule.ts';

export const zeroTimeout = {
  id: 'I2N371',
  name: 'zero-timeout',
  severity: 'warning',
  summary: 'A timeout of 0 seconds, which leaves the backend no time: requests fail with 504.',
  why: 'As with the controller. Elsewhere 0 often means no timeout; nginx has no such value, only a long time.',
} as const satisfies Rule;
