import type { Rule } from '../../diagnostics/rule.ts';

export const duplicateObject = {
  id: 'I2N190',
  name: 'duplicate-object',
  severity: 'error',
  lintSeverity: 'warning',
  summary: 'Two different objects with the same kind, namespace and name.',
  why: 'A cluster holds one object of a name. It is unclear which one is meant, and the order of files must not decide. The locations of two such Ingresses answer 503, and so do those that need two such Services or Secrets.',
} as const satisfies Rule;

export const repeatedObject = {
  id: 'I2N191',
  name: 'repeated-object',
  severity: 'warning',
  summary: 'The same object more than once, with the same content.',
  why: 'It does no harm today, but editing only one copy will turn it into a conflict.',
} as const satisfies Rule;

export const alternativeFolders = {
  id: 'I2N167',
  name: 'alternative-folders',
  severity: 'info',
  summary: 'Folders beside each other that hold the same object with different content, such as `dev/` and `prod/`.',
  why: 'Nobody uses them together, so that each is checked by itself, with what is common to all: what is twice in two of them is no conflict.',
} as const satisfies Rule;
