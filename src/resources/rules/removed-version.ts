import type { Rule } from '../../diagnostics/rule.ts';

export const removedApiVersion = {
  id: 'I2N143',
  name: 'removed-api-version',
  severity: 'warning',
  isConditional: true,
  summary:
    'An API version that current versions of Kubernetes no longer serve; an error with --kubernetes-version, and a note where a cluster gave it out.',
  why: 'kubectl apply fails there: no matches for kind "Ingress" in version "extensions/v1beta1". ingress2nginx reads all versions.',
} as const satisfies Rule;
