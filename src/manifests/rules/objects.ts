import type { Rule } from '../../diagnostics/rule.ts';

export const notAnObject = {
  id: 'I2N150',
  name: 'not-an-object',
  severity: 'error',
  summary: 'A document or list item that is text, a number or a list instead of an object.',
  why: 'A Kubernetes object is a mapping with apiVersion, kind and metadata.',
} as const satisfies Rule;

export const missingKind = {
  id: 'I2N151',
  name: 'missing-kind',
  severity: 'error',
  summary: 'An object without kind.',
  why: 'kubectl rejects it ("kind not set").',
} as const satisfies Rule;

export const missingApiVersion = {
  id: 'I2N152',
  name: 'missing-api-version',
  severity: 'error',
  summary: 'An object without apiVersion.',
  why: 'kubectl rejects it ("apiVersion not set"); the fields of an Ingress depend on its version.',
} as const satisfies Rule;

export const unknownApiVersion = {
  id: 'I2N153',
  name: 'unknown-api-version',
  severity: 'error',
  summary: 'A kind that does not exist in this apiVersion.',
  why: 'The API server rejects it ("no kind … is registered for version …").',
} as const satisfies Rule;

export const misspeltKind = {
  id: 'I2N154',
  name: 'misspelt-kind',
  severity: 'error',
  summary: 'A misspelt kind, such as "ingress" or "Ingres".',
  why: 'Kinds are case-sensitive, and the API server rejects what it does not know. Skipped here, the object would leave its hosts to others.',
} as const satisfies Rule;

export const itemsNotAList = {
  id: 'I2N159',
  name: 'items-not-a-list',
  severity: 'error',
  summary: 'A List whose `items` is not a list.',
  why: 'kubectl rejects it, and none of its objects can be read.',
} as const satisfies Rule;

export const notKubernetes = {
  id: 'I2N160',
  name: 'not-kubernetes',
  severity: 'warning',
  summary: 'A document with neither apiVersion nor kind.',
  why: 'Folders contain other YAML and JSON as well, such as the values of a Helm chart. A manifest without both fields is skipped, too.',
} as const satisfies Rule;
