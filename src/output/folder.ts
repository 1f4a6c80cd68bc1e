import { closeSync, constants, lstatSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What stands at a path, without following a link at its end. */
export type Entry = 'nothing' | 'file' | 'folder' | 'link' | 'other';

/** A folder that is looked at and never through a link below it. */
export interface Folder {
  /** What stands at a path below the folder; `nothing` for everything below something that is not a real folder. */
  entryAt(path: string): Entry;
  /** Whose it is, by numbers, and the permission bits. */
  ownershipAt(path: string): Ownership;
  /** The bytes of a file. Throws when it turned into a link since it was looked at. */
  read(path: string): Buffer;
}

export interface Ownership {
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
}

/** @param root The real path of the folder; it need not exist. */
export function openFolder(root: string): Folder {
  const seen = new Map<string, Entry>();

  function entryAt(path: string): Entry {
    const known = seen.get(path);
    if (known !== undefined) return known;
    const parent = parentOf(path);
    const found = parent === undefined || entryAt(parent) === 'folder' ? entryOf(join(root, path)) : 'nothing';
    seen.set(path, found);
    return found;
  }

  return {
    entryAt,
    ownershipAt(path) {
      const { uid, gid, mode } = lstatSync(join(root, path));
      return { uid, gid, mode: mode & 0o777 };
    },
    read: path => readFileItself(join(root, path)),
  };
}

/** `auth` for `auth/users`; undefined for what lies in the folder itself. */
export function parentOf(path: string): string | undefined {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? undefined : path.slice(0, slash);
}

function entryOf(path: string): Entry {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return 'nothing';
  if (stats.isSymbolicLink()) return 'link';
  if (stats.isDirectory()) return 'folder';
  return stats.isFile() ? 'file' : 'other';
}

function readFileItself(path: string): Buffer {
  const handle = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    return readFileSync(handle);
  } finally {
    closeSync(handle);
  }
}
