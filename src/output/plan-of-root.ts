import type { Report } from '../diagnostics/diagnostic.ts';
import type { OutputFile } from '../nginx/file-set.ts';
import type { Readers } from './access.ts';
import { AUTH } from './access.ts';
import type { Folder } from './folder.ts';
import { parentOf } from './folder.ts';
import { passwordsOfRoot } from './rules/folder.ts';
import { nameOfUser } from './users.ts';

/** Says what stands in the way of the output. */
export type Refuse = (path: string, what: string, help?: string) => void;

const OTHERS_WRITE = 0o022;
/** What we set lets the group in, and does not let it look around. */
const GROUP_LOOKS = 0o050;

/** Whoever owns a folder could lay a link in the place of a file, for root to write through. */
export function refuseForeign(
  folder: Folder,
  { paths, refuse }: { readonly paths: ReadonlySet<string>; readonly refuse: Refuse },
): void {
  for (const path of paths) {
    if (folder.entryAt(path) !== 'folder') continue;
    const { uid, mode } = folder.ownershipAt(path);
    if (uid !== 0)
      refuse(
        path,
        `belongs to ${nameOfUser(uid)}, so it is unsafe to write there as root`,
        'chown it to root, or remove it',
      );
    else if ((mode & OTHERS_WRITE) !== 0)
      refuse(path, 'can be written by others, so it is unsafe to write there as root', 'chmod go-w it');
  }
}

/** A group that root has let in by hand counts: only he knows as whom he starts nginx. */
export function readersOf(folder: Folder, readers: Readers | 'unknown' | undefined): Readers | undefined {
  const known = readers === 'unknown' ? undefined : readers;
  if (folder.entryAt(AUTH) !== 'folder') return known;
  const { gid, mode } = folder.ownershipAt(AUTH);
  return gid !== 0 && (mode & GROUP_LOOKS) === GROUP_LOOKS ? { uid: undefined, gid } : known;
}

export function reportUnreadable(
  files: readonly OutputFile[],
  { dir, report }: { readonly dir: string; readonly report: Report },
): void {
  if (!files.some(file => parentOf(file.path) === AUTH)) return;
  report({
    rule: passwordsOfRoot,
    message: `only root can read ${dir}/${AUTH}: the user of the nginx workers is unknown`,
    help: `if root starts nginx, run: chgrp -R GROUP ${dir}/${AUTH} && chmod -R g+rX ${dir}/${AUTH}, with the group of its workers as GROUP`,
  });
}
