import type { OutputFile } from '../nginx/file-set.ts';
import { parentOf } from './folder.ts';

/** The folder whose files nginx opens for each request, as the user of its workers. */
export const AUTH = 'auth';

/** Who may read a file or a folder. */
export interface Access {
  readonly mode: number;
  /** The group that the mode speaks of; undefined where it does not matter. */
  readonly gid?: number;
}

/** @param readers The group of nginx's workers, where they are somebody else than the owner of the files. */
export function accessOfFile({ path, isSecret }: OutputFile, readers: number | undefined): Access {
  if (!isSecret) return { mode: 0o644 };
  return readers === undefined || parentOf(path) !== AUTH ? { mode: 0o600 } : { mode: 0o640, gid: readers };
}

/** Workers go through the folder of password files, and cannot write to it. */
export function accessOfFolder(path: string, isSecret: boolean, readers: number | undefined): Access {
  if (!isSecret) return { mode: 0o755 };
  return readers === undefined || path !== AUTH ? { mode: 0o700 } : { mode: 0o750, gid: readers };
}
