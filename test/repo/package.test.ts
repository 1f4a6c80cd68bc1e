import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DEMO = join(ROOT, 'fixtures/demo');

let folder = '';
let bin = '';

/** What npm does with a package, without the packages that it depends on: the bundle must not miss them. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-installed-'));
  const words = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const [{ filename }] = JSON.parse(execFileSync('npm', words, { cwd: ROOT, encoding: 'utf8' }));
  const target = join(folder, 'node_modules', 'ingress2nginx');
  mkdirSync(join(folder, 'node_modules', '.bin'), { recursive: true });
  mkdirSync(target);
  execFileSync('tar', ['-xzf', join(folder, filename), '--strip-components=1', '-C', target]);
  bin = join(folder, 'node_modules', '.bin', 'ingress2nginx');
  symlinkSync('../ingress2nginx/bin/ingress2nginx.js', bin);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(...words: readonly string[]): {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
} {
  return spawnSync(process.execPath, [bin, ...words], { cwd: folder, encoding: 'utf8', input: '' });
}

test('an installed copy knows its version', () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  expect(run('--version')).toMatchObject({ status: 0, stdout: `${version}\n`, stderr: '' });
});

test('an installed copy renders', () => {
  const { status, stdout } = run('render', DEMO);
  expect({ status, hasHost: stdout.includes('server_name shop.example.com;') }).toEqual({ status: 0, hasHost: true });
});

test('an installed copy prints routes', () => {
  const { status, stdout } = run('routes', DEMO);
  expect({ status, hasHost: stdout.includes('shop.example.com') }).toEqual({ status: 0, hasHost: true });
});

test('what every start loads is the command line alone', () => {
  const dist = join(folder, 'node_modules', 'ingress2nginx', 'dist');
  const loaded = new Set(['main.js']);
  for (const file of loaded) {
    // Chunks that are imported, and not only when a command runs.
    const text = readFileSync(join(dist, file), 'utf8');
    for (const [, chunk = ''] of text.matchAll(/\b(?:import|from)\s*"\.\/([^"]+)"/g)) loaded.add(chunk);
  }
  const bytes = [...loaded].reduce((sum, file) => sum + readFileSync(join(dist, file)).length, 0);
  // commander is two thirds of it; the validators of the schemas would be twice as much again.
  expect(bytes).toBeLessThan(130_000);
  expect(loaded.size).toBeGreaterThan(1);
});

test('a copy that was not built says what to do', () => {
  rmSync(join(folder, 'node_modules', 'ingress2nginx', 'dist'), { recursive: true });
  const { status, stderr } = run('render', DEMO);
  expect(status).toBe(3);
  expect(stderr).toContain('npm run build');
});
