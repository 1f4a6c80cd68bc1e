import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, lstatSync, openSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

import { messageOf } from '../diagnostics/failure.ts';

/** Why no report could be written to a path; undefined if one can. */
export function reportPathProblem(path: string): string | undefined {
  const folder = dirname(resolve(path));
  if (statOf(folder)?.isDirectory() !== true) return `there is no folder ${JSON.stringify(dirname(path))}`;
  if (statOf(path)?.isDirectory() === true) return `${JSON.stringify(path)} is a folder`;
  return isLinkToFile(path) ? `${JSON.stringify(path)} is a symbolic link; name the file that it leads to` : undefined;
}

/**
 * Writes a file as a whole or not at all: whoever reads it meanwhile finds the old text. What is no file, such as
 * /dev/stderr or a pipe, gets the text as it is. No link is followed to a file: whoever may write to the folder could
 * choose what is replaced. Gives why it failed; undefined if it did not.
 */
export function writeReportFile(path: string, text: string): string | undefined {
  try {
    const standing = statOf(path);
    const descriptor = descriptorOf(path);
    if (standing !== undefined && !standing.isFile()) writeFileSync(path, text);
    else if (descriptor !== undefined) writeFileSync(descriptor, text);
    else if (isLinkToFile(path)) return 'it is a symbolic link; name the file that it leads to';
    else replaceFile(resolve(path), text, standing?.mode);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

/** Of what is open already: a shell may have led it into a file. */
function descriptorOf(path: string): number | undefined {
  const { name } = /^\/dev\/(?<name>stdout|stderr|fd\/\d+)$/.exec(path)?.groups ?? {};
  if (name === undefined) return undefined;
  if (name.startsWith('fd/')) return Number(name.slice('fd/'.length));
  return name === 'stdout' ? 1 : 2;
}

/** Also to one that is not there. */
function isLinkToFile(path: string): boolean {
  if (descriptorOf(path) !== undefined || statOf(path)?.isFile() === false) return false;
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  } catch {
    return false; // writing says why
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
