import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

import type { Failure, Interruption } from '../../diagnostics/failure.ts';
import { failure } from '../../diagnostics/failure.ts';
import type { ChangedLines } from '../../findings/changed-lines.ts';
import { diffProblem, readDiff } from './diff-text.ts';
import type { DiffEntry } from './diff-text.ts';
import { readObjects } from './objects.ts';
import type { RunGit } from './run-git.ts';
import { gitProblem, openGit } from './run-git.ts';

/** Whether a file that is gone was read; `wasThere` knows the manifests of the commit. */
export type WasInput = (path: string, wasThere: (path: string) => boolean) => boolean;

export interface ChangesRequest {
  /** What git takes for a commit: a branch, a tag, `HEAD~1`. */
  readonly ref: string;
  /** The files of the input. Real paths, absolute. */
  readonly files: readonly string[];
  /** Folders of the input, in which files may be gone. Real paths, absolute. */
  readonly folders: readonly string[];
  /** Files of any name may be gone, not only manifests. */
  readonly isAnyName: boolean;
  readonly wasInput: WasInput;
  readonly signal: AbortSignal;
}

/** What differs from where the ref and HEAD have parted. Paths are absolute. */
export interface Changes {
  /** The files of the input that are new or differ. */
  readonly changed: ReadonlyMap<string, ChangedFile>;
  /** Files that were part of the input. */
  readonly gone: readonly { readonly path: string; readonly before: Buffer }[];
}

export interface ChangedFile {
  readonly lines: ChangedLines;
  /** What it held; undefined for a new file. */
  readonly before: Buffer | undefined;
}

export type ChangesAnswer =
  | ({ readonly kind: 'changes' } & Changes)
  /** The ref or the paths are wrong. */
  | { readonly kind: 'refused'; readonly problem: string }
  | Interruption
  | Failure;

type Refusal = Exclude<ChangesAnswer, { kind: 'changes' }>;

/**
 * Says what changed in the files of an input since a ref: since HEAD left it, as a pull request shows it. What is not
 * committed counts, and so do files that git does not know yet.
 */
export async function changesSince(request: ChangesRequest): Promise<ChangesAnswer> {
  const { ref, files, folders } = request;
  if (ref === '' || ref.startsWith('-')) return refused(`${JSON.stringify(ref)} is not a branch, tag or commit`);
  const opened = openGit(request.signal);
  if (opened.kind === 'failed') return opened;
  const roots = rootFinder();
  const byRoot = new Map<string, string[]>();
  for (const folder of [...folders, ...files.map(file => dirname(file))]) {
    const root = roots(folder);
    if (root === undefined) return refused(`${folder} is not in a Git repository`);
    byRoot.set(root, byRoot.get(root) ?? []);
  }
  for (const file of files) byRoot.get(roots(dirname(file)) ?? '')?.push(file);
  const changed = new Map<string, ChangedFile>();
  const gone: Changes['gone'][number][] = [];
  for (const [root, own] of byRoot) {
    const found = await changesIn(root, own, { ...request, git: opened.git, roots });
    if (found.kind !== 'changes') return found;
    for (const [path, file] of found.changed) changed.set(path, file);
    gone.push(...found.gone);
  }
  return { kind: 'changes', changed, gone };
}

function refused(problem: string): Refusal {
  return { kind: 'refused', problem };
}

type RootFinder = (folder: string) => string | undefined;

/** The work tree that a folder lies in; a submodule is one of its own. */
function rootFinder(): RootFinder {
  const known = new Map<string, string | undefined>();
  const find: RootFinder = folder => {
    if (known.has(folder)) return known.get(folder);
    const parent = dirname(folder);
    const above = (): string | undefined => (parent === folder ? undefined : find(parent));
    const root = existsSync(join(folder, '.git')) ? folder : above();
    known.set(folder, root);
    return root;
  };
  return find;
}

interface Search extends ChangesRequest {
  readonly git: RunGit;
  readonly roots: RootFinder;
}

async function changesIn(root: string, files: readonly string[], search: Search): Promise<ChangesAnswer> {
  const base = await baseOf(root, search);
  if (base.kind !== 'base') return base;
  // What the outer repository does not have is new as a whole.
  if (base.commit === undefined) return { kind: 'changes', changed: new Map(files.map(each => [each, NEW])), gone: [] };
  const words = [...DIFF_WORDS, base.commit, '--', ...(search.isAnyName ? [':(top)'] : pathWords(root, files))];
  const diff = await search.git(root, words);
  if (diff.kind !== 'ended') return diff;
  if (diff.code !== 0) return gitProblem('diff', diff);
  const problem = diffProblem(diff.stdout);
  if (problem !== undefined) return problem;
  const tracked = await search.git(root, ['ls-files', '-z']);
  if (tracked.kind !== 'ended') return tracked;
  if (tracked.code !== 0) return gitProblem('ls-files', tracked);
  const known = new Set(tracked.stdout.toString('utf8').split('\0'));
  return sorted(readDiff(diff.stdout), { root, files, known, search });
}

const NEW: ChangedFile = { lines: 'all', before: undefined };

