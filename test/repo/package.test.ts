import { spawnSync } from 'node:child_process';
import type { SpawnSyncReturns } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { packCopy } from '../../scripts/pack-copy.mjs';
import { rules as RULES } from '../../src/lint/rules.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DEMO = join(ROOT, 'fixtures/demo');

const URL_OF_PROJECT = 'https://github.com/ingress2nginx/ingress2nginx';

let folder = '';
let installed = '';
let bin = '';
let installation: SpawnSyncReturns<string>;

/** As a user installs it, on a machine that has nothing of ours and cannot reach the registry. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-installed-'));
  const { path } = packCopy(folder);
  const prefix = join(folder, 'prefix');
  installed = join(prefix, 'lib/node_modules/ingress2nginx');
  bin = join(prefix, 'bin/ingress2nginx');
  const words = ['install', '--global', '--offline', '--prefix', prefix, '--cache', join(folder, 'cache'), path];
  installation = spawnSync('npm', words, { cwd: folder, encoding: 'utf8' });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(...words: readonly string[]): {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
} {
  return spawnSync(bin, words, { cwd: folder, encoding: 'utf8', input: '' });
}

test('npm installs one package, without a warning', () => {
  const { status, stdout, stderr } = installation;
  expect({ status, stdout, stderr }).toEqual({
    status: 0,
    stdout: expect.stringMatching(/^\s*added 1 package in \S+\s*$/) as string,
    stderr: '',
  });
  expect(readdirSync(join(installed, '..'))).toEqual(['ingress2nginx']);
  expect(readdirSync(installed)).not.toContain('node_modules');
});

test('what is packed says where it comes from, and runs nothing when it is installed', () => {
  const packed: unknown = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  expect(packed).toMatchObject({
    homepage: `${URL_OF_PROJECT}#readme`,
    bugs: `${URL_OF_PROJECT}/issues`,
    repository: { type: 'git', url: `git+${URL_OF_PROJECT}.git` },
  });
  for (const key of ['scripts', 'dependencies', 'devDependencies', 'optionalDependencies']) {
    expect(packed).not.toHaveProperty(key);
  }
});

test('an installed copy explains every finding', () => {
  const text = readFileSync(join(installed, 'docs/rules.md'), 'utf8');
  expect(RULES.filter(({ id }) => !text.includes(id))).toEqual([]);
  expect(run('--help').stdout).toContain(join(realpathSync(installed), 'docs/rules.md'));
});

test('an installed copy holds the licences of all that is in its bundle', () => {
  const text = readFileSync(join(installed, 'dist/THIRD-PARTY.txt'), 'utf8');
  for (const name of ['ajv', 'chalk', 'chokidar', 'commander', 'diff', 'js-yaml', 'prom-client']) {
    expect(text).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+\n\n[^]*?[Cc]opyright`, 'm'));
  }
  expect(text).not.toMatch(/^Licence: /m);
});

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
  const dist = join(installed, 'dist');
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
  rmSync(join(installed, 'dist'), { recursive: true });
  const { status, stderr } = run('render', DEMO);
  expect(status).toBe(3);
  expect(stderr).toContain('npm run build');
});

test('the bundle leaves String.prototype alone, which would slow V8 down', () => {
  const chunks = readdirSync(join(ROOT, 'dist')).filter(name => name.endsWith('.js'));
  expect(chunks.length).toBeGreaterThan(1);
  const slowing = chunks.filter(name => readFileSync(join(ROOT, 'dist', name), 'utf8').includes('(String.prototype'));
  expect(slowing).toEqual([]);
});
