import type { Rule } from '../diagnostics/rule.ts';

export const nginxRefuses = {
  id: 'I2N601',
  name: 'nginx-refuses',
  severity: 'error',
  summary: 'nginx does not load the rendered configuration.',
  why: 'nginx reads all of its configuration or nothing, so one host that it refuses keeps all others from being served.',
} satisfies Rule;

export const nginxWarns = {
  id: 'I2N602',
  name: 'nginx-warns',
  severity: 'warning',
  summary: 'nginx loads the rendered configuration, but finds fault with it.',
  why: 'What nginx warns of is often ignored by it, such as the second of two servers for one host.',
} satisfies Rule;

export const isolatedIngress = {
  id: 'I2N603',
  name: 'isolated-ingress',
  severity: 'error',
  summary: 'An Ingress was taken out because nginx refuses what it asks for; all others are served.',
  why: 'nginx reads all of its configuration or nothing. With `--on-error isolate` one Ingress keeps no other from being served.',
} satisfies Rule;

export const nginxRules: readonly Rule[] = [nginxRefuses, nginxWarns, isolatedIngress];
