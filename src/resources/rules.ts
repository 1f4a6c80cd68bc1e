import type { Rule } from '../diagnostics/rule.ts';

export const invalidType = {
  id: 'I2N110',
  name: 'invalid-type',
  severity: 'error',
  summary: 'A value of another type than the field has.',
  why: 'The API server cannot read such an object: one wrong type makes it refuse all of it.',
} satisfies Rule;

export const unknownField = {
  id: 'I2N111',
  name: 'unknown-field',
  severity: 'error',
  summary: 'A field that this kind does not have.',
  why: 'The API server drops it without a word, so what it should do never happens; kubectl refuses it.',
} satisfies Rule;

export const missingField = {
  id: 'I2N112',
  name: 'missing-field',
  severity: 'error',
  summary: 'A field that must be there is missing or empty.',
  why: 'The API server refuses the object.',
} satisfies Rule;

export const invalidName = {
  id: 'I2N113',
  name: 'invalid-name',
  severity: 'error',
  summary: 'A name that no object can have.',
  why: 'Names become parts of DNS names, URLs and file names, so the API server takes only a few characters in them.',
} satisfies Rule;

export const invalidHost = {
  id: 'I2N114',
  name: 'invalid-host',
  severity: 'error',
  summary: 'A host that is neither a DNS name nor a wildcard for its first label.',
  why: 'No request can carry it as its host, and the API server refuses the Ingress.',
} satisfies Rule;

export const invalidPath = {
  id: 'I2N115',
  name: 'invalid-path',
  severity: 'error',
  summary: 'A path that is not absolute, or not in its shortest form.',
  why: 'Requests are compared with the path after "//", "/./" and "/../" were resolved, so it could never match.',
} satisfies Rule;

export const missingPathType = {
  id: 'I2N116',
  name: 'missing-path-type',
  severity: 'error',
  summary: 'A path without pathType in networking.k8s.io/v1.',
  why: 'The beta versions took ImplementationSpecific for it; v1 wants it written.',
} satisfies Rule;

export const invalidPort = {
  id: 'I2N117',
  name: 'invalid-port',
  severity: 'error',
  summary: 'A port number out of range, or a port name that cannot be one.',
  why: 'Ports are numbers from 1 to 65535 or names of at most 15 characters with a letter in them.',
} satisfies Rule;

export const invalidBackend = {
  id: 'I2N118',
  name: 'invalid-backend',
  severity: 'error',
  summary: 'A backend that names no target, or two.',
  why: 'A backend is one port of one Service, or one resource; the form depends on the API version.',
} satisfies Rule;

export const unsupportedValue = {
  id: 'I2N119',
  name: 'unsupported-value',
  severity: 'error',
  summary: 'A value that is not one of those that the field takes.',
  why: 'The API server refuses the object; the values are case-sensitive.',
} satisfies Rule;

export const invalidAnnotationKey = {
  id: 'I2N120',
  name: 'invalid-annotation-key',
  severity: 'error',
  summary: 'An annotation key that cannot be one.',
  why: 'A key is a name of at most 63 characters, with a DNS name and a slash before it if it belongs to somebody.',
} satisfies Rule;

export const nonStringAnnotation = {
  id: 'I2N121',
  name: 'non-string-annotation',
  severity: 'error',
  summary: 'An annotation whose value is not text, such as true or 8 without quotes.',
  why: 'Annotations are text; the API server refuses the whole object when one of them is something else.',
} satisfies Rule;

export const invalidLabel = {
  id: 'I2N122',
  name: 'invalid-label',
  severity: 'error',
  summary: 'A label, selector or qualified name that cannot be one.',
  why: 'Keys and values of labels have at most 63 characters and few signs, so that selectors can name them.',
} satisfies Rule;

export const emptyIngress = {
  id: 'I2N123',
  name: 'empty-ingress',
  severity: 'error',
  summary: 'An Ingress with neither rules nor a default backend.',
  why: 'It routes nothing, and the API server refuses it.',
} satisfies Rule;

