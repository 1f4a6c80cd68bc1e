import type { Rule } from '../../diagnostics/rule.ts';

export const annotationNotYet = {
  id: 'I2N701',
  name: 'annotation-not-yet',
  severity: 'warning',
  summary:
    'An annotation that the controller of --controller-version does not know yet; an error if it keeps somebody out.',
  why: 'An older controller ignores it silently, so it looks as if it worked.',
} as const satisfies Rule;

export const optionNotYet = {
  id: 'I2N702',
  name: 'option-not-yet',
  severity: 'warning',
  summary: 'A ConfigMap option that the controller of --controller-version does not know yet.',
  why: 'An older controller ignores it silently, so it looks as if it worked.',
} as const satisfies Rule;

export const otherDefaults = {
  id: 'I2N704',
  name: 'other-defaults',
  severity: 'info',
  summary: 'Options whose defaults in the controller of --controller-version are not those of today.',
  why: 'An update changes what the same manifests do, unless the ConfigMap says it. Manifests are checked with the older defaults.',
} as const satisfies Rule;

export const vulnerableController = {
  id: 'I2N706',
  name: 'vulnerable-controller',
  severity: 'warning',
  summary: 'The controller of --controller-version is open to an attack that later versions stop.',
  why: 'Whoever reaches its admission webhook (CVE-2025-1974), or may write an Ingress, can run code in the controller and read every Secret.',
} as const satisfies Rule;
