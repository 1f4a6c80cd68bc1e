import type { Rule } from '../../diagnostics/rule.ts';

export const loopbackAuthService = {
  id: 'I2N310',
  name: 'loopback-auth-service',
  severity: 'warning',
  summary: 'The auth service is a loopback address.',
  why: 'It leads to the machine that nginx runs on, whose services may trust whoever reaches them there.',
} as const satisfies Rule;
