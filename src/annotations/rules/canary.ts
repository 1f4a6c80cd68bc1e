import type { Rule } from '../../diagnostics/rule.ts';

export const unclearCanary = {
  id: 'I2N309',
  name: 'unclear-canary',
  severity: 'error',
  summary:
    'An Ingress that may be a canary: `canary` is no boolean, or missing beside canary-*; its locations answer 503.',
  why: 'The controller takes it for an ordinary Ingress, which may take over the paths that it should share.',
} as const satisfies Rule;

export const canaryWeight = {
  id: 'I2N344',
  name: 'canary-weight',
  severity: 'warning',
  summary: 'A weight of a canary that does not mean what it says.',
  why: 'The share is canary-weight of canary-weight-total, which counts as 100 if it is smaller. nginx divides requests in steps of 0.01 %.',
} as const satisfies Rule;

export const canaryRuleWithoutEffect = {
  id: 'I2N345',
  name: 'canary-rule-without-effect',
  severity: 'warning',
  summary: 'A rule of a canary that selects no request.',
  why: 'The controller ignores it silently, so that requests stay with the main Ingress that should go to the canary.',
} as const satisfies Rule;
