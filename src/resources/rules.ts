import type { Rule } from '../diagnostics/rule.ts';
import { insideRules } from './inside-rules.ts';
import { unprocessedRules } from './unprocessed-rules.ts';

export const invalidType = {
  id: 'I2N110',
  name: 'invalid-type',
  severity: 'error',
  summary: 'A value of the wrong type for its field.',
  why: 'The API server rejects the whole object if one value has the wrong type.',
} satisfies Rule;

export const unknownField = {
  id: 'I2N111',
  name: 'unknown-field',
  severity: 'error',
  summary: 'A field that does not exist in this kind.',
  why: 'The API server silently drops it, so it has no effect; kubectl rejects it.',
} satisfies Rule;

export const missingField = {
  id: 'I2N112',
  name: 'missing-field',
  severity: 'error',
  summary: 'A required field is missing or empty.',
  why: 'The API server rejects the object.',
} satisfies Rule;

export const invalidName = {
  id: 'I2N113',
  name: 'invalid-name',
  severity: 'error',
  summary: 'An invalid object name.',
  why: 'Names become parts of DNS names, URLs and file names, so the API server allows few characters.',
} satisfies Rule;

export const invalidHost = {
  id: 'I2N114',
  name: 'invalid-host',
  severity: 'error',
  summary: 'A host that is neither a DNS name nor a wildcard such as *.example.com.',
  why: 'No request can have it as its Host header, and the API server rejects the Ingress.',
} satisfies Rule;

export const invalidPath = {
  id: 'I2N115',
  name: 'invalid-path',
  severity: 'error',
  summary: 'A path that is not absolute, or not normalised.',
  why: 'nginx resolves "//", "/./" and "/../" in the request before it compares, so such a path never matches.',
} satisfies Rule;

export const missingPathType = {
  id: 'I2N116',
  name: 'missing-path-type',
  severity: 'error',
  summary: 'A path without pathType in networking.k8s.io/v1.',
  why: 'The beta versions defaulted to ImplementationSpecific; v1 requires the field.',
} satisfies Rule;

export const invalidPort = {
  id: 'I2N117',
  name: 'invalid-port',
  severity: 'error',
  summary: 'A port number out of range, or an invalid port name.',
  why: 'Ports are numbers from 1 to 65535 or names of at most 15 characters with a letter in them.',
} satisfies Rule;

export const invalidBackend = {
  id: 'I2N118',
  name: 'invalid-backend',
  severity: 'error',
  summary: 'A backend without a target, or with two.',
  why: 'A backend is one port of one Service, or one resource; the fields depend on the API version.',
} satisfies Rule;

export const unsupportedValue = {
  id: 'I2N119',
  name: 'unsupported-value',
  severity: 'error',
  summary: 'A value that the field does not allow.',
  why: 'The API server rejects the object; the values are case-sensitive.',
} satisfies Rule;

export const invalidAnnotationKey = {
  id: 'I2N120',
  name: 'invalid-annotation-key',
  severity: 'error',
  summary: 'An invalid annotation key.',
  why: 'A key is a name of at most 63 characters, optionally with a DNS name and a slash as its prefix.',
} satisfies Rule;

export const nonStringAnnotation = {
  id: 'I2N121',
  name: 'non-string-annotation',
  severity: 'error',
  summary: 'An annotation whose value is not text, such as true or 8 without quotes.',
  why: 'Annotations are strings; the API server rejects the whole object if one of them is not.',
} satisfies Rule;

export const invalidLabel = {
  id: 'I2N122',
  name: 'invalid-label',
  severity: 'error',
  summary: 'An invalid label, selector or qualified name.',
  why: 'Label keys and values have at most 63 characters: letters, digits and - _ . only.',
} satisfies Rule;

export const emptyIngress = {
  id: 'I2N123',
  name: 'empty-ingress',
  severity: 'error',
  summary: 'An Ingress with neither rules nor a default backend.',
  why: 'It routes nothing, and the API server rejects it.',
} satisfies Rule;

