import { chmodSync, linkSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { isCount, isRecord, isText, parseJson } from '../../json/value.ts';
import type { Interruption } from '../../diagnostics/failure.ts';
import { readIfThere } from '../atomic-file.ts';
import { isSystemError } from '../../output/disk.ts';
import { bootId, processAt } from './processes.ts';

/**
 * One run at a time in a folder. The lock is a row of files `lock.1`, `lock.2` …: the highest one says who holds it, or
 * that nobody does. It is taken by creating the next one, whole, with link(2), which exactly one of several runs can;
 * and given back by replacing its content. A run that was killed holds nothing: its process is gone. The highest file
 * is never removed, so a run that looked some time ago cannot create a number that was passed already and believe it.
 */
export interface Lock {
  release(): void;
}

/** Who holds the lock of a state folder. */
export interface LockHolder {
  readonly pid: number;
  /** What it does, such as `apply --watch`. */
  readonly purpose: string;
}

export type Locking =
  | { readonly kind: 'locked'; readonly lock: Lock }
  | { readonly kind: 'held'; readonly holder: LockHolder }
  | Interruption;

export interface LockRequest {
  readonly folder: string;
  readonly purpose: string;
  /** How long to wait for a holder; `isLasting` says which are not worth waiting for. */
  readonly timeoutMs: number;
  readonly isLasting: (purpose: string) => boolean;
  readonly signal: AbortSignal;
}

const LOOK_AGAIN_MS = 50;
const FREE = `${JSON.stringify({ free: true })}\n`;

/** Throws as the file system does. */
export async function takeLock(request: LockRequest): Promise<Locking> {
  const until = performance.now() + request.timeoutMs;
  for (;;) {
    if (request.signal.aborted) return { kind: 'interrupted' };
    const tried = tryLock(request.folder, request.purpose);
    if ('release' in tried) return { kind: 'locked', lock: tried };
    if (request.isLasting(tried.purpose) || performance.now() >= until) return { kind: 'held', holder: tried };
    await setTimeout(LOOK_AGAIN_MS);
  }
}

/** Undefined when nobody holds it. */
export function readHolder(folder: string): LockHolder | undefined {
  const number = highest(folder);
  return number === undefined ? undefined : holderIn(pathOf(folder, number));
}

function tryLock(folder: string, purpose: string): Lock | LockHolder {
  const known = highest(folder);
  const holder = known === undefined ? undefined : holderIn(pathOf(folder, known));
  if (holder !== undefined) return holder;
  const number = (known ?? 0) + 1;
  const path = pathOf(folder, number);
  if (!createWhole(folder, path, contentOf(purpose))) return tryLock(folder, purpose);
  if (highest(folder) !== number) {
    rmSync(path, { force: true });
    return tryLock(folder, purpose);
  }
  removeOlder(folder, number);
  return { release: () => giveBack(folder, path) };
}

function pathOf(folder: string, number: number): string {
  return join(folder, `lock.${number}`);
}

function highest(folder: string): number | undefined {
  const numbers = readdirSync(folder).flatMap(name => Number(/^lock\.(\d{1,15})$/.exec(name)?.[1] ?? []) || []);
  return numbers.length === 0 ? undefined : Math.max(...numbers);
}

/** Undefined when it is free: said so, or its process is gone. */
function holderIn(path: string): LockHolder | undefined {
  const value = parseJson(readIfThere(path));
  if (!isRecord(value)) return undefined;
  const { pid, startTime, boot, purpose } = value;
  if (!isCount(pid) || !isText(startTime) || !isText(boot) || !isText(purpose)) return undefined;
  const isAlive = boot === bootId() && processAt(pid)?.startTime === startTime;
  return isAlive ? { pid, purpose } : undefined;
}

function contentOf(purpose: string): string {
  const { pid } = process;
  return `${JSON.stringify({ pid, startTime: processAt(pid)?.startTime ?? '', boot: bootId(), purpose })}\n`;
}

/** False when somebody else has created it. */
function createWhole(folder: string, path: string, text: string): boolean {
  const temporary = temporaryOf(folder);
  try {
    writeNew(temporary, text);
    linkSync(temporary, path);
    return true;
  } catch (error) {
    if (isSystemError(error) && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}

function giveBack(folder: string, path: string): void {
  const temporary = temporaryOf(folder);
  try {
    writeNew(temporary, FREE);
    renameSync(temporary, path);
  } catch (error) {
    // A full disk, or the folder is gone. This process is about to end, which frees the lock as well.
    if (!isSystemError(error)) throw error;
    rmSync(temporary, { force: true });
  }
}

/** What lies there is of a run that was killed, or a link, through which nothing is written. */
function writeNew(path: string, text: string): void {
  rmSync(path, { force: true });
  writeFileSync(path, text, { flag: 'wx' });
  // Whoever could write to it could hold it.
  chmodSync(path, 0o644);
}

function temporaryOf(folder: string): string {
  return join(folder, `.lock-${process.pid}`);
}

/** What runs before left: passed numbers, and the temporary files of those that were killed. */
function removeOlder(folder: string, own: number): void {
  for (const name of readdirSync(folder)) {
    const number = /^lock\.(\d{1,15})$/.exec(name)?.[1];
    const pid = /^\.lock-(\d+)$/.exec(name)?.[1];
    const isOld = number !== undefined && Number(number) < own;
    if (isOld || (pid !== undefined && processAt(Number(pid)) === undefined))
      rmSync(join(folder, name), { force: true });
  }
}
