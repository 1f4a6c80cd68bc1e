import type { Rule } from '../../diagnostics/rule.ts';

export const missingClientAuthority = {
  id: 'I2N335',
  name: 'missing-client-authority',
  severity: 'error',
  summary:
    'The Secret of `auth-tls-secret` is missing, or has no authorities that nginx can use; the hosts answer 403.',
  why: 'Without them nobody can tell whose certificates are good. The controller answers 403 as well, but is open to everybody where only ca.crt is missing.',
} as const satisfies Rule;
