import type { Stats } from 'node:fs';
import {
  closeSync,
  existsSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

import type { Failure } from '../diagnostics/failure.ts';
import { failure, messageOf } from '../diagnostics/failure.ts';
import { actAs } from './act-as.ts';
import { syncFolder } from './disk.ts';
import { editBlock, linesOutside } from './hosts-block.ts';
import { makeGood, namesBeside, overwrite, writeAll } from './hosts-recovery.ts';
import { findPlace } from './place.ts';
import type { RunIdentity } from './staging.ts';

export type HostsFileResult =
  | { readonly kind: 'written' }
  | { readonly kind: 'unchanged' }
  /** There are no lines any more, and those of the file stay. */
  | { readonly kind: 'kept'; readonly lines: number }
  /** The marks in the file are not as we set them. */
  | { readonly kind: 'refused'; readonly problem: string }
  /** The user may not write it. */
  | { readonly kind: 'forbidden'; readonly problem: string }
  | Failure;

export interface UpdateOptions {
  /** Whether no lines may replace lines that are there. */
  readonly mayEmpty: boolean;
  /** This process, which names the new file while it is written. */
  readonly run: RunIdentity;
}

/** What stands at the path. */
interface Standing {
  /** Behind all links. */
  readonly path: string;
  /** Undefined: there is no file yet. */
  readonly stats: Stats | undefined;
  readonly bytes: Buffer;
}

/** A file that somebody else writes at the same moment is read again so often. */
const MOST_TRIES = 5;
const NEW_FILE_MODE = 0o644;
const READ_ONLY_ERRORS = ['EACCES', 'EPERM', 'EROFS'];

/**
 * Brings the marked block of a hosts file up to date, or takes it out when there are no lines. Every other byte, the
 * owner and the mode stay. The file is replaced in one step where the system lets us, and written in place where not:
 * in a container it is mounted by itself, which makes renaming fail. Root writes a file in the folder of a user with the
 * rights of that user: he could lead the path elsewhere meanwhile.
 *
 * @param lines Without line ends; of names and addresses that were checked.
 */
export function updateHostsFile(path: string, lines: readonly string[], how: UpdateOptions): HostsFileResult {
  try {
    if (isDangling(path)) return failure('it is a dangling symbolic link');
    const place = findPlace(resolve(path));
    if ('kind' in place) return place;
    return actAs(place.actor, () => update(path, lines, how));
  } catch (error) {
    const problem = messageOf(error);
    return { kind: hasCode(error, READ_ONLY_ERRORS) ? 'forbidden' : 'failed', problem };
  }
}

function update(path: string, lines: readonly string[], how: UpdateOptions): HostsFileResult {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const result = tryUpdate(path, lines, how);
    if (result !== 'changed meanwhile') return result;
  }
  return failure('another program keeps changing it');
}

function isDangling(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined && !existsSync(path);
}

/** The lines of the file but those of our block, without line ends; none where it cannot be read. */
export function linesOfOthers(path: string): readonly string[] {
  try {
    return linesOutside(readFileSync(path, 'latin1'));
  } catch {
    return []; // what is wrong with the file is said when it is written
  }
}

function tryUpdate(
  path: string,
  lines: readonly string[],
  { mayEmpty, run }: UpdateOptions,
): HostsFileResult | 'changed meanwhile' {
  makeGood(path, run);
  const standing = read(path);
  if ('kind' in standing) return standing;
  if (standing.bytes.includes(0)) return { kind: 'refused', problem: 'is not a text file' };
  const edit = editBlock(standing.bytes.toString('latin1'), lines);
  if (edit.kind === 'refused') return edit;
  if (lines.length === 0 && edit.before > 0 && !mayEmpty) return { kind: 'kept', lines: edit.before };
  const bytes = Buffer.from(edit.text, 'latin1');
  if (bytes.equals(standing.bytes)) return { kind: 'unchanged' };
  return put(standing, bytes, run) ? { kind: 'written' } : 'changed meanwhile';
}

function read(path: string): Standing | Failure {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats !== undefined) {
    return stats.isFile()
      ? { path: realpathSync(path), stats, bytes: readFileSync(path) }
      : failure('it is not a file');
  }
  return { path: join(realpathSync(dirname(path)), basename(path)), stats, bytes: Buffer.alloc(0) };
}

/** False when the file is another one than was read. */
function put(standing: Standing, bytes: Buffer, { pid }: RunIdentity): boolean {
  const names = namesBeside(standing.path, pid);
  try {
    const isLaid = lay(names.after, standing, bytes);
    if (!isAsRead(standing)) return false;
    if (isLaid && rename(names.after, standing)) return true;
    // What a run that is killed in between leaves is made good by the next one.
    if (isLaid) layBeside(names.before, standing.stats, standing.bytes);
    if (isLaid) syncFolder(dirname(standing.path));
    writeInPlace(standing, bytes);
    return true;
  } finally {
    rmSync(names.before, { force: true });
    rmSync(names.after, { force: true });
  }
}

/** Whether there is room for a new file beside the old one. */
function lay(path: string, { stats }: Standing, bytes: Buffer): boolean {
  try {
    layBeside(path, stats, bytes);
    return true;
  } catch (error) {
    if (stats !== undefined && hasCode(error, READ_ONLY_ERRORS)) return false;
    throw error;
  }
}

/** False where the new file cannot take the place of the old one. */
function rename(fresh: string, { path, stats }: Standing): boolean {
  // A second name of the file would go on naming the old one.
  if (stats !== undefined && stats.nlink > 1) return false;
  try {
    renameSync(fresh, path);
    return true;
  } catch (error) {
    if (stats !== undefined && hasCode(error, ['EBUSY', 'EXDEV', ...READ_ONLY_ERRORS])) return false;
    throw error;
  }
}

function layBeside(path: string, model: Stats | undefined, bytes: Buffer): void {
  rmSync(path, { force: true });
  const handle = openSync(path, 'wx', 0o600);
  try {
    writeAll(handle, bytes);
    if (model !== undefined) fchownSync(handle, model.uid, model.gid);
    fchmodSync(handle, model === undefined ? NEW_FILE_MODE : model.mode & 0o7777);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function writeInPlace({ path, bytes: old }: Standing, bytes: Buffer): void {
  const handle = openSync(path, 'r+');
  try {
    overwrite(handle, bytes, old.length);
  } catch (error) {
    // The disk is full, most likely: the old bytes have room where they were.
    overwrite(handle, old, 0);
    throw error;
  } finally {
    closeSync(handle);
  }
}

function isAsRead({ path, stats, bytes }: Standing): boolean {
  const now = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined || now === undefined) return stats === now;
  return now.ino === stats.ino && readFileSync(path).equals(bytes);
}

function hasCode(error: unknown, codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.some(code => code === error.code);
}
