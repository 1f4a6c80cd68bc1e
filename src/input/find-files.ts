import { readdirSync, realpathSync, statSync } from 'node:fs';
import type { Dirent } from 'node:fs';

import type { Finding, Report } from '../diagnostics/diagnostic.ts';
import { inByteOrder, isGlob, matchesGlob } from './glob.ts';
import { reasonOf } from './reason.ts';
import { noManifests } from './rules/empty-input.ts';
import { unreadableFile } from './rules/files.ts';

/** Whether a file in a folder is read, by its name. */
export function isManifestName(name: string): boolean {
  return /\.(?:ya?ml|json)$/i.test(name);
}

/** A file to read. */
export interface FoundFile {
  readonly name: string;
  /** A link led out of the folder that was named on the command line. */
  readonly isOutside: boolean;
}

/** A folder being walked, by its real path; `visited` ends the cycles that symbolic links make. */
interface Walk {
  readonly root: string;
  readonly report: Report;
  readonly visited: Set<string>;
  readonly accept: (path: string) => boolean;
  readonly files: FoundFile[];
}

/**
 * The files that a path of the command line stands for: itself, the manifests in a folder and below it, or what a
 * pattern matches. Hidden entries and node_modules are left out unless named. Undefined when there is nothing there.
 */
export function findFiles(path: string, report: Report): readonly FoundFile[] | undefined {
  const kind = kindOf(path);
  if (kind === 'missing') return isGlob(path) ? expandGlob(path, report) : undefined;
  if (kind !== 'folder') return [{ name: path, isOutside: false }];
  const unreadable: Finding[] = [];
  const files = walkFolder(nameOf(path), found => void unreadable.push(found), isManifestName);
  for (const found of unreadable) report(found);
  // What is in a folder that cannot be read is not known.
  if (files.length === 0 && unreadable.length === 0) {
    const message = `"${path}" contains no .yaml, .yml or .json file`;
    report({ rule: noManifests, message, at: { file: path, line: 1, column: 1 } });
  }
  return files;
}

/** Files of the current folder are named as people name them, without `./`. */
function nameOf(folder: string): string {
  return folder === '.' || folder === './' ? '' : folder;
}

function walkFolder(path: string, report: Report, accept: (path: string) => boolean): readonly FoundFile[] {
  const walk: Walk = { root: realOf(path) ?? path, report, visited: new Set(), accept, files: [] };
  walkInto(walk, path, false);
  return walk.files;
}

function walkInto(walk: Walk, folder: string, isOutside: boolean): void {
  for (const entry of readable(entriesOf(walk, folder))) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const path = folder.endsWith('/')
      ? `${folder}${entry.name}`
      : folder === ''
        ? entry.name
        : `${folder}/${entry.name}`;
    const isLink = entry.isSymbolicLink();
    const leads = isLink ? leadsOut(walk.root, path) : isOutside;
    if (entry.isDirectory() || (isLink && kindOf(path) === 'folder')) walkInto(walk, path, leads);
    else if (walk.accept(path)) walk.files.push({ name: path, isOutside: leads });
  }
}

/** Of a Helm chart only the file that says so: its templates and values are no manifests. */
function readable(entries: readonly Dirent[]): readonly Dirent[] {
  const chart = entries.find(({ name }) => name === 'Chart.yaml');
  return chart !== undefined && entries.some(({ name }) => name === 'templates') ? [chart] : entries;
}

/** Links inside of the folder are usual: Kubernetes mounts a ConfigMap so. One that leads nowhere leads out, too. */
function leadsOut(root: string, path: string): boolean {
  const real = realOf(path);
  return real === undefined || (real !== root && !real.startsWith(root.endsWith('/') ? root : `${root}/`));
}

/** Undefined where nothing is; why is said when it is read. */
function realOf(path: string): string | undefined {
  try {
    return realpathSync(path === '' ? '.' : path);
  } catch (error) {
    reasonOf(error);
    return undefined;
  }
}

/** In byte order; none of a folder that was walked already or cannot be read. */
function entriesOf(walk: Walk, folder: string): readonly Dirent[] {
  const path = folder === '' ? '.' : folder;
  try {
    const real = realpathSync(path);
    if (walk.visited.has(real)) return [];
    walk.visited.add(real);
    return readdirSync(path, { withFileTypes: true }).toSorted((a, b) => inByteOrder(a.name, b.name));
  } catch (error) {
    const message = `the folder "${path}" cannot be read: ${reasonOf(error)}`;
    walk.report({ rule: unreadableFile, message, at: { file: path, line: 1, column: 1 } });
    return [];
  }
}

/** For shells that do not expand patterns themselves. A pattern that matches nothing is a missing path. */
function expandGlob(pattern: string, report: Report): readonly FoundFile[] | undefined {
  const steps = pattern.split('/');
  const plain = steps.slice(0, Math.max(0, steps.findIndex(isGlob)));
  const root = plain.join('/');
  const base = root === '' && pattern.startsWith('/') ? '/' : root;
  if (kindOf(base === '' ? '.' : base) !== 'folder') return undefined;
  const files = walkFolder(base, report, path => matchesGlob(pattern, path));
  return files.length === 0 ? undefined : files;
}

function kindOf(path: string): 'folder' | 'file' | 'missing' {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    // Whatever else is wrong with it (permissions, a cycle of links) is said when it is read.
    const isMissing =
      error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
    return isMissing ? 'missing' : 'file';
  }
}
