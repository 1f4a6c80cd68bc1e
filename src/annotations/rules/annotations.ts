import type { Rule } from '../../diagnostics/rule.ts';

export const unknownAnnotation = {
  id: 'I2N301',
  name: 'unknown-annotation',
  severity: 'warning',
  summary:
    'An annotation that the controller does not know: its name, or its prefix, which is nginx.ingress.kubernetes.io/ or that of --annotations-prefix, is misspelt.',
  why: 'The controller ignores it silently, so a misspelt name looks as if it worked.',
} as const satisfies Rule;

export const unsupportedAnnotation = {
  id: 'I2N302',
  name: 'unsupported-annotation',
  severity: 'warning',
  summary: 'An annotation of the controller that is not honoured; the finding says what is lost.',
  why: 'The output differs from the controller here: stock nginx has nothing that does the same.',
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

export const droppedForValue = {
  id: 'I2N370',
  name: 'dropped-for-value',
  severity: 'error',
  summary:
    'An invalid value of an annotation for which the controller drops the whole Ingress; its locations answer 503.',
  why: 'Without the Ingress, a broader path or host would serve its requests, perhaps without the password that it asks for.',
} as const satisfies Rule;

export const annotationWithoutEffect = {
  id: 'I2N361',
  name: 'annotation-without-effect',
  severity: 'warning',
  summary: 'An annotation that has no effect without another one, or beside an option.',
  why: 'The controller ignores it silently, so it looks as if it worked.',
} as const satisfies Rule;

export const otherPrefix = {
  id: 'I2N393',
  name: 'other-prefix',
  severity: 'warning',
  summary:
    'An annotation under a prefix that only other controllers read, such as nginx.org/, or under the one from before 0.9.',
  why: 'The controller ignores it silently, so it looks as if it worked. Annotations under nginx.org/ and nginx.com/ are for the NGINX Ingress Controller of F5, whose class is called nginx as well.',
} as const satisfies Rule;

export const annotationAsLabel = {
  id: 'I2N385',
  name: 'annotation-as-label',
  severity: 'warning',
  summary: 'An annotation of the controller that stands among the labels.',
  why: 'Labels select objects, and the controller reads none of them. Only under `annotations` it has an effect.',
} as const satisfies Rule;

export const olderAnnotationName = {
  id: 'I2N387',
  name: 'older-annotation-name',
  severity: 'info',
  summary: 'An annotation under an older name that still counts; said by lint alone.',
  why: 'Since version 1.9 the controller has another name for it, and takes the older one only where the newer one has no text.',
} as const satisfies Rule;

export const removedLater = {
  id: 'I2N703',
  name: 'removed-later',
  severity: 'warning',
  summary: 'An annotation that the controller of --controller-version honours, and later versions do not.',
  why: 'After an update it is ignored silently. Nothing of it is in what ingress2nginx writes.',
} as const satisfies Rule;

export const unvalidatedValue = {
  id: 'I2N705',
  name: 'unvalidated-value',
  severity: 'warning',
  summary:
    'An invalid value for which versions from 1.12 on drop the Ingress, and which the controller of --controller-version takes as it is.',
  why: 'Before 1.12 annotations are validated with --enable-annotation-validation only. nginx may refuse the whole configuration because of the value.',
} as const satisfies Rule;

export const refusedPrefix = {
  id: 'I2N396',
  name: 'refused-prefix',
  severity: 'warning',
  lintSeverity: 'error',
  summary: 'An annotation under nginx.ingress.kubernetes.io/ where --annotations-prefix is another one.',
  why: 'The admission webhook of such a controller rejects the Ingress; without the webhook the annotation has no effect.',
} as const satisfies Rule;
