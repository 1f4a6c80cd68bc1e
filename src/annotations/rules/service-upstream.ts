import type { Rule } from '../../diagnostics/rule.ts';

export const serviceUpstreamConflict = {
  id: 'I2N372',
  name: 'service-upstream-conflict',
  severity: 'warning',
  summary: 'An Ingress with service-upstream, while another Ingress decides where requests for the Service go.',
  why: 'A port of a Service is reached in one way. As in the controller, the oldest Ingress with a path to it decides, even if it says nothing; an Ingress with it as default backend goes before, and of these the youngest.',
} as const satisfies Rule;
