import type { Rule } from '../../diagnostics/rule.ts';

export const noManifests = {
  id: 'I2N105',
  name: 'no-manifests',
  severity: 'warning',
  summary: 'A folder without .yaml, .yml or .json files.',
  why: 'An empty folder usually means a wrong path or a build that did not run.',
} as const satisfies Rule;

export const emptyInput = {
  id: 'I2N106',
  name: 'empty-input',
  severity: 'error',
  canBeSuppressed: false,
  summary: 'The input is empty. Nothing is written, even with --on-error isolate.',
  why: 'Most likely the command before the pipe failed. An empty configuration would take down every host.',
} as const satisfies Rule;
