import type { Rule } from '../../diagnostics/rule.ts';

export const contradictingAnnotations = {
  id: 'I2N383',
  name: 'contradicting-annotations',
  severity: 'warning',
  summary: 'Two annotations of which one undoes the other, or a part of it.',
  why: 'nginx and the controller take both without a word, and what looks as if it worked does not.',
} as const satisfies Rule;
