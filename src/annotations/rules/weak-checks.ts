import type { Rule } from '../../diagnostics/rule.ts';

export const unverifiedClient = {
  id: 'I2N526',
  name: 'unverified-client',
  severity: 'info',
  summary: 'An `auth-tls-verify-client` that lets in clients without a good certificate.',
  why: 'nginx only tells the backend what it found, in the header ssl-client-verify. A backend that does not look at it is open.',
} as const satisfies Rule;

export const anySubject = {
  id: 'I2N527',
  name: 'any-subject',
  severity: 'warning',
  summary: 'An `auth-tls-match-cn` that all subjects match.',
  why: 'Every certificate that the authority has signed gets in, as without the annotation.',
} as const satisfies Rule;
