import type { Rule } from '../../diagnostics/rule.ts';

export const hostAnnotationConflict = {
  id: 'I2N391',
  name: 'host-annotation-conflict',
  severity: 'warning',
  summary: 'An annotation that holds for a whole host, about which another Ingress of the host has decided.',
  why: 'The controller lets one of them decide, and does not report the other.',
} as const satisfies Rule;
