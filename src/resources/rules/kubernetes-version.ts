import type { Rule } from '../../diagnostics/rule.ts';

export const unservedApiVersion = {
  id: 'I2N144',
  name: 'unserved-api-version',
  severity: 'error',
  isConditional: true,
  summary: 'An API version that the Kubernetes of --kubernetes-version does not serve yet.',
  why: 'kubectl apply fails there: no matches for kind "Ingress" in version "networking.k8s.io/v1".',
} as const satisfies Rule;

export const deprecatedApiVersion = {
  id: 'I2N145',
  name: 'deprecated-api-version',
  severity: 'info',
  isConditional: true,
  summary: 'An API version that the Kubernetes of --kubernetes-version serves and advises against.',
  why: 'The API server answers with a warning, and a later version of Kubernetes may refuse the object.',
} as const satisfies Rule;

export const newerField = {
  id: 'I2N146',
  name: 'newer-field',
  severity: 'warning',
  isConditional: true,
  summary: 'A field that the Kubernetes of --kubernetes-version does not have yet.',
  why: 'The API server drops it silently, so that it looks as if it worked, and kubectl may refuse the object.',
} as const satisfies Rule;
