import {
  chmodSync,
  chownSync,
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';

import type { FileSet, OutputFile } from '../../nginx/file-set.ts';
import type { Access, Readers } from '../../output/access.ts';
import { accessOfFile, AUTH } from '../../output/access.ts';
import { manifestOf, manifestOfFiles, manifestText, MANIFEST_PATH, readManifest } from '../../output/manifest.ts';
import { foldersOf } from '../../output/plan.ts';
import { removeTree } from '../../output/remove-tree.ts';
import { isSystemError, syncFolder } from '../../output/disk.ts';

/** Files of a release, to be written into a folder that does not exist yet. */
export interface ReleaseWriting {
  readonly folder: string;
  readonly files: FileSet;
  /** The folder of a release that may have the same files; they are shared then. */
  readonly base: string | undefined;
  /** Who reads password files: workers open them, which need not be us. */
  readonly readers: Readers | undefined;
  readonly signal: AbortSignal;
  readonly step: (step: string) => void;
}

const FILES_AT_ONCE = 64;

/**
 * Writes what `render -o` would, byte for byte, and brings it to the disk. False when it was interrupted. Throws as the
 * file system does; what was written until then is for the caller to remove.
 */
export async function writeReleaseFiles(writing: ReleaseWriting): Promise<boolean> {
  const { folder, files, readers, step } = writing;
  const folders = foldersOf(files, readers);
  step('make the folder of the release');
  mkdirSync(folder);
  chmodSync(folder, 0o755);
  for (const { path, mode, gid } of folders) {
    mkdirSync(join(folder, path));
    if (gid !== undefined) chownSync(join(folder, path), -1, gid);
    chmodSync(join(folder, path), mode);
  }
  for (const [index, file] of [...files.files, manifestOf(files)].entries()) {
    if (index % FILES_AT_ONCE === 0) await setImmediate();
    if (writing.signal.aborted) return false;
    step(`write ${file.path}`);
    if (!isShared(writing, file)) writeNew(writing, file);
  }
  for (const { path } of folders) syncFolder(join(folder, path));
  syncFolder(folder);
  return true;
}

/** Whether a folder holds these files and no others of ours. */
export function holdsFiles(folder: string, files: FileSet): boolean {
  const isThere = (file: OutputFile): boolean => hasBytes(join(folder, file.path), file);
  return files.files.every(isThere) && (isThere(manifestOf(files)) || hasManifest(folder, files));
}

/** Whether its list of files is that of a set, whatever else is kept with it. */
function hasManifest(folder: string, files: FileSet): boolean {
  const path = join(folder, MANIFEST_PATH);
  const text = lstatSync(path, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(path, 'utf8') : '';
  const own = readManifest(text);
  if (own === undefined) return false;
  const bytes = Buffer.from(manifestText(own.files, own.folders));
  return bytes.equals(manifestOfFiles(files).bytes);
}

/**
 * Gives a release the password files that only another one has. Old workers look for them through `current` until
 * they are gone, and without the file they would refuse who may come in.
 */
export function carryOver(from: string, to: string, step: (step: string) => void): void {
  for (const name of namesIn(join(from, AUTH))) {
    const target = join(to, AUTH, name);
    // What is no file is none of ours.
    if (!lstatSync(join(from, AUTH, name)).isFile() || lstatSync(target, { throwIfNoEntry: false }) !== undefined)
      continue;
    step(`carry ${AUTH}/${name} over`);
    if (lstatSync(join(to, AUTH), { throwIfNoEntry: false }) === undefined)
      copyFolder(join(from, AUTH), join(to, AUTH));
    linkSync(join(from, AUTH, name), target);
  }
}

/** Takes away what was carried over. */
export function dropCarried(folder: string, step: (step: string) => void): void {
  const names = namesIn(join(folder, AUTH));
  if (names.length === 0) return;
  const own = readManifest(readFileSync(join(folder, MANIFEST_PATH), 'utf8'))?.hashes;
  if (own === undefined) return;
  for (const name of names) {
    if (own.has(`${AUTH}/${name}`)) continue;
    step(`take ${AUTH}/${name} away`);
    rmSync(join(folder, AUTH, name), { force: true });
  }
  const isOwnFolder = names.some(name => own.has(`${AUTH}/${name}`));
  if (!isOwnFolder) removeTree(join(folder, AUTH));
}

function copyFolder(from: string, to: string): void {
  const { gid, mode } = lstatSync(from);
  mkdirSync(to);
  chownSync(to, -1, gid);
  chmodSync(to, mode & 0o777);
}

function namesIn(folder: string): readonly string[] {
  return lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder) : [];
}

/** A second name for the same bytes, where the base has them and the file system can. */
function isShared({ base, folder, readers }: ReleaseWriting, file: OutputFile): boolean {
  if (base === undefined) return false;
  const known = join(base, file.path);
  if (!hasBytes(known, file) || !hasAccess(known, accessOfFile(file, readers))) return false;
  try {
    linkSync(known, join(folder, file.path));
    return true;
  } catch (error) {
    if (isSystemError(error)) return false; // then it is written
    throw error;
  }
}

function hasAccess(path: string, access: Access): boolean {
  const { uid, gid, mode } = lstatSync(path);
  const owner = access.uid ?? process.geteuid?.();
  return uid === owner && (mode & 0o777) === access.mode && (access.gid ?? gid) === gid;
}

/** As far as we may see: what root wrote before us is not for us to read. */
function hasBytes(path: string, file: OutputFile): boolean {
  try {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    return stats?.isFile() === true && stats.size === file.bytes.length && readFileSync(path).equals(file.bytes);
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}

function writeNew({ folder, readers }: ReleaseWriting, file: OutputFile): void {
  const { mode, uid = -1, gid = -1 } = accessOfFile(file, readers);
  const handle = openSync(join(folder, file.path), 'wx', 0o600);
  try {
    writeFileSync(handle, file.bytes);
    fchownSync(handle, uid, gid);
    fchmodSync(handle, mode);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
