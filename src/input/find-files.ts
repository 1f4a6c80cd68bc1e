import { readdirSync, realpathSync, statSync } from 'node:fs';
import type { Dirent } from 'node:fs';

import type { Finding, Report } from '../diagnostics/diagnostic.ts';
import { excludingIn, exclusionOf, withOwnRules } from './exclusion.ts';
import type { Exclude, ExcludedEntry, ExcludingFolder } from './exclusion.ts';
import { inByteOrder, isGlob, matchesGlob } from './glob.ts';
import { isMissing, reasonOf } from './reason.ts';
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
  /** It was found in a folder that is taken for a repository. */
  readonly isFromRepository?: true;
}

/** How folders are read. */
export interface FolderOptions {
  /** A folder may hold anything, of which manifests are a part. */
  readonly isRepository?: true | undefined;
}

export interface FindOptions extends FolderOptions {
  readonly report: Report;
  /** What is left out of folders and patterns. */
  readonly exclude?: Exclude | undefined;
  readonly onExcluded?: ((entry: ExcludedEntry) => void) | undefined;
}

/** A folder being walked, by its real path; `visited` ends the cycles that symbolic links make. */
interface Walk extends FindOptions {
  readonly root: string;
  readonly visited: Set<string>;
  readonly accept: (path: string) => boolean;
  readonly files: FoundFile[];
}

/**
 * The files that a path of the command line stands for: itself, the manifests in a folder and below it, or what a
 * pattern matches. Hidden entries, node_modules and what is excluded are left out unless named. Undefined when there is
 * nothing there.
 */
export function findFiles(path: string, options: FindOptions): readonly FoundFile[] | undefined {
  const kind = kindOf(path);
  if (kind === 'missing') return isGlob(path) ? expandGlob(path, options) : undefined;
  if (kind !== 'folder') return [{ name: path, isOutside: false }];
  const unreadable: Finding[] = [];
  const { isRepository } = options;
  const found = walkFolder(nameOf(path), isManifestName, {
    ...options,
    report: finding => void unreadable.push(finding),
  });
  for (const finding of unreadable) options.report(finding);
  // What is in a folder that cannot be read is not known.
  if (found.files.length === 0 && unreadable.length === 0) {
    const others = found.isAllThere ? '' : ' that is not excluded';
    const message = `"${path}" contains no .yaml, .yml or .json file${others}`;
    options.report({ rule: noManifests, message, at: { file: path, line: 1, column: 1 } });
  }
  return isRepository === true ? found.files.map(file => ({ ...file, isFromRepository: true })) : found.files;
}

/** Files of the current folder are named as people name them, without `./`. */
function nameOf(folder: string): string {
  return folder === '.' || folder === './' ? '' : folder;
}

interface Walked {
  readonly files: readonly FoundFile[];
  /** Nothing was excluded. */
  readonly isAllThere: boolean;
}

function walkFolder(path: string, accept: (path: string) => boolean, options: FindOptions): Walked {
  let isAllThere = true;
  const onExcluded = (entry: ExcludedEntry): void => {
    isAllThere = false;
    options.onExcluded?.(entry);
  };
  const walk: Walk = { ...options, onExcluded, root: realOf(path) ?? path, visited: new Set(), accept, files: [] };
  const excluding = options.exclude === undefined ? undefined : excludingIn(path, options.exclude);
  walkInto(walk, path, { isOutside: false, excluding });
  return { files: walk.files, isAllThere };
}

interface WalkedFolder {
  readonly isOutside: boolean;
  readonly excluding: ExcludingFolder | undefined;
}

function walkInto(walk: Walk, folder: string, { isOutside, excluding: inherited }: WalkedFolder): void {
  const all = entriesOf(walk, folder);
  const entries = walk.isRepository === true ? besideTemplates(all) : readable(all);
  const excluding = inherited && withOwnRules(inherited, entries);
  for (const entry of entries) {
    if (isPassedOver(entry.name)) continue;
    const path = nameIn(folder, entry.name);
    const isLink = entry.isSymbolicLink();
    const isFolder = entry.isDirectory() || (isLink && kindOf(path) === 'folder');
    if (!isFolder && !walk.accept(path)) continue;
    const leads = isLink ? leadsOut(walk.root, path) : isOutside;
    const below = excluding && exclusionOf(excluding, entry.name, entry.isDirectory() ? 'folder' : 'file');
    if (typeof below === 'string') walk.onExcluded?.({ path, isFolder, reason: below });
    else if (isFolder) walkInto(walk, path, { isOutside: leads, excluding: below });
    else walk.files.push({ name: path, isOutside: leads });
  }
}

