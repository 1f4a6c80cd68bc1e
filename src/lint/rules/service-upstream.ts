import type { Rule } from '../../diagnostics/rule.ts';

export const balancedByTheCluster = {
  id: 'I2N373',
  name: 'balanced-by-the-cluster',
  severity: 'warning',
  summary: 'An affinity, upstream-hash-by or load-balance for a Service with service-upstream; it has no effect.',
  why: 'As in the controller, nginx knows one address of such a Service. The cluster chooses the endpoint behind it, and knows no cookie and no URL.',
} as const satisfies Rule;
