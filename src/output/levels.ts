import { chmodSync, lstatSync, mkdirSync, readlinkSync, statSync } from 'node:fs';
import { join, parse, sep } from 'node:path';

import type { Failure } from '../diagnostics/failure.ts';
import { failure } from '../diagnostics/failure.ts';
import { isRoot } from './act-as.ts';
import { ownerInHere } from './user-namespace.ts';
import { nameOfUser } from './users.ts';

/** A folder or a link that a path leads through. */
export interface Level {
  readonly path: string;
  readonly kind: 'folder' | 'link' | 'other';
  readonly uid: number;
  /** Permission bits, the sticky one included. */
  readonly mode: number;
}

/** A path, walked as the system does. */
export interface Walk {
  /** All that is there, links and what they lead to, from the top. */
  readonly levels: readonly Level[];
  /** Where it ends, without links; what is missing included. */
  readonly end: string;
  /** Folders that are not there yet, from the top: the last one is the end. */
  readonly missing: readonly string[];
}

/** Who can change what a path leads to, root aside. */
export type Trust =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'user'; readonly uid: number; readonly level: string }
  /** More than one user; `problem` says at which level, and what to do. */
  | { readonly kind: 'several'; readonly problem: string };

const STICKY = 0o1000;
const WRITABLE_BY_ALL = 0o002;
const WRITABLE_BY_GROUP = 0o020;

/** @param path Absolute. Throws as the file system does, also at a link that leads nowhere or in a circle. */
export function walkPath(path: string): Walk {
  const { root } = parse(path);
  const levels = [levelAt(root)].filter(level => level !== undefined);
  const missing: string[] = [];
  const steps = path.slice(root.length).split(sep).filter(isStep);
  let end = root;
  for (let step = steps.shift(); step !== undefined; step = steps.shift()) {
    const next = join(end, step);
    // Below a file there is nothing; whoever makes a folder there is told.
    const isBlind = missing.length > 0 || levels.at(-1)?.kind === 'other';
    const level = isBlind ? undefined : levelAt(next);
    if (level === undefined) missing.push(next);
    else if (step !== '..') levels.push(level);
    if (level?.kind !== 'link') {
      end = next;
      continue;
    }
    statSync(next);
    const target = readlinkSync(next);
    const top = parse(target).root;
    if (top !== '') end = top;
    steps.unshift(...target.slice(top.length).split(sep).filter(isStep));
  }
  return { levels, end, missing };
}

/**
 * Judges as StrictModes of sshd does: who owns a level, or may write to it, can put something else in its place. In a
 * sticky folder such as /tmp that is only the owner of what is there, which is judged by itself, so that only the last
 * level must not be one. The group counts where root owns the level; for a user it is as if he had run us himself. A
 * file at the end does not count: who owns it cannot put something else in its place.
 */
export function judgeLevels({ levels, missing }: Pick<Walk, 'levels' | 'missing'>): Trust {
  const foreign = levels.filter(({ kind, uid }) => kind !== 'other' && uid !== 0);
  const open = levels.find((level, index) => isOpen(level, index === levels.length - 1 && missing.length === 0));
  if (open !== undefined) {
    const mode = (open.mode & 0o7777).toString(8).padStart(4, '0');
    const mend = `chmod go-w ${open.path}, or choose another folder`;
    return { kind: 'several', problem: `others may write to ${open.path} (mode ${mode}): ${mend}` };
  }
  const [first] = foreign;
  if (first === undefined) return { kind: 'nobody' };
  const second = foreign.find(({ uid }) => uid !== first.uid);
  if (second === undefined) return { kind: 'user', uid: first.uid, level: first.path };
  const owners = [first, second].map(({ path, uid }) => `${path} belongs to ${nameOfUser(uid)}`).join(' and ');
  return { kind: 'several', problem: `${owners}: choose a folder whose parent folders belong to one user` };
}

/**
 * Makes a folder, unless another run has just done it. What root finds there must be a folder that is his alone: in a
 * folder such as /tmp somebody else may have been quicker.
 */
export function makeLevel(path: string): void {
  try {
    mkdirSync(path, { mode: 0o755 });
  } catch (error) {
    const level = levelAt(path);
    const isOfOthers = isRoot() && level !== undefined && judgeOne(level).kind !== 'nobody';
    if (level?.kind !== 'folder' || isOfOthers) throw error;
  }
}

function judgeOne(level: Level): Trust {
  return judgeLevels({ levels: [level], missing: [] });
}

/**
 * Makes what is missing of a path, open to all whatever the umask; fails where root must not work in it. Throws as the
 * file system does.
 */
export function openOwnFolder(path: string): { readonly kind: 'open'; readonly path: string } | Failure {
  const walk = walkPath(path);
  const problem = problemWith(walk, path);
  if (problem !== undefined) return failure(problem);
  for (const folder of walk.missing) {
    makeLevel(folder);
    chmodSync(folder, 0o755);
  }
  return { kind: 'open', path: walk.end };
}

/** Why root must not work in a folder at all; undefined when it may, or somebody else asks. */
export function problemForRoot(path: string): string | undefined {
  return isRoot() ? problemWith(walkPath(path), path) : undefined;
}

function problemWith(walk: Walk, path: string): string | undefined {
  if (!isRoot()) return undefined;
  const trust = judgeLevels(walk);
  if (trust.kind === 'nobody') return undefined;
  if (trust.kind === 'several') return `unsafe to use ${path} as root: ${trust.problem}`;
  const name = nameOfUser(trust.uid);
  return `unsafe to use ${path} as root: ${trust.level} belongs to ${name}; run as ${name}, or choose a folder that belongs to root`;
}

function isOpen({ kind, uid, mode }: Level, isLast: boolean): boolean {
  const bits = uid === 0 ? WRITABLE_BY_ALL | WRITABLE_BY_GROUP : WRITABLE_BY_ALL;
  return kind === 'folder' && (mode & bits) !== 0 && (isLast || (mode & STICKY) === 0);
}

function isStep(step: string): boolean {
  return step !== '' && step !== '.';
}

function levelAt(path: string): Level | undefined {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  const kind = stats.isSymbolicLink() ? 'link' : stats.isDirectory() ? 'folder' : 'other';
  return { path, kind, uid: ownerInHere(stats.uid), mode: stats.mode & 0o7777 };
}
