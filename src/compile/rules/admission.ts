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
