// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Puts the schema of SARIF 2.1.0 by OASIS into the cache of the user, from a package of npm that has it. The version is
 * pinned; nothing of the package is run.
 */
const PACKAGE = '@microsoft/jest-sarif@1.0.0-beta.0';
const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'ingress2nginx-sarif-2.1.0');

/** The path of the schema, which `installSarifSchema` brings. */
export const SARIF_SCHEMA = join(cache, 'package', 'lib', 'schemas', 'sarif-2.1.0-rtm.5.json');

/** Says why it could not be fetched; undefined if it is there. */
export function installSarifSchema() {
  if (existsSync(SARIF_SCHEMA)) return undefined;
  const beside = `${cache}.${process.pid}`;
  mkdirSync(beside, { recursive: true });
  try {
    const packed = run('npm', ['pack', '--silent', PACKAGE], beside);
    if ('problem' in packed) return packed.problem;
    const unpacked = run('tar', ['-xzf', packed.stdout.trim()], beside);
    if ('problem' in unpacked) return unpacked.problem;
    rmSync(cache, { recursive: true, force: true });
    renameSync(beside, cache);
    return undefined;
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}

function run(/** @type {string} */ program, /** @type {readonly string[]} */ words, /** @type {string} */ cwd) {
  const { status, stdout, stderr, error } = spawnSync(program, words, { cwd, encoding: 'utf8' });
  return status === 0 ? { stdout } : { problem: `${program} ${words.join(' ')} failed: ${error?.message ?? stderr}` };
}
