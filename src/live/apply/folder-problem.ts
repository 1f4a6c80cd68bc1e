import { realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { foreignIn } from './state-folder.ts';
import { problemWithLinks } from './system-links.ts';

/**
 * Why nothing can be served from a folder, as far as it shows without writing; undefined when nothing speaks against it.
 * Throws as the file system does.
 */
export function problemWithFolder(folder: string, kind: 'own' | 'system'): string | undefined {
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (stats === undefined && kind === 'own') return undefined; // it is made
  if (stats?.isDirectory() !== true) return `${folder} is not a folder`;
  if (kind === 'system') return problemWithLinks(realpathSync(folder));
  const foreign = foreignIn(folder);
  return foreign === undefined ? undefined : `${join(folder, foreign)} is not ours: give a --state-dir of its own`;
}