export const classAndAnnotation = {
  id: 'I2N124',
  name: 'class-and-annotation',
  severity: 'warning',
  summary: 'An Ingress with both spec.ingressClassName and the annotation kubernetes.io/ingress.class.',
  why: 'The API server does not create such an Ingress; only an update can add the second one.',
} satisfies Rule;

export const duplicateEntry = {
  id: 'I2N125',
  name: 'duplicate-entry',
  severity: 'error',
  summary: 'Two entries of a list that must be unique, or one key in two maps.',
  why: 'It is unclear which one is meant, and the API server rejects the object.',
} satisfies Rule;

export const invalidAddress = {
  id: 'I2N126',
  name: 'invalid-address',
  severity: 'error',
  summary: 'An address that is not an IP address, or not allowed for endpoints.',
  why: 'Endpoints are pod addresses: plain IPv4 or IPv6, without a port, outside the special-purpose ranges.',
} satisfies Rule;

export const invalidBase64 = {
  id: 'I2N129',
  name: 'invalid-base64',
  severity: 'error',
  summary: 'A value of data or binaryData that is not base64.',
  why: 'The API server rejects the object. Plain text belongs in stringData, or in the data of a ConfigMap.',
} satisfies Rule;

export const invalidDataKey = {
  id: 'I2N130',
  name: 'invalid-data-key',
  severity: 'error',
  summary: 'A key of a Secret or ConfigMap that is not a valid file name.',
  why: 'Keys become file names when the object is mounted.',
} satisfies Rule;

export const tooLarge = {
  id: 'I2N131',
  name: 'too-large',
  severity: 'error',
  summary: 'More bytes or entries than the API server accepts.',
  why: 'The API server limits the size of objects and rejects larger ones.',
} satisfies Rule;

export const incompleteSecret = {
  id: 'I2N132',
  name: 'incomplete-secret',
  severity: 'error',
  summary: 'A Secret without the keys that its type requires.',
  why: 'The API server checks the keys of these types and rejects the Secret.',
} satisfies Rule;

export const unnamedObject = {
  id: 'I2N133',
  name: 'unnamed-object',
  severity: 'warning',
  summary: 'An object with generateName and no name.',
  why: 'The API server generates its name, so nothing here can refer to it; the object is skipped.',
} satisfies Rule;

export const forbiddenField = {
  id: 'I2N134',
  name: 'forbidden-field',
  severity: 'error',
  summary: 'Two fields that cannot be used together.',
  why: 'The API server rejects the combination.',
} satisfies Rule;

export const invalidReference = {
  id: 'I2N135',
  name: 'invalid-reference',
  severity: 'error',
  summary: 'An invalid owner or object reference, or an invalid finalizer name.',
  why: 'The API server rejects the object.',
} satisfies Rule;

export const hiddenProblems = {
  id: 'I2N136',
  name: 'hidden-problems',
  severity: 'info',
  summary: 'An object with more problems than are shown.',
  why: 'One mistake in a template can break an object in thousands of places; the first ones are enough to find it.',
} satisfies Rule;

export const removedApiVersion = {
  id: 'I2N143',
  name: 'removed-api-version',
  severity: 'warning',
  summary: 'An API version that current versions of Kubernetes no longer serve; a note where a cluster gave it out.',
  why: 'kubectl apply fails there: no matches for kind "Ingress" in version "extensions/v1beta1". ingress2nginx reads all versions.',
} satisfies Rule;

/** All rules of this stage, by id. */
export const resourceRules: readonly Rule[] = [
  ...insideRules,
  invalidType,
  unknownField,
  missingField,
  invalidName,
  invalidHost,
  invalidPath,
  missingPathType,
  invalidPort,
  invalidBackend,
  unsupportedValue,
  invalidAnnotationKey,
  nonStringAnnotation,
  invalidLabel,
  emptyIngress,
  classAndAnnotation,
  duplicateEntry,
  invalidAddress,
  invalidBase64,
  invalidDataKey,
  tooLarge,
  incompleteSecret,
  unnamedObject,
  forbiddenField,
  invalidReference,
  hiddenProblems,
  removedApiVersion,
  ...unprocessedRules,
];
