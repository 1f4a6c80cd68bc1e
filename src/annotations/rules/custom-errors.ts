import type { Rule } from '../../diagnostics/rule.ts';

export const unusableDefaultBackend = {
  id: 'I2N362',
  name: 'unusable-default-backend',
  severity: 'warning',
  summary: 'The annotation default-backend names a Service that is not in the input, or has no port; it is ignored.',
  why: 'The controller ignores it silently: errors go to the default backend of the installation, and a Service without endpoints answers 503.',
} as const satisfies Rule;
