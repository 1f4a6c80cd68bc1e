import type { Rule } from '../../diagnostics/rule.ts';

export const missingBackendAuthority = {
  id: 'I2N337',
  name: 'missing-backend-authority',
  severity: 'error',
  summary: 'The Secret of `proxy-ssl-secret` is missing, or of no use for TLS to backends; the locations answer 503.',
  why: 'Without it requests would go to backends whose certificates nobody checks, or that let in nobody without one.',
} as const satisfies Rule;

export const backendNameMissing = {
  id: 'I2N338',
  name: 'backend-name-missing',
  severity: 'warning',
  summary:
    '`proxy-ssl-verify` without `proxy-ssl-name`: the certificate of the backend must bear a name that no backend has.',
  why: 'As in the controller, it must be for `upstream_balancer`, and requests fail with 502.',
} as const satisfies Rule;
