import { chmodSync, existsSync, mkdirSync, readdirSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';

import { replaceLink } from '../atomic-file.ts';
import { isSystemError } from '../../output/disk.ts';
import { isRelease } from './journal.ts';

/** The paths of a state folder, all absolute. */
export interface StateFolder {
  /** Without links in its path. */
  readonly root: string;
  readonly releases: string;
  /** The link that nginx reads its configuration through. */
  readonly current: string;
  readonly journal: string;
}

/** @param root Without links in its path, since it is compared with what processes have open. */
export function stateFolder(root: string): StateFolder {
  return {
    root,
    releases: join(root, 'releases'),
    current: join(root, 'current'),
    journal: join(root, '.state.json'),
  };
}

/** Undefined where nothing was ever applied. */
export function findStateFolder(root: string): StateFolder | undefined {
  return existsSync(join(root, 'releases')) ? stateFolder(realpathSync(root)) : undefined;
}

/** Makes the folder of the releases. To be done under the lock. Throws as the file system does. */
export function makeReleases({ releases }: StateFolder): void {
  makeOpen(releases);
}

/** Makes what an nginx with `-p` on the folder writes to. Throws as the file system does. */
export function makeWritten({ root }: StateFolder): void {
  for (const name of ['run', 'logs']) makeOpen(join(root, name));
}

/** What is in the folder of others, so that it cannot be ours; undefined when it can. */
export function foreignIn(root: string): string | undefined {
  const names = readdirSync(root);
  const isOurs = names.some(name => name === '.state.json' || name === 'releases' || /^\.?lock[.-]\d+$/.test(name));
  return isOurs ? undefined : names.find(name => !['run', 'logs'].includes(name));
}

/** The release that nginx would read now; undefined for none. */
export function linkedRelease({ current }: StateFolder): string | undefined {
  try {
    const name = basename(readlinkSync(current));
    return isRelease(name) ? name : undefined;
  } catch (error) {
    if (isSystemError(error)) return undefined; // no link there
    throw error;
  }
}

/** Makes `current` lead to a release, or to none, in one step. */
export function linkRelease(state: StateFolder, release: string | undefined): void {
  const { current } = state;
  if (release === undefined) rmSync(current, { force: true });
  // On a full disk no new link can be made, and none is needed.
  else if (linkedRelease(state) !== release) replaceLink(current, `releases/${release}`);
}

/** Workers that are not root must get through, whatever the umask. */
function makeOpen(path: string): void {
  if (existsSync(path)) return;
  mkdirSync(path);
  chmodSync(path, 0o755);
}
