import type { Rule } from '../../diagnostics/rule.ts';

export const invalidRewriteTarget = {
  id: 'I2N308',
  name: 'invalid-rewrite-target',
  severity: 'error',
  summary: 'A rewrite-target that nginx would reject, such as one with an unknown variable.',
  why: 'nginx rejects the whole configuration because of one such target, and with it every other host.',
} as const satisfies Rule;
