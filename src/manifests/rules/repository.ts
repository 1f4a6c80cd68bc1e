import type { Rule } from '../../diagnostics/rule.ts';

export const unrenderedTemplate = {
  id: 'I2N164',
  name: 'unrendered-template',
  severity: 'info',
  summary: 'A file of a folder that is a template of Helm, Jinja, envsubst or another tool.',
  why: 'It is no manifest until it is rendered, and what is wrong with the result cannot be told before. Such files are left out of `lint` of a folder; a file that is named itself must be a manifest.',
} as const satisfies Rule;

export const deployedElsewhere = {
  id: 'I2N166',
  name: 'deployed-elsewhere',
  severity: 'info',
  summary:
    'Objects that have other manifests installed: HelmReleases, Applications of Argo CD, Kustomizations of Flux.',
  why: 'The Ingresses and Services that come of them are not in the input, and are not checked.',
} as const satisfies Rule;
