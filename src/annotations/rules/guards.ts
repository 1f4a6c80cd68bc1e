import type { Rule } from '../../diagnostics/rule.ts';

export const invalidGuard = {
  id: 'I2N305',
  name: 'invalid-guard',
  severity: 'error',
  summary: 'An invalid value of an access control annotation; the locations answer 503.',
  why: 'Access control fails closed: what cannot be understood must not leave the location open.',
} as const satisfies Rule;

export const guardWithoutEffect = {
  id: 'I2N510',
  name: 'guard-without-effect',
  severity: 'warning',
  lintSeverity: 'error',
  summary:
    'Access control or a limit that has no effect: under another prefix, misspelt, as a label, or with an empty value.',
  why: 'The controller ignores it silently, and so does ingress2nginx: the host is open to everybody. lint makes it an error.',
} as const satisfies Rule;
