import type { Rule } from '../diagnostics/rule.ts';

export const pathConflict = {
  id: 'I2N201',
  name: 'path-conflict',
  severity: 'warning',
  summary: 'A path that an older Ingress, or an earlier rule, has already on the same host.',
  why: 'The oldest Ingress wins, as in the controller; this path serves nothing.',
} as const satisfies Rule;

export const samePrefix = {
  id: 'I2N202',
  name: 'prefix-with-and-without-slash',
  severity: 'warning',
  summary: 'Two prefixes of a host that differ in nothing but a slash at the end.',
  why: 'Both mean the same folder. The controller makes nginx refuse the whole configuration for it; here the one with the slash serves the folder.',
} as const satisfies Rule;

export const invalidRegex = {
  id: 'I2N203',
  name: 'invalid-regex',
  severity: 'error',
  summary: 'A path that is read as a regular expression and is none.',
  why: 'nginx refuses the whole configuration for one such path, and with it every other host.',
} as const satisfies Rule;

export const resourceBackend = {
  id: 'I2N204',
  name: 'resource-backend',
  severity: 'warning',
  summary: 'A backend that is not a Service; its path is left out.',
  why: 'Neither the controller nor nginx can send requests to it; the default backend answers.',
} as const satisfies Rule;

export const unwritablePath = {
  id: 'I2N205',
  name: 'unwritable-path',
  severity: 'error',
  summary: 'A path that cannot stand in an nginx configuration.',
  why: 'Control characters, texts over 4 KiB, marks that turn the direction of writing and commands to CI systems (`##vso[`) have no safe form there; the path is left out.',
} as const satisfies Rule;

export const noIngress = {
  id: 'I2N206',
  name: 'no-ingress',
  severity: 'warning',
  summary: 'The input holds no Ingress of our class.',
  why: 'The configuration then answers 404 to everything, which is rarely what somebody wants.',
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
  summary: 'The name of an ExternalName Service is looked up once, when nginx starts.',
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
  summary: 'A TLS Secret that is not in the input, or holds no certificate; the default certificate is shown.',
  why: 'The controller shows its default certificate as well; browsers warn.',
} as const satisfies Rule;

export const unusableCertificate = {
  id: 'I2N411',
  name: 'unusable-certificate',
  severity: 'warning',
  summary: 'A TLS Secret that nginx cannot use, such as a key of another certificate; the default one is shown.',
  why: 'nginx would refuse the whole configuration, or every handshake of the host.',
} as const satisfies Rule;

export const certificateForOtherHost = {
  id: 'I2N412',
  name: 'certificate-for-other-host',
  severity: 'warning',
  summary: 'A certificate that does not cover the host it is for; the default one is shown.',
  why: 'The controller shows its default certificate as well.',
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
  summary: 'A ConfigMap that a flag names is not in the input.',
  why: 'All options then have their defaults.',
} as const satisfies Rule;

export const unknownOption = {
  id: 'I2N320',
  name: 'unknown-option',
  severity: 'warning',
  summary: 'A key of the ConfigMap that the controller does not know.',
  why: 'The controller ignores it in silence, so that a misspelt name looks as if it worked.',
} as const satisfies Rule;

export const unsupportedOption = {
  id: 'I2N321',
  name: 'unsupported-option',
  severity: 'warning',
  summary: 'An option of the ConfigMap that ingress2nginx does not build yet.',
  why: 'The output behaves differently from the controller here.',
} as const satisfies Rule;

export const unsupportedGuard = {
  id: 'I2N322',
  name: 'unsupported-guard',
  severity: 'error',
  summary: 'An option of the ConfigMap that keeps somebody out of all hosts and is not built yet.',
  why: 'The output would let in whom the option keeps out.',
} as const satisfies Rule;

export const invalidOptionValue = {
  id: 'I2N323',
  name: 'invalid-option-value',
  severity: 'warning',
  summary: 'A value that an option of the ConfigMap does not take; its default is used.',
  why: 'The controller keeps the default as well and says so in its log only.',
} as const satisfies Rule;

export const invalidStreamEntry = {
  id: 'I2N220',
  name: 'invalid-stream-entry',
  severity: 'warning',
  summary: 'An entry of a ConfigMap of TCP or UDP ports that cannot be served; it is left out.',
  why: 'The controller skips it with a line in its log.',
} as const satisfies Rule;

export const forbiddenText = {
  id: 'I2N501',
  name: 'forbidden-text',
  severity: 'error',
  summary: 'A host, path or Secret name that looks like an attack on nginx; the Ingress is left out.',
  why: 'The controller drops such an Ingress, too. Quoting makes the text harmless here, but nobody writes it by chance.',
} as const satisfies Rule;

export const noNodePort = {
  id: 'I2N421',
  name: 'no-node-port',
  severity: 'warning',
  summary: 'A Service without a node port, where --backend-address node-port asks for one; it answers 503.',
  why: 'A Service of type ClusterIP is reached from inside of the cluster only.',
} as const satisfies Rule;

export const forwardPending = {
  id: 'I2N422',
  name: 'forward-pending',
  severity: 'info',
  summary: 'A Service that no local port leads to yet; it answers 503 until kubectl port-forward stands.',
  why: 'A forward needs a moment to start, and a pod that runs.',
} as const satisfies Rule;

export const notForwardable = {
  id: 'I2N423',
  name: 'not-forwardable',
  severity: 'warning',
  summary: 'A port of a Service that kubectl port-forward does not lead to; it answers 503.',
  why: 'kubectl forwards TCP only, and takes the port of a headless Service for that of its pods.',
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
