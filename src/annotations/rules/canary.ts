import type { Rule } from '../../diagnostics/rule.ts';

export const plannedCanary = {
  id: 'I2N309',
  name: 'unsupported-canary',
  severity: 'warning',
  summary: 'A canary Ingress, which ingress2nginx does not support yet; it is skipped.',
  why: 'All requests go to the primary. Treated as an ordinary Ingress it would take over its paths.',
} as const satisfies Rule;
