import type { Rule } from '../../diagnostics/rule.ts';

export const brokenSeparator = {
  id: 'I2N138',
  name: 'broken-separator',
  severity: 'error',
  canBeSuppressed: false,
  summary: 'A line that begins with "---" and continues: it is not a document separator, nor valid YAML.',
  why: 'kubectl rejects the file ("invalid Yaml document separator"). No object from there to the next separator is used; the locations of Ingresses are closed.',
} as const satisfies Rule;

export const missingSeparator = {
  id: 'I2N139',
  name: 'missing-separator',
  severity: 'error',
  canBeSuppressed: false,
  summary: 'Two objects without "---" between them.',
  why: 'YAML reads one object in which the keys of the last count; the others are lost without a word. None of them is used; the locations of Ingresses are closed.',
} as const satisfies Rule;
