import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

import { decode } from './decode.ts';
import { decidingRule, ignoreRule, ignoreRules } from './ignore-rules.ts';
import type { IgnoreRule } from './ignore-rules.ts';

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
}

/** For a folder of the command line. The rules of the folders above it count, up to that of the repository. */
export function excludingIn(folder: string, { patterns, usesGitignore }: Exclude): ExcludingFolder {
  const path = resolve(folder);
  const asked = patterns.map(({ pattern, base, from }) => ({ base, from, rules: [ignoreRule(pattern)] }));
  return { path, asked: asked.toReversed(), gitignores: usesGitignore ? gitignoresAbove(path) : undefined };
}

/** For the folder when its entries are known. */
export function withOwnRules(folder: ExcludingFolder, entries: readonly { readonly name: string }[]): ExcludingFolder {
  const { path, gitignores } = folder;
  if (gitignores === undefined || !entries.some(({ name }) => name === '.gitignore')) return folder;
  return { ...folder, gitignores: [...ruleList(path, join(path, '.gitignore')), ...gitignores] };
}

/** For a folder in it. */
export function entering(folder: ExcludingFolder, name: string): ExcludingFolder {
  return { ...folder, path: join(folder.path, name) };
}

/** Why an entry of the folder is left out; undefined if it is not. */
export function exclusionOf(folder: ExcludingFolder, name: string, kind: 'folder' | 'file'): string | undefined {
  const isFolder = kind === 'folder';
  for (const list of [folder.asked, folder.gitignores ?? []].flat()) {
    const rule = decidingRule(list.rules, { path: stepsFrom(list.base, folder.path, name), name, isFolder });
    if (rule !== undefined) return rule.isNegated ? undefined : `${list.from}: ${JSON.stringify(rule.text)}`;
  }
  return undefined;
}

function stepsFrom(base: string, folder: string, name: string): readonly string[] | undefined {
  if (folder === base) return [name];
  const start = base.endsWith('/') ? base : `${base}/`;
  return folder.startsWith(start) ? [...folder.slice(start.length).split('/'), name] : undefined;
}

/** Nothing that lies above the folder counts where there is no repository. */
function gitignoresAbove(path: string): readonly RuleList[] {
  const found: RuleList[] = [];
  for (let folder = path; ; folder = dirname(folder)) {
    if (folder !== path) found.push(...ruleList(folder, join(folder, '.gitignore')));
    const excludeFile = excludeFileOf(join(folder, '.git'));
    if (excludeFile !== undefined) return [...found, ...ruleList(folder, excludeFile)];
    if (folder === dirname(folder)) return [];
  }
}

/** The rules of a repository that are not shared; undefined where no repository begins. */
function excludeFileOf(gitFolder: string): string | undefined {
  if (!existsSync(gitFolder)) return undefined;
  // A worktree has a file there that names its folder, in which a file names the one that all worktrees share.
  const [, linked = ''] = /^gitdir: (.*)/.exec(smallText(gitFolder)) ?? [];
  const own = linked === '' ? gitFolder : resolve(dirname(gitFolder), linked);
  return join(own, smallText(join(own, 'commondir')).trim(), 'info/exclude');
}

function ruleList(base: string, file: string): readonly RuleList[] {
  const text = smallText(file);
  return text === '' ? [] : [{ base, from: relative('', file), rules: ignoreRules(text) }];
}

const LARGEST = 1024 * 1024;

/** Empty for what is no regular file: git follows no link here, and a device would be read without end. */
function smallText(file: string): string {
  try {
    const stats = lstatSync(file);
    if (!stats.isFile() || stats.size > LARGEST) return '';
    const decoded = decode(readFileSync(file), file);
    return 'text' in decoded ? decoded.text : '';
  } catch {
    return ''; // there is none, or nobody may read it: then git ignores nothing, too
  }
}
