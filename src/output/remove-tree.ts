import { chmodSync, lchownSync, lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { isRoot } from './act-as.ts';

const OTHERS_WRITE = 0o022;

/**
 * Removes a folder with all that is in it. While root empties a folder of somebody else, that user could put a link in
 * the place of a folder in it, and root would empty what that leads to: so each folder is made root's before it is
 * looked into. Nobody else may be able to rename the folder itself.
 */
export function removeTree(path: string): void {
  if (isRoot()) takeOver(path);
  rmSync(path, { recursive: true, force: true });
}

function takeOver(path: string): void {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats?.isDirectory() !== true) return;
  if (stats.uid !== 0) lchownSync(path, 0, stats.gid);
  if ((stats.mode & OTHERS_WRITE) !== 0) chmodSync(path, stats.mode & ~OTHERS_WRITE & 0o777);
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.isDirectory()) takeOver(join(path, entry.name));
  }
}
