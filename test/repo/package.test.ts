import { spawnSync } from 'node:child_process';
import type { SpawnSyncReturns } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

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
  const pages = RULES.map(({ name }) => readFileSync(join(installed, `docs/rules/${name}.md`), 'utf8'));
  expect(run('lint', '--explain', 'I2N225')).toMatchObject({
    status: 0,
    stdout: pages.find(page => page.includes('# I2N225 ')),
  });
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
  // commander is half of it, the options of all commands the rest; the validators of the schemas would be twice as much again.
  expect(bytes).toBeLessThan(170_000);
  expect(readFileSync(join(dist, 'help.cjs')).length).toBeLessThan(170_000);
  expect(loaded.size).toBeGreaterThan(1);
});

test('the file for the commands that are run often has nothing of what watches', () => {
  const dist = join(installed, 'dist');
  const names = readdirSync(dist).filter(name => /\.c?js$/.test(name));
  const texts = new Map(names.map(name => [name, readFileSync(join(dist, name), 'utf8')]));
  // Words of chokidar, of prom-client, and of a template.
  const holders = ['awaitWriteFinish', '# HELP', 'proxy_pass_request_body off'].map(word =>
    [...texts].filter(([, text]) => text.includes(word)).map(([name]) => name.replace(/-[0-9A-Z]{8}/, '')),
  );
  expect(holders.map(names => names.includes('often.cjs'))).toEqual([false, false, true]);
  expect(holders.every(names => names.some(name => name.endsWith('.js')))).toBe(true);
});

test('a copy that was not built says what to do', () => {
  rmSync(join(installed, 'dist'), { recursive: true });
  const { status, stderr } = run('render', DEMO);
  expect(status).toBe(3);
  expect(stderr).toContain('npm run build');
});

describe('what V8 runs more slowly for the rest of a process', () => {
  const dist = join(ROOT, 'dist');
  const names = readdirSync(dist).filter(name => /\.c?js$/.test(name));

  /** An object that inherits from the prototype of strings, however it is made, and changes to what all values share. */
  const SLOWING = [
    /\bString\.prototype\s*[,)]/,
    /\bextends\s+(?:globalThis\.)?String\b/,
    /__proto__["']?\s*[:=]\s*String\b/,
    /\b(?:Array|String|Object|Promise|RegExp|Map|Set)\.prototype(?:\.\w+|\[[^\]]+\])\s*=[^=]/,
    /\bdefinePropert(?:y|ies)\((?:Array|String|Object|Promise|RegExp|Map|Set)\.prototype\b/,
    /\bSymbol\.(?:species|isConcatSpreadable)\b/,
  ];

  test.each(names)('dist/%s has nothing of it', name => {
    const text = readFileSync(join(dist, name), 'utf8');
    expect(SLOWING.flatMap(pattern => pattern.exec(text)?.[0] ?? [])).toEqual([]);
  });

  test.each([
    'SafeString.prototype = Object.create(String.prototype, {})',
    'Object.setPrototypeOf(SafeString.prototype, String.prototype)',
    'class SafeString extends String {}',
    'const text = { __proto__: String.prototype }',
    'String.prototype.left = function () {}',
    'Array.prototype[Symbol.iterator] = walk',
    'Object.defineProperty(Array.prototype, "last", {})',
    'static get [Symbol.species]() {}',
  ])('%s is caught', text => {
    expect(SLOWING.some(pattern => pattern.test(text))).toBe(true);
  });

  /** Which assumptions V8 had to give up while a program ran. */
  function givenUp(...words: readonly string[]): readonly string[] {
    const file = join(folder, 'trace.json');
    const flags = [
      '--trace-protector-invalidation',
      '--trace-event-categories=v8',
      `--trace-event-file-pattern=${file}`,
    ];
    spawnSync(process.execPath, [...flags, ...words], { cwd: folder });
    const text = readFileSync(file, 'utf8');
    rmSync(file);
    return [...text.matchAll(/"protector-name":"(\w+)"/g)].map(([, name = '']) => name);
  }

  test('a render lets V8 keep what it assumes of arrays, strings and promises', () => {
    expect(givenUp('-e', 'Array.prototype[Symbol.iterator] = function* () {}')).toEqual(['ArrayIteratorLookupChain']);
    expect(givenUp(join(ROOT, 'bin/ingress2nginx.js'), 'render', DEMO)).toEqual([]);
  });
});

test('nothing of nunjucks is in the bundle', () => {
  expect(readFileSync(join(ROOT, 'dist/THIRD-PARTY.txt'), 'utf8')).not.toMatch(/^nunjucks /m);
});
