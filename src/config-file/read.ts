import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { dirname, resolve } from 'node:path';

import { decode } from '../input/decode.ts';
import { reasonOf } from '../input/reason.ts';
import { gitRootOf } from './find.ts';

/** The folder out of which the paths of a config file must not lead: that of its repository, or its own. */
export function rootOf(file: string): string {
  const own = dirname(resolve(file));
  return gitRootOf(own) ?? own;
}

/** Whether a path leads out of a folder, also through links. Of a glob, and of what is not there, what is counts. */
export function leadsOut(root: string, path: string): boolean {
  const whole = resolve(path);
  if (!isWithin(resolve(root), whole)) return true;
  const real = realOf(deepestOf(whole));
  return real === undefined || !isWithin(realpathSync(root), real);
}

/** The path, or the first above it where something stands, be it a link that leads nowhere. */
function deepestOf(path: string): string {
  return isThere(path) || path === dirname(path) ? path : deepestOf(dirname(path));
}

function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false; // what stands above it says why
  }
}

/** Undefined for a link that leads nowhere, or where nobody may look. */
function realOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

export type ConfigText = { readonly text: string } | { readonly problem: string };

/** Nobody writes so many settings. */
const LARGEST = 256 * 1024;

/**
 * The text of a config file. One that was found, and not named, must be a file of its own and not a link, and where
 * everybody may write it must belong to the user: else whoever writes to /tmp could set what all others get.
 *
 * @param userId of the user, if the system has such numbers
 */
export function readConfig(
  file: string,
  how: { readonly isNamed: boolean; readonly userId: number | undefined },
): ConfigText {
  try {
    const flags = constants.O_RDONLY | constants.O_NONBLOCK | (how.isNamed ? 0 : constants.O_NOFOLLOW);
    const opened = openSync(file, flags);
    try {
      const stats = fstatSync(opened);
      const problem = problemOf(stats) ?? (how.isNamed ? undefined : strangerProblem(file, stats, how.userId));
      return problem === undefined ? decoded(file, readAll(opened, stats.size)) : { problem };
    } finally {
      closeSync(opened);
    }
  } catch (error) {
    const isLink = error instanceof Error && 'code' in error && error.code === 'ELOOP';
    return { problem: isLink && !how.isNamed ? 'it is a symbolic link; name it with --config' : reasonOf(error) };
  }
}

function problemOf(stats: Stats): string | undefined {
  if (!stats.isFile()) return 'it is not a regular file';
  return stats.size > LARGEST ? 'it is larger than 256 KiB' : undefined;
}

function strangerProblem(file: string, { uid }: Stats, userId: number | undefined): string | undefined {
  if (userId === undefined || uid === userId || uid === 0) return undefined;
  const isOpen = (statSync(dirname(file)).mode & 0o002) !== 0;
  return isOpen
    ? 'it belongs to another user, in a directory that everybody may write to; name it with --config'
    : undefined;
}

function readAll(opened: number, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  let length = 0;
  while (length < size) {
    const count = readSync(opened, bytes, length, size - length, null);
    if (count === 0) break;
    length += count;
  }
  return bytes.subarray(0, length);
}

function decoded(file: string, bytes: Buffer): ConfigText {
  const found = decode(bytes, file);
  return 'text' in found ? found : { problem: found.problem.message.replace(/^"[^"]*" /, 'it ') };
}
