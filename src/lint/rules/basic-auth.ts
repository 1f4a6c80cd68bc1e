import type { Rule } from '../../diagnostics/rule.ts';

export const passwordWithoutTls = {
  id: 'I2N534',
  name: 'password-without-tls',
  severity: 'info',
  summary: 'Basic auth for a host that answers over plain HTTP.',
  why: 'Browsers send the password with each request, and over plain HTTP everybody on the way can read it. Where TLS ends at a load balancer in front, force-ssl-redirect: "true" says so.',
} as const satisfies Rule;
