import type { Rule } from '../../diagnostics/rule.ts';

export const noIngress = {
  id: 'I2N206',
  name: 'no-ingress',
  severity: 'warning',
  lintSeverity: 'info',
  summary: 'The input has no Ingress for this ingress class.',
  why: 'The configuration would answer 404 to everything, which is rarely intended.',
} as const satisfies Rule;

export const misspeltClass = {
  id: 'I2N207',
  name: 'misspelt-class',
  severity: 'warning',
  lintSeverity: 'error',
  summary: 'An Ingress whose class is nearly the one that is handled, such as "ngnix".',
  why: 'The controller skips it without a word, and so does ingress2nginx: its hosts answer 404, or what others serve there.',
} as const satisfies Rule;

export const missingIngressClass = {
  id: 'I2N432',
  name: 'missing-ingress-class',
  severity: 'warning',
  isConditional: true,
  summary: 'An Ingress of an IngressClass that is not in the input, which `--closed-world` says holds everything.',
  why: 'The controller looks the class up, and passes over an Ingress whose class does not exist, without a word.',
} as const satisfies Rule;

export const classAnnotation = {
  id: 'I2N162',
  name: 'class-annotation',
  severity: 'info',
  summary: 'An Ingress that names its class by the annotation kubernetes.io/ingress.class; said by lint alone.',
  why: 'It is deprecated since Kubernetes 1.18, and the API server warns of it. spec.ingressClassName takes its place; it needs an IngressClass of that name in the cluster, which installations of the controller bring along since 1.0.',
} as const satisfies Rule;
