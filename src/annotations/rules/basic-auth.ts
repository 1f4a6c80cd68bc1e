import type { Rule } from '../../diagnostics/rule.ts';

export const missingAuthSecret = {
  id: 'I2N306',
  name: 'missing-auth-secret',
  severity: 'error',
  summary: 'Basic auth without a usable Secret; the locations answer 503.',
  why: 'Access control fails closed: without its users, nobody is let in.',
} as const satisfies Rule;

export const invalidPasswordLine = {
  id: 'I2N307',
  name: 'invalid-password-line',
  severity: 'warning',
  summary: 'A line of an htpasswd file that nginx cannot read.',
  why: 'The user of that line cannot log in, as with the controller, and nginx does not report it. The other users can.',
} as const satisfies Rule;
