import type { Rule } from '../../diagnostics/rule.ts';

export const missingAuthSecret = {
  id: 'I2N306',
  name: 'missing-auth-secret',
  severity: 'error',
  isConditional: true,
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

export const weakPasswordHash = {
  id: 'I2N533',
  name: 'weak-password-hash',
  severity: 'info',
  summary: 'A password that is not hashed, or in a way that takes no time to undo: {PLAIN}, {SHA}, and the old crypt.',
  why: 'Whoever can read the Secret has the password, which people use elsewhere, too. Of the old crypt only the first 8 characters count, so that a longer password is let in with any ending. bcrypt (htpasswd -B) takes long to try; nginx takes it where the C library does.',
} as const satisfies Rule;
