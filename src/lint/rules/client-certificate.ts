import type { Rule } from '../../diagnostics/rule.ts';

export const plainHttpWithoutCertificate = {
  id: 'I2N336',
  name: 'plain-http-without-certificate',
  severity: 'warning',
  summary: 'A host that asks for client certificates does not redirect plain HTTP to HTTPS: such requests get 403.',
  why: 'Only HTTPS has certificates. The controller lets everybody in over plain HTTP.',
} as const satisfies Rule;