const DIFF_WORDS = [
  'diff',
  '--raw',
  '--no-abbrev',
  '-p',
  '-U0',
  '--inter-hunk-context=0',
  '-z',
  '-M',
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--ignore-submodules=all',
];

/** All manifests, since a file may have been moved, and files of other names that are read. */
function pathWords(root: string, files: readonly string[]): readonly string[] {
  const others = files.map(file => fromRoot(root, file)).filter(path => !/\.(?:ya?ml|json)$/i.test(path));
  return [
    ...['yaml', 'yml', 'json'].map(ending => `:(top,icase)*.${ending}`),
    ...others.map(path => `:(top,literal)${path}`),
  ];
}

function fromRoot(root: string, path: string): string {
  return relative(root, path).split(sep).join('/');
}

type Base =
  /** `commit` is undefined where nothing of it was there. */
  { readonly kind: 'base'; readonly commit: string | undefined } | Refusal;

/** The commit to compare with: of a submodule, the one that the outer repository had. */
async function baseOf(root: string, search: Search): Promise<Base> {
  const outer = search.roots(dirname(root));
  const own = await commonCommit(root, search);
  if (outer === undefined) return own;
  const above = await baseOf(outer, search);
  if (above.kind !== 'base') return own.kind === 'base' ? own : above;
  if (above.commit === undefined) return above;
  const path = fromRoot(outer, root);
  const tree = await search.git(outer, ['--literal-pathspecs', 'ls-tree', '-z', above.commit, '--', path]);
  if (tree.kind !== 'ended') return tree;
  const [, commit] = /^160000 commit ([0-9a-f]+)\t/.exec(tree.stdout.toString('utf8')) ?? [];
  if (commit === undefined) return own.kind === 'base' ? own : { kind: 'base', commit: undefined };
  const there = await search.git(root, ['cat-file', '-e', `${commit}^{commit}`]);
  if (there.kind !== 'ended') return there;
  return { kind: 'base', commit: there.code === 0 ? commit : undefined };
}

/** Where HEAD has left the ref. */
async function commonCommit(root: string, { git, ref }: Search): Promise<Base> {
  const parsed = await git(root, ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]);
  if (parsed.kind !== 'ended') return parsed;
  const commit = parsed.stdout.toString('latin1').trim();
  if (parsed.code !== 0 && parsed.stderr !== '') return gitProblem('rev-parse', parsed);
  if (parsed.code !== 0) return refused(`${JSON.stringify(ref)} is not a branch, tag or commit of ${root}`);
  const merged = await git(root, ['merge-base', commit, 'HEAD']);
  if (merged.kind !== 'ended') return merged;
  if (merged.code === 0) return { kind: 'base', commit: merged.stdout.toString('latin1').trim() };
  if (merged.stderr !== '') return gitProblem('merge-base', merged);
  return failure(
    `${ref} and HEAD have no commit in common; in CI, fetch the whole history (actions/checkout: fetch-depth: 0)`,
  );
}

interface Repository {
  readonly root: string;
  readonly files: readonly string[];
  /** The paths that git knows. */
  readonly known: ReadonlySet<string>;
  readonly search: Search;
}

/** What of the differences is about the input, with the texts of before. */
async function sorted(
  entries: readonly DiffEntry[],
  { root, files, known, search }: Repository,
): Promise<ChangesAnswer> {
  const isRead = new Set(files);
  const own = entries.map(entry => ({ ...entry, now: entry.path === undefined ? undefined : join(root, entry.path) }));
  const inInput = own.filter(({ now }) => now !== undefined && isRead.has(now));
  const wasThere = earlierPaths(root, entries, known);
  const left = own.flatMap(({ now, before }) => {
    if (before === undefined || (now !== undefined && isRead.has(now))) return [];
    const path = join(root, before.path);
    return search.wasInput(path, wasThere) && !isRead.has(path) ? [{ path, object: before.object }] : [];
  });
  const wanted = [...inInput.flatMap(({ before }) => before?.object ?? []), ...left.map(({ object }) => object)];
  const objects = await readObjects(root, wanted, search.git);
  if (objects.kind !== 'objects') return objects;
  const changed = new Map<string, ChangedFile>();
  for (const file of files) if (!known.has(fromRoot(root, file))) changed.set(file, NEW);
  for (const { now = '', lines, before } of inInput) {
    changed.set(now, { lines, before: before === undefined ? undefined : objects.texts.get(before.object) });
  }
  const gone = left.flatMap(({ path, object }) => {
    const before = objects.texts.get(object);
    return before === undefined ? [] : [{ path, before }];
  });
  return { kind: 'changes', changed, gone };
}

/** Whether the older tree had a path: what git knows now, without what came since and with what went. */
function earlierPaths(
  root: string,
  entries: readonly DiffEntry[],
  known: ReadonlySet<string>,
): (path: string) => boolean {
  const earlier = new Set(known);
  for (const { path } of entries) if (path !== undefined) earlier.delete(path);
  for (const { before } of entries) if (before !== undefined) earlier.add(before.path);
  return path => earlier.has(fromRoot(root, path));
}
