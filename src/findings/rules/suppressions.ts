import type { Rule } from '../../diagnostics/rule.ts';

export const unknownSuppressedRule = {
  id: 'I2N175',
  name: 'unknown-suppressed-rule',
  severity: 'warning',
  summary: 'A comment or an annotation suppresses a rule that does not exist.',
  why: 'It suppresses nothing, and looks as if it did.',
} as const satisfies Rule;

export const unusedSuppression = {
  id: 'I2N176',
  name: 'unused-suppression',
  severity: 'warning',
  summary: 'A comment or an annotation suppresses a rule that has no finding there.',
  why: 'What it was written for is gone or has moved. The next finding of the rule in this place would not be seen.',
} as const satisfies Rule;

export const invalidSuppression = {
  id: 'I2N177',
  name: 'invalid-suppression',
  severity: 'warning',
  summary:
    'A comment or an annotation that should suppress findings, and names no rule or begins with an unknown word.',
  why: 'It is ignored. Whoever suppressed all rules at once would not hear of a mistake that is made later.',
} as const satisfies Rule;

export const forbiddenSuppression = {
  id: 'I2N178',
  name: 'forbidden-suppression',
  severity: 'warning',
  summary: 'A comment or an annotation suppresses a rule that cannot be suppressed.',
  why: 'Where a file cannot be read, or nginx rejects the result, nobody knows what is missing from it.',
} as const satisfies Rule;
