import {
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { isSystemError, syncFolder } from '../output/disk.ts';

/** The name that a file has until it is whole. One run at a time writes, so that one name is enough. */
function temporaryPath(path: string): string {
  return join(dirname(path), `.new-${basename(path)}`);
}

/** New content of a file that lies beside it, on the disk: to put it in place takes no more room. */
export interface PreparedFile {
  put(): void;
  drop(): void;
}

/** Throws as the file system does, and leaves nothing behind then. */
export function prepareFile(path: string, text: string, temporary = temporaryPath(path)): PreparedFile {
  const drop = (): void => rmSync(temporary, { force: true });
  try {
    drop();
    // Never through a link: whoever else may write to the folder must not choose what root overwrites.
    const handle = openSync(temporary, 'wx', 0o644);
    try {
      writeFileSync(handle, text);
      // Others may look at the state, whatever the umask is.
      fchmodSync(handle, 0o644);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    drop();
    throw error;
  }
  return {
    put() {
      renameSync(temporary, path);
      syncFolder(dirname(path));
    },
    drop,
  };
}

/** Readers see the old content or the new one, whole. */
export function replaceFile(path: string, text: string): void {
  prepareFile(path, text).put();
}

/** Makes a symbolic link lead elsewhere, in one step. */
export function replaceLink(path: string, target: string): void {
  const temporary = temporaryPath(path);
  rmSync(temporary, { force: true });
  symlinkSync(target, temporary);
  renameSync(temporary, path);
  syncFolder(dirname(path));
}

/** Empty when there is none, also when it vanished since somebody saw it. */
export function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return '';
    throw error;
  }
}
