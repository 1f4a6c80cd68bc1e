import type { Rule } from '../../diagnostics/rule.ts';

export const nginxRefuses = {
  id: 'I2N601',
  name: 'nginx-refuses',
  severity: 'error',
  canBeSuppressed: false,
  summary: 'nginx rejects the rendered configuration.',
  why: 'nginx loads its configuration as a whole, so one rejected host takes all others down.',
} as const satisfies Rule;

export const nginxWarns = {
  id: 'I2N602',
  name: 'nginx-warns',
  severity: 'warning',
  isConditional: true,
  summary: 'nginx loads the rendered configuration with a warning.',
  why: 'nginx often ignores what it warns about, such as the second of two servers for one host.',
} as const satisfies Rule;

export const isolatedIngress = {
  id: 'I2N603',
  name: 'isolated-ingress',
  severity: 'error',
  canBeSuppressed: false,
  summary: 'An Ingress was skipped because nginx rejects its configuration; all others are served.',
  why: 'nginx loads its configuration as a whole. With `--on-error isolate` one Ingress cannot take the others down.',
} as const satisfies Rule;

export const missingAddress = {
  id: 'I2N604',
  name: 'missing-address',
  severity: 'warning',
  isConditional: true,
  summary: 'nginx would listen on an address, or on IPv6, that the machine of the test does not have.',
  why: 'There it does not start at all. The configuration may be meant for another machine.',
} as const satisfies Rule;
