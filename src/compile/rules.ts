import type { Rule } from '../diagnostics/rule.ts';

export const pathConflict = {
  id: 'I2N201',
  name: 'path-conflict',
  severity: 'warning',
  summary: 'A path that an older Ingress, or an earlier rule, already has on the same host.',
  why: 'The oldest Ingress wins, as in the controller; this path serves nothing.',
} as const satisfies Rule;

export const samePrefix = {
  id: 'I2N202',
  name: 'prefix-with-and-without-slash',
  severity: 'warning',
  summary: 'Two prefixes of a host that differ only in a trailing slash.',
  why: 'Both mean the same folder. The controller makes nginx refuse the whole configuration for it; here the older Ingress serves the folder, and within one Ingress the path with the slash.',
} as const satisfies Rule;

export const invalidRegex = {
  id: 'I2N203',
  name: 'invalid-regex',
  severity: 'error',
  summary: 'A path that is used as a regular expression and is not a valid one.',
  why: 'nginx rejects the whole configuration because of one such path, and with it every other host.',
} as const satisfies Rule;

export const resourceBackend = {
  id: 'I2N204',
  name: 'resource-backend',
  severity: 'warning',
  summary: 'A backend that is not a Service; its locations answer 503.',
  why: 'Neither the controller nor nginx can send requests to it. Left out, the path would be served by a broader one, perhaps without its password.',
} as const satisfies Rule;

export const unwritablePath = {
  id: 'I2N205',
  name: 'unwritable-path',
  severity: 'error',
  summary: 'A path that cannot be written in an nginx configuration.',
  why: 'Control characters, texts over 4 KiB, bidirectional marks and CI commands (`##vso[`) have no safe form there; everything that begins like the path answers 503.',
} as const satisfies Rule;

export const noIngress = {
  id: 'I2N206',
  name: 'no-ingress',
  severity: 'warning',
  summary: 'The input has no Ingress for this ingress class.',
  why: 'The configuration would answer 404 to everything, which is rarely intended.',
} as const satisfies Rule;

export const unusedDefaultBackend = {
  id: 'I2N227',
  name: 'unused-default-backend',
  severity: 'warning',
  summary: 'A defaultBackend of an Ingress with rules that no request reaches.',
  why: 'It only serves what no rule takes on the hosts that its Ingress is the first to name; an Ingress without rules takes over unknown hosts.',
} as const satisfies Rule;

export const missingService = {
  id: 'I2N401',
  name: 'missing-service',
  severity: 'warning',
  summary: 'A backend names a Service that is not in the input; its locations answer 503.',
  why: 'The controller answers 503 as well until the Service exists.',
} as const satisfies Rule;

export const missingServicePort = {
  id: 'I2N402',
  name: 'missing-service-port',
  severity: 'warning',
  summary: 'A backend names a port that its Service does not have; its locations answer 503.',
  why: 'The controller answers 503 as well; a misspelt port name is the usual reason.',
} as const satisfies Rule;

export const noReadyEndpoints = {
  id: 'I2N403',
  name: 'no-ready-endpoints',
  severity: 'warning',
  summary: 'A Service without a ready endpoint; its locations answer 503.',
  why: 'The controller answers 503 as well until a pod is ready.',
} as const satisfies Rule;

export const nameResolvedAtStart = {
  id: 'I2N404',
  name: 'name-resolved-at-start',
  severity: 'warning',
  summary: 'The name of an ExternalName Service is resolved once, when nginx starts.',
  why: 'nginx does not start while the name cannot be found, and misses later changes. With --resolver it is looked up while requests are served.',
} as const satisfies Rule;

export const assumedResolver = {
  id: 'I2N405',
  name: 'assumed-resolver',
  severity: 'info',
  summary: 'Services are reached by DNS name, and the address of the cluster DNS is only assumed.',
  why: 'nginx needs the IP address of a DNS server. 10.96.0.10 is the usual one; --resolver names another.',
} as const satisfies Rule;

export const missingCertificate = {
  id: 'I2N410',
  name: 'missing-certificate',
  severity: 'warning',
  summary: 'A TLS Secret that is not in the input, or holds no certificate; the default certificate is used.',
  why: 'The controller uses its default certificate as well; browsers warn.',
} as const satisfies Rule;

export const unusableCertificate = {
  id: 'I2N411',
  name: 'unusable-certificate',
  severity: 'warning',
  summary:
    'A TLS Secret that nginx cannot use, such as one whose key belongs to another certificate; the default certificate is used.',
  why: 'nginx would reject the whole configuration, or every handshake of the host.',
} as const satisfies Rule;

