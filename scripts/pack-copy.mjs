// @ts-check
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Much of it, and nothing that is packed. */
const LEFT_OUT = ['node_modules', '.git', '.cache', 'test', 'fixtures', 'bench'];

/** @typedef {{ readonly path: string, readonly files: readonly string[] }} Packed */

/**
 * Runs `npm pack` on a copy, since it changes package.json for a moment and others may read that; gives the package and
 * the names of its files.
 * @param {string} folder An empty one.
 * @returns {Packed}
 */
export function packCopy(folder) {
  const copy = join(folder, 'copy');
  mkdirSync(copy);
  for (const name of readdirSync(ROOT)) {
    if (!LEFT_OUT.includes(name)) cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  const output = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {
    cwd: copy,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [{ filename, files }] = JSON.parse(output);
  return { path: join(folder, filename), files: files.map((/** @type {{ path: string }} */ file) => file.path) };
}
