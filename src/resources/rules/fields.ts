import type { Rule } from '../../diagnostics/rule.ts';

export const invalidType = {
  id: 'I2N110',
  name: 'invalid-type',
  severity: 'error',
  summary: 'A value of the wrong type for its field.',
  why: 'The API server rejects the whole object if one value has the wrong type.',
} as const satisfies Rule;

export const unknownField = {
  id: 'I2N111',
  name: 'unknown-field',
  severity: 'error',
  summary: 'A field that does not exist in this kind.',
  why: 'The API server silently drops it, so it has no effect; kubectl rejects it.',
} as const satisfies Rule;

export const missingField = {
  id: 'I2N112',
  name: 'missing-field',
  severity: 'error',
  summary: 'A required field is missing or empty.',
  why: 'The API server rejects the object.',
} as const satisfies Rule;

export const unsupportedValue = {
  id: 'I2N119',
  name: 'unsupported-value',
  severity: 'error',
  summary: 'A value that the field does not allow.',
  why: 'The API server rejects the object; the values are case-sensitive.',
} as const satisfies Rule;

export const duplicateEntry = {
  id: 'I2N125',
  name: 'duplicate-entry',
  severity: 'error',
  summary: 'Two entries of a list that must be unique, or one key in two maps.',
  why: 'It is unclear which one is meant, and the API server rejects the object.',
} as const satisfies Rule;

export const tooLarge = {
  id: 'I2N131',
  name: 'too-large',
  severity: 'error',
  summary: 'More bytes or entries than the API server accepts.',
  why: 'The API server limits the size of objects and rejects larger ones.',
} as const satisfies Rule;

export const forbiddenField = {
  id: 'I2N134',
  name: 'forbidden-field',
  severity: 'error',
  summary: 'Two fields that cannot be used together.',
  why: 'The API server rejects the combination.',
} as const satisfies Rule;

export const hiddenProblems = {
  id: 'I2N136',
  name: 'hidden-problems',
  severity: 'info',
  summary: 'An object with more problems than are shown.',
  why: 'One mistake in a template can break an object in thousands of places; the first ones are enough to find it.',
} as const satisfies Rule;
