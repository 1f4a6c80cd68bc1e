import type { OutputFile } from '../nginx/file-set.ts';
import { parentOf } from './folder.ts';

/** The folder whose files nginx opens for each request, as the user of its workers. */
export const AUTH = 'auth';

/** The workers of an nginx that root starts, who are somebody else. */
export interface Readers {
  /** Undefined where only their group is known. */
  readonly uid: number | undefined;
  readonly gid: number;
}

/** Who may do what with a file or a folder. An owner and a group that are undefined do not matter. */
export interface Access {
  readonly mode: number;
  readonly uid?: number;
  readonly gid?: number;
}

/** @param readers Undefined where workers have the user who writes. */
export function accessOfFile({ path, isSecret }: OutputFile, readers: Readers | undefined): Access {
  if (!isSecret) return { mode: 0o644 };
  if (readers === undefined || parentOf(path) !== AUTH) return { mode: 0o600 };
  const { uid, gid } = readers;
  return uid === undefined ? { mode: 0o640, gid } : { mode: 0o600, uid };
}

/** Workers go through the folder of password files. It stays ours: they can neither add files nor replace them. */
export function accessOfFolder(path: string, isSecret: boolean, readers: Readers | undefined): Access {
  if (!isSecret) return { mode: 0o755 };
  return readers === undefined || path !== AUTH ? { mode: 0o700 } : { mode: 0o710, gid: readers.gid };
}
