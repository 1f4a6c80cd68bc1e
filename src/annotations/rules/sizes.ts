import type { Rule } from '../../diagnostics/rule.ts';

export const largeBodyBuffer = {
  id: 'I2N806',
  name: 'large-body-buffer',
  severity: 'info',
  summary: 'A `client-body-buffer-size` of 64 MiB or more.',
  why: 'nginx holds so much of each upload in memory: ten clients at once take ten times as much. Mostly proxy-body-size was meant, which says how large an upload may be.',
} as const satisfies Rule;
