import { shellPath } from '../diagnostics/shell-word.ts';
import { isOfFlux } from './kustomizations.ts';
import type { Reading } from './reading.ts';
import { helmChart, unappliedKustomization } from './rules/other-tools.ts';

/**
 * Whether the source is a file by which Helm or Kustomize find what they are to make manifests of; what follows for the
 * files beside it has been said then.
 */
export function isOfOtherTool(reading: Reading): boolean {
  const { source, report } = reading;
  const [, folder = '', name = ''] = /^(.*\/)?([^/]*)$/s.exec(source.name) ?? [];
  const path = folder.replace(/(?<=.)\/$/, '') || '.';
  const at = { file: source.name, line: 1, column: 1 };
  if (/^Chart\.ya?ml$/.test(name) && !/^kind:/m.test(source.text)) {
    if (source.isFromRepository === true) {
      reportChart(reading, path);
      return true;
    }
    const message = `"${path}" is a Helm chart: its templates are no manifests until they are rendered`;
    report(() => ({ rule: helmChart, message, help: `helm template ${shellPath(path)} | ingress2nginx render -`, at }));
    return true;
  }
  if (!/^kustomization\.ya?ml$|^Kustomization$/.test(name)) return false;
  // Of those of a repository more is said when all of them are known.
  if (source.isFromRepository === true) return !isOfFlux(source);
  const message = `the kustomization of "${path}" is not applied: the files are read as they are`;
  report(() => ({
    rule: unappliedKustomization,
    message,
    help: `kustomize build ${shellPath(path)} | ingress2nginx render -`,
    at,
  }));
  return true;
}

/** What Helm takes as the name of a release. */
const RELEASE = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/;

/** Of a library there is nothing to render. */
function reportChart({ source, report }: Reading, path: string): void {
  if (/^type:[ \t]*["']?library\b/m.test(source.text)) return;
  const name = /([^/]+)\/?$/.exec(path)?.[1] ?? '';
  report(() => ({
    rule: helmChart,
    severity: 'info',
    message: `"${path}" is a Helm chart: its templates are not checked`,
    help: `check what Helm makes of it: helm template ${RELEASE.test(name) ? name : 'NAME'} ${shellPath(path)} | ingress2nginx lint -`,
    at: { file: source.name, line: 1, column: 1 },
  }));
}
