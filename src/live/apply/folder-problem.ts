import { lstatSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { problemForRoot } from '../../output/levels.ts';
import { foreignIn } from './state-folder.ts';
import { problemWithLinks } from './system-links.ts';

/**
 * Why nothing can be served from a folder, as far as it shows without writing; undefined when nothing speaks against it.
 * Throws as the file system does.
 */
export function problemWithFolder(folder: string, kind: 'own' | 'system'): string | undefined {
  const foreign = problemForUs(folder);
  if (foreign !== undefined) return foreign;
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (stats === undefined && kind === 'own') return undefined; // it is made
  if (stats?.isDirectory() !== true) return `${folder} is not a folder`;
  const copied = problemWithCurrent(folder);
  if (copied !== undefined) return copied;
  if (kind === 'system') return problemWithLinks(realpathSync(folder));
  const strange = foreignIn(folder);
  return strange === undefined
    ? undefined
    : `${join(folder, strange)} was not written by ingress2nginx: choose an empty folder with --state-dir`;
}

/** A copy of the folder may have followed its links: then `current` is a release of its own, and cannot be switched. */
export function problemWithCurrent(folder: string): string | undefined {
  const path = join(folder, 'current');
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined || stats.isSymbolicLink()) return undefined;
  const what = stats.isDirectory() ? 'a folder' : 'a file';
  return `${path} is ${what}, not the symbolic link to a release: move it away (mv ${path} ${path}.old), then apply again`;
}

/** What root writes to, and nginx for him. */
const WRITTEN = ['.', 'releases', 'logs', 'run'];

/** Whoever owns a part of the folder of root, or of what lies above it, decides what nginx loads as root. */
export function problemForUs(folder: string): string | undefined {
  for (const name of WRITTEN) {
    const problem = problemForRoot(join(folder, name));
    if (problem !== undefined) return problem;
  }
  return undefined;
}
