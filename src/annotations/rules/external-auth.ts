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

export const sharedAuthAnswers = {
  id: 'I2N389',
  name: 'shared-auth-answers',
  severity: 'warning',
  lintSeverity: 'error',
  summary: 'A key of kept answers of the auth service that is the same for every client.',
  why: 'The answer to the first client is given to all others: as soon as one may pass, everybody may, until the answer is too old.',
} as const satisfies Rule;

export const authOfNoPath = {
  id: 'I2N392',
  name: 'auth-of-no-path',
  severity: 'warning',
  lintSeverity: 'error',
  summary: 'The option no-auth-locations with `/`, which frees every path of every host.',
  why: 'Paths are compared by their beginnings. With `/` among them nobody is asked for a password, and no auth service is asked.',
} as const satisfies Rule;
