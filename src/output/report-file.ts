import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

import { messageOf } from '../diagnostics/failure.ts';

/** Why no report could be written to a path; undefined if one can. */
export function reportPathProblem(path: string): string | undefined {
  const folder = dirname(resolve(path));
  if (statOf(folder)?.isDirectory() !== true) return `there is no folder ${JSON.stringify(dirname(path))}`;
  return statOf(path)?.isDirectory() === true ? `${JSON.stringify(path)} is a folder` : undefined;
}

/**
 * Writes a file as a whole or not at all: whoever reads it meanwhile finds the old text. What is no file, such as
 * /dev/stderr or a pipe, gets the text as it is. Gives why it failed; undefined if it did not.
 */
export function writeReportFile(path: string, text: string): string | undefined {
  try {
    const standing = statOf(path);
    if (standing !== undefined && !standing.isFile()) writeFileSync(path, text);
    // A link stays one, and what it leads to is replaced.
    else replaceFile(standing === undefined ? resolve(path) : realpathSync(path), text, standing?.mode);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

function replaceFile(path: string, text: string, mode = 0o666): void {
  const beside = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}`);
  const handle = openSync(beside, 'wx', mode & 0o777);
  try {
    writeFileSync(handle, text);
    fsyncSync(handle);
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  } finally {
    closeSync(handle);
  }
}

function statOf(path: string) {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined; // a part of the path is a file, or may not be read: writing says so
  }
}
