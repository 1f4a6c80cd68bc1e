import type { Rule } from '../../diagnostics/rule.ts';

export const invalidHost = {
  id: 'I2N114',
  name: 'invalid-host',
  severity: 'error',
  summary: 'A host that is neither a DNS name nor a wildcard such as *.example.com.',
  why: 'No request can have it as its Host header, and the API server rejects the Ingress.',
} as const satisfies Rule;

export const invalidPath = {
  id: 'I2N115',
  name: 'invalid-path',
  severity: 'error',
  summary: 'A path that is not absolute, or not normalised.',
  why: 'nginx resolves "//", "/./" and "/../" in the request before it compares, so such a path never matches.',
} as const satisfies Rule;

export const missingPathType = {
  id: 'I2N116',
  name: 'missing-path-type',
  severity: 'error',
  summary: 'A path without pathType in networking.k8s.io/v1.',
  why: 'The beta versions defaulted to ImplementationSpecific; v1 requires the field.',
} as const satisfies Rule;

export const invalidBackend = {
  id: 'I2N118',
  name: 'invalid-backend',
  severity: 'error',
  summary: 'A backend without a target, or with two.',
  why: 'A backend is one port of one Service, or one resource; the fields depend on the API version.',
} as const satisfies Rule;

export const emptyIngress = {
  id: 'I2N123',
  name: 'empty-ingress',
  severity: 'error',
  summary: 'An Ingress with neither rules nor a default backend.',
  why: 'It routes nothing, and the API server rejects it.',
} as const satisfies Rule;

export const classAndAnnotation = {
  id: 'I2N124',
  name: 'class-and-annotation',
  severity: 'warning',
  lintSeverity: 'error',
  summary: 'An Ingress with both spec.ingressClassName and the annotation kubernetes.io/ingress.class.',
  why: 'The API server does not create such an Ingress; only an update can add the second one.',
} as const satisfies Rule;
