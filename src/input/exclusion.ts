import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

import { decode } from './decode.ts';
import { decidingRule, ignoreRule, ignoreRules } from './ignore-rules.ts';
import type { IgnoreRule } from './ignore-rules.ts';
import { readIndex } from './git-index.ts';
import type { Tracked } from './git-index.ts';

/** What is left out where folders are walked. A file that is named is always read. */
export interface Exclude {
  /** In the manner of .gitignore; of several that take a path the last one decides, before every .gitignore. */
  readonly patterns: readonly ExcludePattern[];
  /** Whether the .gitignore files of the folders and of their repository count. */
  readonly usesGitignore: boolean;
}

export interface ExcludePattern {
  readonly pattern: string;
  /** The folder from which it counts. Absolute. */
  readonly base: string;
  /** Who asks for it, for people. */
  readonly from: string;
}

/** A file, or a folder with all that is in it, that was left out. */
export interface ExcludedEntry {
  readonly path: string;
  readonly isFolder: boolean;
  /** The pattern, and where it stands. */
  readonly reason: string;
}

interface RuleList {
  readonly base: string;
  readonly from: string;
  readonly rules: readonly IgnoreRule[];
}

/** A folder that is walked, and the rules for its entries: those that decide first come first. */
export interface ExcludingFolder {
  /** Absolute. */
  readonly path: string;
  readonly asked: readonly RuleList[];
  /** Those of the folder itself first; undefined if none of them counts. */
  readonly gitignores: readonly RuleList[] | undefined;
  /** Why git ignores all in it but the files that it tracks all the same. */
  readonly ignoredBy?: string;
  readonly repository: Repository | undefined;
}

interface Repository {
  readonly root: string;
  readonly rules: readonly RuleList[];
  /** Read when something is ignored; undefined if nobody knows, since the index cannot be read. */
  readonly tracked: () => Tracked | undefined;
}

/** For a folder of the command line. The rules of the folders above it count, up to that of the repository. */
export function excludingIn(folder: string, { patterns, usesGitignore }: Exclude): ExcludingFolder {
  const path = resolve(folder);
  const asked = patterns.map(({ pattern, base, from }) => ({ base, from, rules: [ignoreRule(pattern)] }));
  const repository = usesGitignore ? repositoryAbove(path) : undefined;
  const gitignores = usesGitignore ? (repository?.rules ?? []) : undefined;
  return { path, asked: asked.toReversed(), gitignores, repository };
}

/** For the folder when its entries are known. */
export function withOwnRules(folder: ExcludingFolder, entries: readonly { readonly name: string }[]): ExcludingFolder {
  const { path, gitignores } = folder;
  if (gitignores === undefined || !entries.some(({ name }) => name === '.gitignore')) return folder;
  return { ...folder, gitignores: [...ruleList(path, join(path, '.gitignore')), ...gitignores] };
}

/**
 * Why an entry of the folder is left out, or else the rules for what is in it. To git a link is a file, wherever it
 * leads.
 */
export function exclusionOf(folder: ExcludingFolder, name: string, kind: 'folder' | 'file'): string | ExcludingFolder {
  const entry = { name, isFolder: kind === 'folder' };
  const inside = { ...folder, path: join(folder.path, name) };
  const asked = ruling(folder.asked, folder, entry);
  if (asked !== undefined) return asked.reason ?? inside;
  const { reason, ignoredBy } = ignoring(folder, entry) ?? {};
  return reason ?? (ignoredBy === undefined ? inside : { ...inside, ignoredBy });
}

interface Named {
  readonly name: string;
  readonly isFolder: boolean;
}

/** What the first list says that has something to say of an entry: why it is left out, or that it is not. */
function ruling(
  lists: readonly RuleList[],
  { path }: ExcludingFolder,
  entry: Named,
): { readonly reason?: string } | undefined {
  for (const { base, from, rules } of lists) {
    const rule = decidingRule(rules, { ...entry, path: stepsFrom(base, path, entry.name) });
    if (rule !== undefined) return rule.isNegated ? {} : { reason: `${from}: ${JSON.stringify(rule.text)}` };
  }
  return undefined;
}

