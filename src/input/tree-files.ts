import type { Exclude } from './exclusion.ts';
import { isExcluded, isManifestName, isPassedOver } from './find-files.ts';

/**
 * The manifests of a folder of a commit, of all paths in it: those that are read where the folder is on the disk, and
 * that nothing is ignored of that git has.
 *
 * @param paths from the root of the repository
 * @param folder the same, without a slash at its end; empty for the root
 * @param base the folder from the current one, for patterns
 */
export function manifestsInTree(
  paths: readonly string[],
  { folder, base, exclude }: { readonly folder: string; readonly base: string; readonly exclude: Exclude | undefined },
): readonly string[] {
  const head = folder === '' ? '' : `${folder}/`;
  const inside = paths.filter(path => path.startsWith(head));
  const charts = chartsIn(inside);
  return inside.filter(path => {
    const steps = path.slice(head.length).split('/');
    if (steps.some(isPassedOver) || !isManifestName(path) || isExcluded(base, steps, exclude)) return false;
    return !isOfChart(path, charts);
  });
}

/** The folders with a chart: those that have templates beside the file that says so. */
function chartsIn(paths: readonly string[]): ReadonlySet<string> {
  const named = paths.flatMap(path => (/(?:^|\/)Chart\.yaml$/.test(path) ? [folderOf(path)] : []));
  return new Set(named.filter(folder => paths.some(path => path.startsWith(`${folder}templates/`))));
}

/** With its slash; empty for the root. */
function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** Of a chart only the file that says so is read: its templates and values are no manifests. */
function isOfChart(path: string, charts: ReadonlySet<string>): boolean {
  return [...charts].some(folder => path.startsWith(folder) && path !== `${folder}Chart.yaml`);
}
