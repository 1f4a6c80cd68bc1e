import type { Rule } from '../diagnostics/rule.ts';
import { backendRules } from './backend-rules.ts';

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
  why: 'Both mean the same folder. The controller makes nginx reject the whole configuration for it; here the older Ingress serves the folder, and within one Ingress the path with the slash.',
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

export const misspeltClass = {
  id: 'I2N207',
  name: 'misspelt-class',
  severity: 'warning',
  summary: 'An Ingress whose class is nearly the one that is handled, such as "ngnix".',
  why: 'The controller skips it without a word, and so does ingress2nginx: its hosts answer 404, or what others serve there.',
} as const satisfies Rule;

export const unusedDefaultBackend = {
  id: 'I2N227',
  name: 'unused-default-backend',
  severity: 'warning',
  summary: 'A defaultBackend of an Ingress with rules that no request reaches.',
  why: 'It only serves what no rule takes on the hosts that its Ingress is the first to name; an Ingress without rules takes over unknown hosts.',
} as const satisfies Rule;

export const missingCertificate = {
  id: 'I2N410',
  name: 'missing-certificate',
  severity: 'warning',
  summary: 'A TLS Secret that is not in the input, or contains no certificate; the default certificate is used.',
  why: 'The controller uses its default certificate as well; browsers warn.',
} as const satisfies Rule;

export const unusableCertificate = {
  id: 'I2N411',
  name: 'unusable-certificate',
  severity: 'warning',
  summary:
    'A TLS Secret that nginx cannot use, such as one whose key belongs to another certificate; the default certificate is used. A chain that is cut off is used as far as it goes.',
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
  why: 'Clients reject it.',
} as const satisfies Rule;

export const missingConfigMap = {
  id: 'I2N415',
  name: 'missing-config-map',
  severity: 'warning',
  summary: 'A ConfigMap that a flag names is missing from the input.',
  why: 'All of its options have their defaults.',
} as const satisfies Rule;

export const unreadControllerConfig = {
  id: 'I2N431',
  name: 'unread-controller-config',
  severity: 'info',
  summary: 'A ConfigMap that looks like the one of the controller, without --controller-config.',
  why: 'All options have their defaults: timeouts, HSTS and others may differ from the controller.',
} as const satisfies Rule;

export const unusedCertificate = {
  id: 'I2N416',
  name: 'unused-certificate',
  severity: 'warning',
  summary: 'A Secret under `tls` that is used for no host, because another entry or Ingress decides.',
  why: 'The oldest Ingress with a rule for the host and a `tls` section decides, and in it the first entry that lists the host, as in the controller. It is a note where another Ingress has a certificate for the host.',
} as const satisfies Rule;

export const tlsHostWithoutRule = {
  id: 'I2N417',
  name: 'tls-host-without-rule',
  severity: 'warning',
  summary: 'A host under `tls` that no rule of the Ingress has.',
  why: 'The controller uses a certificate for hosts of rules only; clients of this host see the default certificate. It is a note where other hosts of the entry have a rule.',
} as const satisfies Rule;

export const splitTlsEntry = {
  id: 'I2N418',
  name: 'split-tls-entry',
  severity: 'warning',
  summary: 'Under `tls` one entry with hosts and one with a Secret, which were most likely meant to be one.',
  why: 'A dash too many makes two entries of one: the hosts have no certificate, and the certificate no hosts.',
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

export const compileRules: readonly Rule[] = [
  ...backendRules,
  pathConflict,
  samePrefix,
  invalidRegex,
  resourceBackend,
  unwritablePath,
  noIngress,
  misspeltClass,
  unusedDefaultBackend,
  invalidStreamEntry,
  unknownOption,
  unsupportedOption,
  unsupportedGuard,
  invalidOptionValue,
  missingCertificate,
  unusedCertificate,
  tlsHostWithoutRule,
  splitTlsEntry,
  unusableCertificate,
  certificateForOtherHost,
  certificateDates,
  missingConfigMap,
  unreadControllerConfig,
  forbiddenText,
];
