import type { Rule } from '../../diagnostics/rule.ts';

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
  summary: 'A ConfigMap option that is not honoured; the finding says what is lost.',
  why: 'The output differs from the controller here: stock nginx has nothing that does the same.',
} as const satisfies Rule;

export const invalidOptionValue = {
  id: 'I2N323',
  name: 'invalid-option-value',
  severity: 'warning',
  summary: 'An invalid value of a ConfigMap option; the default is used.',
  why: 'The controller uses the default as well, and only logs it.',
} as const satisfies Rule;

export const invalidGuardOption = {
  id: 'I2N324',
  name: 'invalid-guard-option',
  severity: 'error',
  summary: 'An invalid value of a ConfigMap option that is access control for all hosts; nobody gets in.',
  why: 'Access control fails closed: the default would let everybody in. The nginx of the controller would refuse to load it.',
} as const satisfies Rule;

export const idleOption = {
  id: 'I2N349',
  name: 'idle-option',
  severity: 'warning',
  summary: 'A ConfigMap option that has no effect, in the controller either.',
  why: 'The controller reads it without a word and ignores it, so it looks as if it worked.',
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
