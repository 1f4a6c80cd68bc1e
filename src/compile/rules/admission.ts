import type { Rule } from '../../diagnostics/rule.ts';

export const annotationAboveRisk = {
  id: 'I2N331',
  name: 'annotation-above-risk',
  severity: 'error',
  summary:
    'An annotation above the level of annotations-risk-level; its Ingress is dropped, and what it asks for answers 503.',
  why: 'The controller drops such an Ingress.',
} as const satisfies Rule;

export const blockedWord = {
  id: 'I2N332',
  name: 'blocked-word',
  severity: 'error',
  summary:
    'An annotation with a text of annotation-value-word-blocklist; its Ingress is dropped, and what it asks for answers 503.',
  why: 'The controller drops such an Ingress.',
} as const satisfies Rule;

export const foreignSnippet = {
  id: 'I2N395',
  name: 'foreign-snippet',
  severity: 'warning',
  lintSeverity: 'error',
  summary: 'An annotation of another program whose name ends in `-snippet`, while snippets are not allowed.',
  why: 'The admission webhook of the controller rejects the Ingress, whatever the prefix of the annotation is.',
} as const satisfies Rule;
