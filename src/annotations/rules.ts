import type { Rule } from '../diagnostics/rule.ts';

export const unknownAnnotation = {
  id: 'I2N301',
  name: 'unknown-annotation',
  severity: 'warning',
  summary:
    'An annotation that the controller does not know: its name, or the prefix nginx.ingress.kubernetes.io/, is misspelt.',
  why: 'The controller ignores it silently, so a misspelt name looks as if it worked.',
} as const satisfies Rule;

export const unsupportedAnnotation = {
  id: 'I2N302',
  name: 'unsupported-annotation',
  severity: 'warning',
  summary: 'An annotation of the controller that ingress2nginx does not support yet.',
  why: 'The output differs from the controller here. Where the annotation is access control, it fails closed: the locations answer 503.',
} as const satisfies Rule;

export const removedAnnotation = {
  id: 'I2N303',
  name: 'removed-annotation',
  severity: 'warning',
  summary: 'An annotation that the controller no longer has.',
  why: 'Current versions of the controller ignore it silently.',
} as const satisfies Rule;

export const invalidAnnotationValue = {
  id: 'I2N304',
  name: 'invalid-annotation-value',
  severity: 'warning',
  summary: 'An invalid value of an annotation; the default is used.',
  why: 'The controller silently falls back to the default.',
} as const satisfies Rule;

export const invalidGuard = {
  id: 'I2N305',
  name: 'invalid-guard',
  severity: 'error',
  summary: 'An invalid value of an access control annotation; the locations answer 503.',
  why: 'Access control fails closed: what cannot be understood must not leave the location open.',
} as const satisfies Rule;

export const missingAuthSecret = {
  id: 'I2N306',
  name: 'missing-auth-secret',
  severity: 'error',
  summary: 'Basic auth without a usable Secret; the locations answer 503.',
  why: 'Access control fails closed: without its users, nobody is let in.',
} as const satisfies Rule;

export const invalidPasswordLine = {
  id: 'I2N307',
  name: 'invalid-password-line',
  severity: 'warning',
  summary: 'A line of an htpasswd file that nginx cannot read.',
  why: 'The user of that line cannot log in, as with the controller, and nginx does not report it. The other users can.',
} as const satisfies Rule;

export const invalidRewriteTarget = {
  id: 'I2N308',
  name: 'invalid-rewrite-target',
  severity: 'error',
  summary: 'A rewrite-target that nginx would reject, such as one with an unknown variable.',
  why: 'nginx rejects the whole configuration because of one such target, and with it every other host.',
} as const satisfies Rule;

export const plannedCanary = {
  id: 'I2N309',
  name: 'unsupported-canary',
  severity: 'warning',
  summary: 'A canary Ingress, which ingress2nginx does not support yet; it is skipped.',
  why: 'All requests go to the primary. Treated as an ordinary Ingress it would take over its paths.',
} as const satisfies Rule;

export const guardWithoutEffect = {
  id: 'I2N510',
  name: 'guard-without-effect',
  severity: 'warning',
  summary: 'Access control that has no effect: under another prefix, misspelt, as a label, or with an empty value.',
  why: 'The controller ignores it silently, and so does ingress2nginx: the host is open to everybody. --fail-on warning makes it fail the run.',
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
  guardWithoutEffect,
];
