import type { Rule } from '../../diagnostics/rule.ts';

export const invalidStreamEntry = {
  id: 'I2N220',
  name: 'invalid-stream-entry',
  severity: 'warning',
  summary: 'An invalid entry in the ConfigMap of TCP or UDP services; it is skipped.',
  why: 'The controller skips it as well and only logs it.',
} as const satisfies Rule;
