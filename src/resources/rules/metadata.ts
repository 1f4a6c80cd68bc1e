import type { Rule } from '../../diagnostics/rule.ts';

export const invalidName = {
  id: 'I2N113',
  name: 'invalid-name',
  severity: 'error',
  summary: 'An invalid object name.',
  why: 'Names become parts of DNS names, URLs and file names, so the API server allows few characters.',
} as const satisfies Rule;

export const invalidAnnotationKey = {
  id: 'I2N120',
  name: 'invalid-annotation-key',
  severity: 'error',
  summary: 'An invalid annotation key.',
  why: 'A key is a name of at most 63 characters, optionally with a DNS name and a slash as its prefix.',
} as const satisfies Rule;

export const nonStringAnnotation = {
  id: 'I2N121',
  name: 'non-string-annotation',
  severity: 'error',
  summary: 'An annotation whose value is not text, such as true or 8 without quotes.',
  why: 'Annotations are strings; the API server rejects the whole object if one of them is not.',
} as const satisfies Rule;

export const invalidLabel = {
  id: 'I2N122',
  name: 'invalid-label',
  severity: 'error',
  summary: 'An invalid label, selector or qualified name.',
  why: 'Label keys and values have at most 63 characters: letters, digits and - _ . only.',
} as const satisfies Rule;

export const unnamedObject = {
  id: 'I2N133',
  name: 'unnamed-object',
  severity: 'warning',
  summary: 'An object with generateName and no name.',
  why: 'The API server generates its name, so nothing here can refer to it; the object is skipped.',
} as const satisfies Rule;

export const invalidReference = {
  id: 'I2N135',
  name: 'invalid-reference',
  severity: 'error',
  summary: 'An invalid owner or object reference, or an invalid finalizer name.',
  why: 'The API server rejects the object.',
} as const satisfies Rule;
