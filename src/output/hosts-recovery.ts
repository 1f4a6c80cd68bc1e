import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { isSystemError } from './disk.ts';
import type { RunIdentity } from './staging.ts';

/** Where a run lays the new and the old bytes of a file beside it while it writes. */
export interface NamesBeside {
  readonly after: string;
  readonly before: string;
}

/** A process number is given again some day, in containers at once: then the age decides. */
const LONGEST_RUN_MS = 10 * 60_000;

export function namesBeside(path: string, pid: number): NamesBeside {
  const after = join(dirname(path), `.${basename(path)}.ingress2nginx-${pid}`);
  return { after, before: `${after}.before` };
}

/**
 * Makes good what runs left that were killed: a file that was being written in place is written to its end, and what
 * they laid beside it is removed. What cannot be looked at or removed stays.
 */
export function makeGood(path: string, run: RunIdentity): void {
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return;
    const real = realpathSync(path);
    for (const pid of abandonedIn(real, run)) {
      const names = namesBeside(real, pid);
      finish(real, names);
      rmSync(names.before, { force: true });
      rmSync(names.after, { force: true });
    }
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}

/** The processes that laid something beside the file and cannot be at work any more. */
function abandonedIn(path: string, run: RunIdentity): readonly number[] {
  const prefix = `.${basename(path)}.ingress2nginx-`;
  const pids = readdirSync(dirname(path)).flatMap(name => {
    const [, pid] = name.startsWith(prefix) ? (/^(\d+)(?:\.before)?$/.exec(name.slice(prefix.length)) ?? []) : [];
    if (pid === undefined) return [];
    const stats = lstatSync(join(dirname(path), name), { throwIfNoEntry: false });
    const isOld = stats !== undefined && run.now() - stats.mtimeMs > LONGEST_RUN_MS;
    // This process has laid nothing yet: what has its number is of another that had it before.
    const isOver = isOld || Number(pid) === run.pid || !run.isAlive(Number(pid));
    return stats?.isFile() === true && isOver ? [Number(pid)] : [];
  });
  return [...new Set(pids)];
}

/** Writes a file to its end that holds a begin of the new bytes and the rest of the old ones. */
function finish(path: string, names: NamesBeside): void {
  const [after, before] = [ownBytes(names.after, path), ownBytes(names.before, path)];
  if (after === undefined || before === undefined) return;
  const now = readFileSync(path);
  if (now.equals(after) || now.equals(before) || !isBetween(now, before, padded(after, before.length))) return;
  const handle = openSync(path, 'r+');
  try {
    overwrite(handle, after, now.length);
  } finally {
    closeSync(handle);
  }
}

/** Undefined unless it belongs to the owner of the file itself, as what a run has laid down whole does. */
function ownBytes(beside: string, path: string): Buffer | undefined {
  const stats = lstatSync(beside, { throwIfNoEntry: false });
  return stats?.isFile() === true && stats.uid === statSync(path).uid ? readFileSync(beside) : undefined;
}

function isBetween(now: Buffer, before: Buffer, after: Buffer): boolean {
  let written = 0;
  while (written < now.length && now[written] === after[written]) written += 1;
  return now.length === Math.max(before.length, written) && now.subarray(written).equals(before.subarray(written));
}

/**
 * Gives a file these bytes. What is shorter than before is written with empty lines behind it, which are cut off then:
 * killed at any moment, the file is the old one, the new one, or the new one with empty lines, as long as the system
 * writes a few kilobytes at once.
 *
 * @param length how many bytes the file has
 */
export function overwrite(handle: number, bytes: Buffer, length: number): void {
  writeAll(handle, padded(bytes, length));
  ftruncateSync(handle, bytes.length);
  fsyncSync(handle);
}

export function writeAll(handle: number, bytes: Buffer): void {
  for (let offset = 0; offset < bytes.length;) {
    offset += writeSync(handle, bytes, offset, bytes.length - offset, offset);
  }
}

function padded(bytes: Buffer, length: number): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(Math.max(0, length - bytes.length), '\n')]);
}
