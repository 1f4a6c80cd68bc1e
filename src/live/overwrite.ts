import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

import type { Failure } from '../diagnostics/failure.ts';
import { failure } from '../diagnostics/failure.ts';
import { encoded, encodingOf } from '../input/encoding.ts';
import { reasonOf } from '../input/reason.ts';
import { isSystemError, syncFolder } from '../output/disk.ts';

/** A file of a user, with its text as it was read and as it is to be. */
export interface Overwriting {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/**
 * Puts another text into a file, whole or not at all, with the encoding, the mode and the owner that it has. A file that
 * is no longer what was read stays as it is, as does one that the user may not write, or that is no regular file.
 */
export function overwrite({ name, before, after }: Overwriting): Failure | undefined {
  try {
    const problem = replaced(name, before, after);
    return problem === undefined ? undefined : failure(`"${name}" is not fixed: ${problem}`);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return failure(`"${name}" is not fixed: ${reasonOf(error)}`);
  }
}

const CHANGED = 'it has changed since it was read';

/** Why it was not done. A link that the user named leads to the file that is meant. */
function replaced(name: string, before: string, after: string): string | undefined {
  const path = realpathSync(name);
  const { mode, uid, gid, isFile } = statusOf(path);
  if (!isFile) return 'it is no regular file';
  accessSync(path, constants.W_OK);
  const bytes = readFileSync(path);
  const encoding = encodingOf(bytes);
  if (!bytes.equals(encoded(before, encoding))) return CHANGED;
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.new`);
  rmSync(temporary, { force: true });
  const handle = openSync(temporary, 'wx', 0o600);
  try {
    try {
      writeFileSync(handle, encoded(after, encoding));
      const own = fstatSync(handle);
      if (own.uid !== uid || own.gid !== gid) fchownSync(handle, uid, gid);
      fchmodSync(handle, mode & 0o7777);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    // Nobody can be kept from writing in between; what took long to read and lint is seen.
    if (!readFileSync(path).equals(bytes)) return CHANGED;
    renameSync(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
  syncFolder(dirname(path));
  return undefined;
}

function statusOf(path: string) {
  const status = lstatSync(path);
  const { mode, uid, gid } = status;
  return { mode, uid, gid, isFile: status.isFile() };
}

/** The byte order mark that a file begins with; empty where it has none, or where there is no file. */
export function markOf(name: string): string {
  try {
    const handle = openSync(name, 'r');
    try {
      const head = Buffer.alloc(3);
      const length = fstatSync(handle).isFile() ? readSync(handle, head) : 0;
      return encodingOf(head.subarray(0, length)) === 'utf8' ? '' : '\uFEFF';
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    if (isSystemError(error)) return '';
    throw error;
  }
}