export const certificateForOtherHost = {
  id: 'I2N412',
  name: 'certificate-for-other-host',
  severity: 'warning',
  summary: 'A certificate that does not cover its host; the default certificate is used.',
  why: 'The controller uses its default certificate as well.',
} as const satisfies Rule;

export const certificateDates = {
  id: 'I2N413',
  name: 'certificate-dates',
  severity: 'warning',
  summary: 'A certificate that has expired or is not valid yet. It is used all the same, as in the controller.',
  why: 'Clients refuse it.',
} as const satisfies Rule;

export const missingDefaultBackend = {
  id: 'I2N414',
  name: 'missing-default-backend',
  severity: 'warning',
  summary: 'The Service of --default-backend-service cannot be reached; unknown hosts and paths answer 404.',
  why: 'The controller falls back to its built-in 404 page as well.',
} as const satisfies Rule;

export const missingConfigMap = {
  id: 'I2N415',
  name: 'missing-config-map',
  severity: 'warning',
  summary: 'A ConfigMap that a flag names is missing from the input.',
  why: 'All of its options have their defaults.',
} as const satisfies Rule;

export const unknownOption = {
  id: 'I2N320',
  name: 'unknown-option',
  severity: 'warning',
  summary: 'A key of the ConfigMap that the controller does not know.',
  why: 'The controller ignores it silently, so a misspelt name looks as if it worked.',
} as const satisfies Rule;

export const unsupportedOption = {
  id: 'I2N321',
  name: 'unsupported-option',
  severity: 'warning',
  summary: 'A ConfigMap option that ingress2nginx does not support yet.',
  why: 'The output differs from the controller here.',
} as const satisfies Rule;

export const unsupportedGuard = {
  id: 'I2N322',
  name: 'unsupported-guard',
  severity: 'error',
  summary: 'A ConfigMap option that is access control for all hosts and is not supported yet.',
  why: 'The output would let in clients that the option keeps out.',
} as const satisfies Rule;

export const invalidOptionValue = {
  id: 'I2N323',
  name: 'invalid-option-value',
  severity: 'warning',
  summary: 'An invalid value of a ConfigMap option; the default is used.',
  why: 'The controller uses the default as well, and only logs it.',
} as const satisfies Rule;

export const invalidStreamEntry = {
  id: 'I2N220',
  name: 'invalid-stream-entry',
  severity: 'warning',
  summary: 'An invalid entry in the ConfigMap of TCP or UDP services; it is skipped.',
  why: 'The controller skips it as well and only logs it.',
} as const satisfies Rule;

export const forbiddenText = {
  id: 'I2N501',
  name: 'forbidden-text',
  severity: 'error',
  summary:
    'A host, path or Secret name that looks like an attack on nginx; the Ingress is rejected, and what it asks for answers 503.',
  why: 'The controller rejects such an Ingress, too (deep inspection). Quoting makes the text harmless here, but nobody writes it by accident.',
} as const satisfies Rule;

export const noNodePort = {
  id: 'I2N421',
  name: 'no-node-port',
  severity: 'warning',
  summary: 'A Service without a node port, where --backend-address node-port asks for one; it answers 503.',
  why: 'A Service of type ClusterIP can only be reached from inside the cluster.',
} as const satisfies Rule;

export const forwardPending = {
  id: 'I2N422',
  name: 'forward-pending',
  severity: 'info',
  summary: 'A Service without a running port-forward; it answers 503 until kubectl port-forward is up.',
  why: 'A port-forward takes a moment to start, and needs a running pod.',
} as const satisfies Rule;

export const notForwardable = {
  id: 'I2N423',
  name: 'not-forwardable',
  severity: 'warning',
  summary: 'A Service port that kubectl port-forward does not support; it answers 503.',
  why: 'kubectl forwards TCP only, and uses the port of a headless Service as the pod port.',
} as const satisfies Rule;

export const compileRules: readonly Rule[] = [
  pathConflict,
  samePrefix,
  invalidRegex,
  resourceBackend,
  unwritablePath,
  noIngress,
  unusedDefaultBackend,
  invalidStreamEntry,
  unknownOption,
  unsupportedOption,
  unsupportedGuard,
  invalidOptionValue,
  missingService,
  missingServicePort,
  noReadyEndpoints,
  nameResolvedAtStart,
  assumedResolver,
  missingCertificate,
  unusableCertificate,
  certificateForOtherHost,
  certificateDates,
  noNodePort,
  forwardPending,
  notForwardable,
  missingDefaultBackend,
  missingConfigMap,
  forbiddenText,
];
