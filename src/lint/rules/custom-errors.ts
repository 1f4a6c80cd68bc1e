import type { Rule } from '../../diagnostics/rule.ts';

export const errorsWithoutDefaultBackend = {
  id: 'I2N363',
  name: 'errors-without-default-backend',
  severity: 'warning',
  summary: 'Errors of custom-http-errors, and no default backend: all of them become 404.',
  why: 'The default backend that the controller has by itself answers 404 to everything. An installation with error pages has another one, which ingress2nginx must be told.',
} as const satisfies Rule;