export const classAndAnnotation = {
  id: 'I2N124',
  name: 'class-and-annotation',
  severity: 'warning',
  summary: 'An Ingress with both spec.ingressClassName and the annotation kubernetes.io/ingress.class.',
  why: 'The API server refuses to create it; only Ingresses that came to it by an update have both.',
} satisfies Rule;

export const duplicateEntry = {
  id: 'I2N125',
  name: 'duplicate-entry',
  severity: 'error',
  summary: 'Two entries of a list that must differ, or a key in two maps.',
  why: 'Which of them is meant cannot be told, and the API server refuses the object.',
} satisfies Rule;

export const invalidAddress = {
  id: 'I2N126',
  name: 'invalid-address',
  severity: 'error',
  summary: 'An address that is no IP address, or one that endpoints may not have.',
  why: 'Endpoints are addresses of pods: plain IPv4 or IPv6, without port, and not of a range with a special use.',
} satisfies Rule;

export const loopbackEndpoint = {
  id: 'I2N127',
  name: 'loopback-endpoint',
  severity: 'warning',
  summary: 'An endpoint on a loopback address.',
  why: 'It leads to the machine that nginx runs on. That is of use in local development; a cluster refuses it.',
} satisfies Rule;

export const loopbackExternalName = {
  id: 'I2N128',
  name: 'loopback-external-name',
  severity: 'error',
  summary: 'An ExternalName that leads to the machine that nginx runs on.',
  why: 'Whoever may write a Service could reach what listens there for nobody else, such as status pages and agents.',
} satisfies Rule;

export const invalidBase64 = {
  id: 'I2N129',
  name: 'invalid-base64',
  severity: 'error',
  summary: 'A value of data or binaryData that is not base64.',
  why: 'The API server cannot read the object. Plain text belongs to stringData, or to data of a ConfigMap.',
} satisfies Rule;

export const invalidDataKey = {
  id: 'I2N130',
  name: 'invalid-data-key',
  severity: 'error',
  summary: 'A key of a Secret or ConfigMap that cannot be a file name.',
  why: 'Keys become file names when the object is mounted.',
} satisfies Rule;

export const tooLarge = {
  id: 'I2N131',
  name: 'too-large',
  severity: 'error',
  summary: 'More bytes or entries than the API server takes.',
  why: 'etcd keeps objects small; the API server refuses those above its limits.',
} satisfies Rule;

export const incompleteSecret = {
  id: 'I2N132',
  name: 'incomplete-secret',
  severity: 'error',
  summary: 'A Secret without the keys that its type demands.',
  why: 'The type promises what is inside, and the API server holds the author to it.',
} satisfies Rule;

export const unnamedObject = {
  id: 'I2N133',
  name: 'unnamed-object',
  severity: 'warning',
  summary: 'An object with generateName and no name.',
  why: 'Its name is made when the cluster creates it, so nothing here can refer to it; it is left out.',
} satisfies Rule;

export const forbiddenField = {
  id: 'I2N134',
  name: 'forbidden-field',
  severity: 'error',
  summary: 'A field that may not stand beside another one.',
  why: 'The API server refuses the combination, since it would have no meaning.',
} satisfies Rule;

export const invalidReference = {
  id: 'I2N135',
  name: 'invalid-reference',
  severity: 'error',
  summary: 'A reference to an owner or another object that cannot be one, or a finalizer that is no name.',
  why: 'The API server refuses the object.',
} satisfies Rule;

export const hiddenProblems = {
  id: 'I2N136',
  name: 'hidden-problems',
  severity: 'info',
  summary: 'An object with more problems than are shown.',
  why: 'One mistake in a template can break an object in thousands of places; the first ones are enough to find it.',
} satisfies Rule;

/** All rules of this stage, by id. */
export const resourceRules: readonly Rule[] = [
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
  loopbackEndpoint,
  loopbackExternalName,
  invalidBase64,
  invalidDataKey,
  tooLarge,
  incompleteSecret,
  unnamedObject,
  forbiddenField,
  invalidReference,
  hiddenProblems,
];
