import type { Rule } from '../../diagnostics/rule.ts';

export const brokenYaml = {
  id: 'I2N107',
  name: 'broken-yaml',
  severity: 'error',
  canBeSuppressed: false,
  summary: 'A document that is not valid YAML.',
  why: 'The document cannot be read; the other documents of the file are.',
} as const satisfies Rule;

export const brokenJson = {
  id: 'I2N108',
  name: 'broken-json',
  severity: 'error',
  canBeSuppressed: false,
  summary: 'A file that is not valid JSON.',
  why: 'Nothing after that position can be read; values that end before it are.',
} as const satisfies Rule;

export const duplicateKey = {
  id: 'I2N109',
  name: 'duplicate-key',
  severity: 'warning',
  summary: 'The same key twice in one mapping.',
  why: 'kubectl silently sends the last one and drops the others; other tools refuse the file. If what is lost may be access control, in an Ingress or a Secret without certificate, it is an error: their locations are closed.',
} as const satisfies Rule;

export const excessiveAliases = {
  id: 'I2N155',
  name: 'excessive-aliases',
  severity: 'error',
  canBeSuppressed: false,
  summary: 'Aliases that expand to more than 100,000 values.',
  why: 'A few lines of nested aliases can expand to billions of values ("billion laughs"); no real manifest needs that.',
} as const satisfies Rule;

export const recursiveAlias = {
  id: 'I2N156',
  name: 'recursive-alias',
  severity: 'error',
  canBeSuppressed: false,
  summary: 'An alias inside its own anchor.',
  why: 'Such a value is infinite; kubectl rejects it, too.',
} as const satisfies Rule;

export const nestingTooDeep = {
  id: 'I2N157',
  name: 'nesting-too-deep',
  severity: 'error',
  canBeSuppressed: false,
  summary: 'A document that is nested more than 500 levels deep.',
  why: 'No Kubernetes object is nested so deeply, and such a document can exhaust the stack of a parser.',
} as const satisfies Rule;

export const moreProblems = {
  id: 'I2N158',
  name: 'more-problems',
  severity: 'error',
  canBeSuppressed: false,
  summary: 'A file with so many unreadable documents that the rest is only counted.',
  why: 'One wrong file would otherwise bury the findings of all others.',
} as const satisfies Rule;
