import type { Rule } from '../diagnostics/rule.ts';

/** What a step before us should have filled in or decrypted. */
export const unfilledPlaceholder = {
  id: 'I2N137',
  name: 'unfilled-placeholder',
  severity: 'error',
  summary: 'A value that still has the placeholder of a template in it, such as `${HOST}`.',
  why: 'The API server rejects the value. The step that should have filled it in did not run, or did not know the name.',
} satisfies Rule;

export const encryptedSecret = {
  id: 'I2N140',
  name: 'encrypted-secret',
  severity: 'error',
  summary: 'A Secret that is encrypted with SOPS.',
  why: 'Its content cannot be read, so nobody could log in with it, and no certificate in it could be shown.',
} satisfies Rule;

/** Those of this file, by id. */
export const unprocessedRules: readonly Rule[] = [unfilledPlaceholder, encryptedSecret];