/** Whether an entry of a folder is left out by its name alone. */
export function isPassedOver(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules';
}

function nameIn(folder: string, name: string): string {
  return folder === '' || folder.endsWith('/') ? `${folder}${name}` : `${folder}/${name}`;
}

/** Of a Helm chart only the file that says so: its templates and values are no manifests. */
function readable(entries: readonly Dirent[]): readonly Dirent[] {
  const chart = entries.find(({ name }) => name === 'Chart.yaml');
  return chart !== undefined && entries.some(({ name }) => name === 'templates') ? [chart] : entries;
}

const CHART = 'Chart.yaml';

/** What of a chart Helm makes manifests of, or installs before them. */
const OF_CHART: ReadonlySet<string> = new Set(['templates', 'charts', 'crds', 'values.yaml', 'values.yml']);

/** In a repository a chart may have examples and manifests of its own beside it. */
function besideTemplates(entries: readonly Dirent[]): readonly Dirent[] {
  if (!entries.some(({ name }) => name === CHART)) return entries;
  return entries.filter(({ name }) => !OF_CHART.has(name));
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
function expandGlob(pattern: string, options: FindOptions): readonly FoundFile[] | undefined {
  const base = plainBase(pattern);
  if (kindOf(base === '' ? '.' : base) !== 'folder') return undefined;
  const { files, isAllThere } = walkFolder(base, path => matchesGlob(pattern, path), options);
  return files.length === 0 && isAllThere ? undefined : files;
}

/** The folder below which all lies that a pattern matches. */
function plainBase(pattern: string): string {
  const steps = pattern.split('/');
  const root = steps.slice(0, Math.max(0, steps.findIndex(isGlob))).join('/');
  return root === '' && pattern.startsWith('/') ? '/' : root;
}

/** Whether there was a file, by its steps from the folder. */
type WasThere = (steps: readonly string[]) => boolean;

/** A folder of a repository that is walked for a path of the command line. */
export interface WalkedRoot {
  readonly folder: string;
  /** A pattern may take more than manifests. */
  readonly isAnyName: boolean;
  /** Whether a file that is gone was found, by its steps from the folder. */
  readonly wouldFind: (steps: readonly string[], wasThere: WasThere) => boolean;
}

/** Undefined for what is no folder and no pattern. */
export function walkedRoot(path: string, exclude: Exclude | undefined): WalkedRoot | undefined {
  const kind = kindOf(path);
  if (kind === 'file' || (kind === 'missing' && !isGlob(path))) return undefined;
  const base = kind === 'folder' ? nameOf(path) : plainBase(path);
  const accept = (name: string): boolean => (kind === 'folder' ? isManifestName(name) : matchesGlob(path, name));
  const wouldFind: WalkedRoot['wouldFind'] = (steps, wasThere) =>
    !steps.some(isPassedOver) &&
    accept(nameIn(base, steps.join('/'))) &&
    !wasOfChart(steps, wasThere) &&
    !isExcluded(base, steps, exclude);
  return { folder: base === '' ? '.' : base, isAnyName: kind !== 'folder' && !isManifestName(path), wouldFind };
}

/** Whether a step led into what `besideTemplates` leaves out. */
function wasOfChart(steps: readonly string[], wasThere: WasThere): boolean {
  return steps.some((step, index) => OF_CHART.has(step) && wasThere([...steps.slice(0, index), CHART]));
}

/** Whether a file that git has or had is left out: no .gitignore counts. */
export function isExcluded(base: string, steps: readonly string[], exclude: Exclude | undefined): boolean {
  if (exclude === undefined) return false;
  let within = excludingIn(base, { ...exclude, usesGitignore: false });
  for (const [index, step] of steps.entries()) {
    const found = exclusionOf(within, step, index === steps.length - 1 ? 'file' : 'folder');
    if (typeof found === 'string') return true;
    within = found;
  }
  return false;
}

function kindOf(path: string): 'folder' | 'file' | 'missing' {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    // Whatever else is wrong with it (permissions, a cycle of links) is said when it is read.
    return isMissing(error) ? 'missing' : 'file';
  }
}
