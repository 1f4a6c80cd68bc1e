import type { Rule } from '../../diagnostics/rule.ts';

export const contradictingAnnotations = {
  id: 'I2N383',
  name: 'contradicting-annotations',
  severity: 'warning',
  summary: 'Two annotations of which one undoes the other, or a part of it.',
  why: 'nginx and the controller take both without a word, and what looks as if it worked does not.',
} as const satisfies Rule;

export const satisfyInSnippet = {
  id: 'I2N394',
  name: 'satisfy-in-snippet',
  severity: 'info',
  summary: 'A configuration-snippet with the directive satisfy.',
  why: 'The annotation of this name does the same without snippets, and nginx refuses a location that has the directive twice.',
} as const satisfies Rule;
