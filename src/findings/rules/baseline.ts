import type { Rule } from '../../diagnostics/rule.ts';

export const outdatedBaseline = {
  id: 'I2N179',
  name: 'outdated-baseline',
  severity: 'warning',
  summary: 'A baseline has entries that match no finding any more.',
  why: 'What they were written for is gone. If the same mistake is made again, nobody hears of it.',
} as const satisfies Rule;
