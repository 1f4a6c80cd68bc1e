// @ts-check
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Puts gixy-next, which finds mistakes in configurations of nginx, into the cache of the user. Needs Python with venv, and
 * PyPI. The version is pinned: another one may have other checks.
 */
const VERSION = '0.9.0';
const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), `ingress2nginx-gixy-next-${VERSION}`);

/** The path of the program, which `installGixy` brings. */
export const GIXY = join(cache, 'bin', 'gixy');

/** Says why it could not be installed; undefined if it is there. */
export function installGixy() {
  if (problemOf(GIXY, ['--version']) === undefined) return undefined;
  // A virtual environment cannot be moved: what is left of one that was not finished is removed.
  rmSync(cache, { recursive: true, force: true });
  return (
    problemOf('python3', ['-m', 'venv', cache]) ??
    problemOf(join(cache, 'bin', 'pip'), ['install', '--quiet', `gixy-next==${VERSION}`])
  );
}

function problemOf(/** @type {string} */ program, /** @type {readonly string[]} */ words) {
  const { status, stderr, error } = spawnSync(program, words, { encoding: 'utf8' });
  return status === 0 ? undefined : `${program} ${words.join(' ')} failed: ${error?.message ?? stderr}`;
}