/** What git tracks it does not ignore, whatever the rules say: where nobody knows, it may track anything. */
function ignoring(
  folder: ExcludingFolder,
  entry: Named,
): { readonly reason?: string; readonly ignoredBy?: string } | undefined {
  const { gitignores = [], ignoredBy = ruling(gitignores, folder, entry)?.reason, repository } = folder;
  if (ignoredBy === undefined) return undefined;
  const tracked = repository === undefined ? NOTHING : repository.tracked();
  const path = relative(repository?.root ?? folder.path, join(folder.path, entry.name));
  const isTracked = tracked === undefined || (entry.isFolder ? tracked.folders : tracked.files).has(path);
  return isTracked ? { ignoredBy } : { reason: ignoredBy };
}

function stepsFrom(base: string, folder: string, name: string): readonly string[] | undefined {
  if (folder === base) return [name];
  const start = base.endsWith('/') ? base : `${base}/`;
  return folder.startsWith(start) ? [...folder.slice(start.length).split('/'), name] : undefined;
}

/** The repository that a folder lies in; nothing that lies above the folder counts where there is none. */
function repositoryAbove(path: string): Repository | undefined {
  const rules: RuleList[] = [];
  for (let folder = path; ; folder = dirname(folder)) {
    if (folder !== path) rules.push(...ruleList(folder, join(folder, '.gitignore')));
    if (existsSync(join(folder, '.git'))) return repositoryAt(folder, rules);
    if (folder === dirname(folder)) return undefined;
  }
}

function repositoryAt(root: string, rules: readonly RuleList[]): Repository {
  const folders = gitFolders(join(root, '.git'));
  let known: { readonly tracked: Tracked | undefined } | undefined;
  const tracked = (): Tracked | undefined => {
    return (known ??= { tracked: trackedBy(folders) }).tracked;
  };
  return { root, rules: [...rules, ...ruleList(root, join(folders.shared, 'info/exclude'))], tracked };
}

const NOTHING: Tracked = { files: new Set(), folders: new Set() };

/** A repository in which nothing was added yet has no index. */
function trackedBy({ own, shared }: GitFolders): Tracked | undefined {
  const index = join(own, 'index');
  if (!existsSync(index)) return NOTHING;
  // An index does not say itself that its hashes are longer.
  if (/^[ \t]*objectformat[ \t]*=[ \t]*"?sha256/im.test(textOf(join(shared, 'config')))) return undefined;
  const bytes = bytesOf(index, LARGEST_INDEX);
  return bytes === undefined ? undefined : readIndex(bytes);
}

interface GitFolders {
  readonly own: string;
  readonly shared: string;
}

/** A worktree has a file that names its folder, in which a file names the one that all worktrees share. */
function gitFolders(path: string): GitFolders {
  const [, linked = ''] = /^gitdir: (.*)/.exec(textOf(path)) ?? [];
  const own = linked === '' ? path : resolve(dirname(path), linked);
  return { own, shared: join(own, textOf(join(own, 'commondir')).trim()) };
}

function ruleList(base: string, file: string): readonly RuleList[] {
  const text = textOf(file);
  return text === '' ? [] : [{ base, from: relative('', file), rules: ignoreRules(text) }];
}

const LARGEST_TEXT = 1024 * 1024;
/** Of a million files. */
const LARGEST_INDEX = 256 * 1024 * 1024;

/** Empty where there is none. */
function textOf(file: string): string {
  const bytes = bytesOf(file, LARGEST_TEXT);
  const decoded = bytes === undefined ? { text: '' } : decode(bytes, file);
  return 'text' in decoded ? decoded.text : '';
}

/** Undefined for what is no regular file: git follows no link here, and a device would be read without end. */
function bytesOf(file: string, largest: number): Buffer | undefined {
  try {
    const stats = lstatSync(file);
    return stats.isFile() && stats.size <= largest ? readFileSync(file) : undefined;
  } catch {
    return undefined; // there is none, or nobody may read it: then git ignores nothing, too
  }
}
