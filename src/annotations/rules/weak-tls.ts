import type { Rule } from '../../diagnostics/rule.ts';

export const weakTls = {
  id: 'I2N529',
  name: 'weak-tls',
  severity: 'warning',
  summary: 'Versions of TLS or ciphers that can be broken, in `ssl-protocols` or `ssl-ciphers`.',
  why: 'TLS 1.0 and 1.1 were withdrawn in 2021 (RFC 8996), RC4, DES and others before. OpenSSL 3 does not offer most of them at its usual security level, so that they do not even help old clients.',
} as const satisfies Rule;
