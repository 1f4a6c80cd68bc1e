import type { Rule } from '../../diagnostics/rule.ts';

export const snippetNotAllowed = {
  id: 'I2N325',
  name: 'snippet-not-allowed',
  severity: 'warning',
  summary: 'A snippet, and snippets are not allowed; what it may guard is closed.',
  why: 'A snippet may keep somebody out, so that what it belongs to must not be open without it. The controller drops it, or the Ingress, unless its ConfigMap allows snippets.',
} as const satisfies Rule;

export const snippetOutsideLanguage = {
  id: 'I2N326',
  name: 'snippet-outside-language',
  severity: 'error',
  summary: 'A snippet with something that --snippets safe does not take; what it may guard is closed.',
  why: 'Only what is understood to its last word can be written without a risk for other hosts. docs/snippets.md has the language.',
} as const satisfies Rule;

export const forbiddenSnippet = {
  id: 'I2N327',
  name: 'forbidden-snippet',
  severity: 'error',
  summary: 'A snippet with something that is never taken, not even by --snippets all; what it may guard is closed.',
  why: 'It would run code, reach files outside of the output, or change what stands around it.',
} as const satisfies Rule;

export const optionSnippetNotAllowed = {
  id: 'I2N328',
  name: 'option-snippet-not-allowed',
  severity: 'error',
  // The controller takes whatever its own ConfigMap has.
  isOfOutput: true,
  summary: 'A snippet in the ConfigMap of the controller, and snippets are not allowed.',
  why: 'It may keep somebody out of all hosts, which must not be open without it.',
} as const satisfies Rule;

export const snippetWithoutEffect = {
  id: 'I2N329',
  name: 'snippet-without-effect',
  severity: 'warning',
  summary: 'A directive of a snippet that has no effect where it stands, nor has it in the controller.',
  why: 'It looks as if it worked.',
} as const satisfies Rule;
