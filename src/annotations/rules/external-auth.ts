import type { Rule } from '../../diagnostics/rule.ts';

export const loopbackAuthService = {
  id: 'I2N310',
  name: 'loopback-auth-service',
  severity: 'warning',
  summary: 'The auth service is a loopback address.',
  why: 'It leads to the machine that nginx runs on, whose services may trust whoever reaches them there.',
} as const satisfies Rule;

export const refusedAuthHeaders = {
  id: 'I2N311',
  name: 'refused-auth-headers',
  severity: 'error',
  summary:
    'The ConfigMap of auth-proxy-set-headers is missing, of another namespace, or has a header that cannot be sent; the locations answer 503.',
  why: 'The auth service may need these headers to tell who may come in. The controller answers 503, too.',
} as const satisfies Rule;

export const authThroughProxyProtocol = {
  id: 'I2N312',
  name: 'auth-through-proxy-protocol',
  severity: 'error',
  summary: 'nginx shall ask itself whether a request may pass, but takes no connection without the PROXY protocol.',
  why: 'Stock nginx cannot send the PROXY protocol over HTTP. The locations answer 500: access control fails closed.',
} as const satisfies Rule;
