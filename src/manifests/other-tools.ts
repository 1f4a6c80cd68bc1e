import type { Reading } from './reading.ts';
import { helmChart, unappliedKustomization } from './rules/other-tools.ts';

/**
 * Whether the source is a file by which Helm or Kustomize find what they are to make manifests of; what follows for the
 * files beside it has been said then.
 */
export function isOfOtherTool({ source, report }: Reading): boolean {
  const [, folder = '', name = ''] = /^(.*\/)?([^/]*)$/s.exec(source.name) ?? [];
  const path = folder.replace(/(?<=.)\/$/, '') || '.';
  const at = { file: source.name, line: 1, column: 1 };
  if (/^Chart\.ya?ml$/.test(name) && !/^kind:/m.test(source.text)) {
    const message = `"${path}" is a Helm chart: its templates are no manifests until they are rendered`;
    report(() => ({ rule: helmChart, message, help: `helm template ${path} | ingress2nginx render -`, at }));
    return true;
  }
  if (!/^kustomization\.ya?ml$|^Kustomization$/.test(name)) return false;
  const message = `the kustomization of "${path}" is not applied: the files are read as they are`;
  report(() => ({
    rule: unappliedKustomization,
    message,
    help: `kustomize build ${path} | ingress2nginx render -`,
    at,
  }));
  return true;
}
