import type { Rule } from '../diagnostics/rule.ts';

export const unknownAnnotation = {
  id: 'I2N301',
  name: 'unknown-annotation',
  severity: 'warning',
  summary: 'An annotation under nginx.ingress.kubernetes.io/ that the controller does not know.',
  why: 'The controller ignores it in silence, so that a misspelt name looks as if it worked.',
} as const satisfies Rule;

export const unsupportedAnnotation = {
  id: 'I2N302',
  name: 'unsupported-annotation',
  severity: 'warning',
  summary: 'An annotation of the controller that ingress2nginx does not build yet.',
  why: 'The output behaves differently from the controller here. Where the annotation keeps somebody out, the locations are closed (503) instead of left open.',
} as const satisfies Rule;

export const removedAnnotation = {
  id: 'I2N303',
  name: 'removed-annotation',
  severity: 'warning',
  summary: 'An annotation that the controller no longer has.',
  why: 'Current versions of the controller ignore it in silence.',
} as const satisfies Rule;

export const invalidAnnotationValue = {
  id: 'I2N304',
  name: 'invalid-annotation-value',
  severity: 'warning',
  summary: 'A value that the annotation does not take; its default is used.',
  why: 'The controller falls back to the default without telling anybody.',
} as const satisfies Rule;

export const invalidGuard = {
  id: 'I2N305',
  name: 'invalid-guard',
  severity: 'error',
  summary: 'A wrong value in an annotation that keeps somebody out; the locations are closed (503).',
  why: 'A guard that cannot be understood must not leave the door open.',
} as const satisfies Rule;

export const missingAuthSecret = {
  id: 'I2N306',
  name: 'missing-auth-secret',
  severity: 'error',
  summary: 'Basic auth without a usable Secret; the locations are closed (503).',
  why: 'Without the users nobody can be let in, and letting everybody in is no choice.',
} as const satisfies Rule;

export const invalidPasswordLine = {
  id: 'I2N307',
  name: 'invalid-password-line',
  severity: 'warning',
  summary: 'A line of an htpasswd file that nginx would not read.',
  why: 'The user of that line cannot log in, as with the controller; nginx says nothing about it. The other users can.',
} as const satisfies Rule;

export const invalidRewriteTarget = {
  id: 'I2N308',
  name: 'invalid-rewrite-target',
  severity: 'error',
  summary: 'A rewrite target that nginx would refuse, such as one with an unknown variable.',
  why: 'nginx refuses the whole configuration for one such target, and with it every other host.',
} as const satisfies Rule;

export const plannedCanary = {
  id: 'I2N309',
  name: 'unsupported-canary',
  severity: 'warning',
  summary: 'A canary Ingress, which ingress2nginx does not build yet; it is left out.',
  why: 'All requests go to the primary. Treated as an ordinary Ingress it would take its paths over.',
} as const satisfies Rule;

export const annotationRules: readonly Rule[] = [
  unknownAnnotation,
  unsupportedAnnotation,
  removedAnnotation,
  invalidAnnotationValue,
  invalidGuard,
  missingAuthSecret,
  invalidPasswordLine,
  invalidRewriteTarget,
  plannedCanary,
];
