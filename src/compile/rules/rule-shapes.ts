import type { Rule } from '../../diagnostics/rule.ts';

export const splitRule = {
  id: 'I2N208',
  name: 'split-rule',
  severity: 'warning',
  summary: 'A rule with a host and no paths beside one with paths and no host, which were most likely meant to be one.',
  why: 'A dash too many makes two rules of one: the paths are served for every host that no other rule has, and the host answers 404.',
} as const satisfies Rule;

export const pathlessHost = {
  id: 'I2N209',
  name: 'pathless-host',
  severity: 'info',
  summary: 'A rule with a host and no paths in an Ingress without defaultBackend.',
  why: 'By itself it serves nothing: what no path of the host takes goes to the default backend of the controller, a 404 page unless the installation has another one.',
} as const satisfies Rule;
