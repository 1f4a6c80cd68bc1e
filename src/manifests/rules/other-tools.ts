import type { Rule } from '../../diagnostics/rule.ts';

export const helmChart = {
  id: 'I2N141',
  name: 'helm-chart',
  severity: 'error',
  summary: 'A folder with a Helm chart, which has not been rendered.',
  why: 'Its templates are texts of which Helm makes manifests. Nothing of the chart is read.',
} as const satisfies Rule;

export const unappliedKustomization = {
  id: 'I2N142',
  name: 'unapplied-kustomization',
  severity: 'warning',
  summary: 'A folder with a kustomization, which is not applied.',
  why: 'Its files are read as they are: without its patches, names and namespaces, and with files that it leaves out.',
} as const satisfies Rule;

export const kubectlMessage = {
  id: 'I2N180',
  name: 'kubectl-message',
  severity: 'error',
  canBeSuppressed: false,
  summary: 'A message of kubectl, Helm, the API server or the shell where manifests are expected.',
  why: 'What they could not get is missing from the input; serving the rest would take its hosts down. It is a note where it is only a log or a warning beside the manifests.',
} as const satisfies Rule;
