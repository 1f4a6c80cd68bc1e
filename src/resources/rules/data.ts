import type { Rule } from '../../diagnostics/rule.ts';

export const invalidBase64 = {
  id: 'I2N129',
  name: 'invalid-base64',
  severity: 'error',
  summary: 'A value of data or binaryData that is not base64.',
  why: 'The API server rejects the object. Plain text belongs in stringData, or in the data of a ConfigMap.',
} as const satisfies Rule;

export const invalidDataKey = {
  id: 'I2N130',
  name: 'invalid-data-key',
  severity: 'error',
  summary: 'A key of a Secret or ConfigMap that is not a valid file name.',
  why: 'Keys become file names when the object is mounted.',
} as const satisfies Rule;

export const incompleteSecret = {
  id: 'I2N132',
  name: 'incomplete-secret',
  severity: 'error',
  summary: 'A Secret without the keys that its type requires.',
  why: 'The API server checks the keys of these types and rejects the Secret.',
} as const satisfies Rule;

export const encryptedSecret = {
  id: 'I2N140',
  name: 'encrypted-secret',
  severity: 'error',
  lintSeverity: 'info',
  summary: 'A Secret that is encrypted with SOPS.',
  why: 'Its content cannot be read, so nobody could log in with it, and no certificate in it could be shown.',
} as const satisfies Rule;
