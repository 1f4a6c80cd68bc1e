import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { findFiles } from '../../src/input/find-files.ts';
import { runs } from './runs.ts';

const FOLDERS = ['', 'a', 'a/b', 'a/b/a', 'ab', 'dev-1', 'dev-1/a'];
const NAMES = ['a', 'b', 'ab', 'a b', 'a.json', 'b.yaml', 'ab.yaml', '!a', '#b', 'a]', 'B-1', 'a^'];
/** All of them are read as manifests by their pattern, whatever their names. */
const FILES = FOLDERS.filter(folder => folder !== 'a').flatMap(folder =>
  NAMES.map(name => `${folder === '' ? '' : `${folder}/`}${name}.f`),
);

let root = '';

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'i2n-ignore-'));
  git('init', '--quiet');
  write('.git/info/exclude', '');
  for (const file of FILES) write(file, '');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function git(...words: readonly string[]): string {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  return spawnSync('git', words, { cwd: root, env, encoding: 'utf8', input: FILES.join('\0') }).stdout;
}

function keptByGit(): readonly string[] {
  const ignored = new Set(git('check-ignore', '--no-index', '--stdin', '-z').split('\0'));
  return FILES.filter(file => !ignored.has(file)).toSorted();
}

function keptByUs(): readonly string[] {
  const exclude = { patterns: [], usesGitignore: true };
  const found = findFiles(`${root}/**/*.f`, { report: () => undefined, exclude }) ?? [];
  return found.map(({ name }) => name.slice(root.length + 1)).toSorted();
}

/** But an escaped slash: git takes `**\\/` for at least one folder, and nobody writes it. */
const piece = fc.constantFrom(
  ...String.raw`a b ab .f .yaml dev -1 * ** *** ? / /**/ [ab] [!a] [^b] [a-c] []a] [!-a] [b-a] [a-\c] [a\]b] [/] [--a]`.split(
    ' ',
  ),
  ...String.raw`[[:alpha:]] [[:nope:]] [[: [a ] {a,b} ^ ! # \ \* \a`.split(' '),
  '\\ ',
  ' ',
  '\t',
  '\r',
);
const pattern = fc.array(piece, { minLength: 1, maxLength: 5 }).map(pieces => pieces.join(''));
const line = fc.oneof(
  { weight: 6, arbitrary: pattern },
  { weight: 2, arbitrary: pattern.map(text => `${text}/`) },
  { weight: 3, arbitrary: pattern.map(text => `!${text}`) },
  { weight: 1, arbitrary: pattern.map(text => `/${text}`) },
  { weight: 1, arbitrary: fc.constantFrom('', '# b', '*', '!*/', '!*.f', 'a/', '/a/*', '**/b', 'a/**', '\uFEFFa') },
);
const text = fc.array(line, { maxLength: 4 }).map(lines => lines.join('\n'));

/** Where rules may stand. */
const PLACES = ['.git/info/exclude', '.gitignore', 'a/.gitignore', 'a/b/.gitignore', 'dev-1/.gitignore'];
const texts = fc.tuple(
  ...PLACES.map(place => fc.oneof({ weight: place === '.gitignore' ? 3 : 1, arbitrary: text }, fc.constant(''))),
);

test('git and we ignore the same files, whatever the rules are and wherever they stand', () => {
  fc.assert(
    fc.property(texts, all => {
      for (const [index, place] of PLACES.entries()) write(place, all[index] ?? '');
      expect(keptByUs()).toEqual(keptByGit());
    }),
    runs(150),
  );
});

test('what git tracks is read all the same, whatever ignores it, and with each version of its index', () => {
  const subsets = fc.subarray(FILES, { maxLength: 8 });
  fc.assert(
    fc.property(texts, subsets, fc.constantFrom('2', '4'), (all, tracked, version) => {
      for (const [index, place] of PLACES.entries()) write(place, all[index] ?? '');
      rmSync(join(root, '.git/index'), { force: true });
      if (tracked.length > 0) git('add', '--force', '--', ...tracked);
      git('update-index', '--index-version', version);
      const listed = git('ls-files', '-z', '--cached', '--others', '--exclude-standard').split('\0');
      expect(keptByUs()).toEqual(FILES.filter(file => listed.includes(file)).toSorted());
    }),
    runs(60),
  );
});

test('no pattern takes long', () => {
  const hostile = `${'*a'.repeat(2_000)}b\n${'**/a/'.repeat(2_000)}b\n${'[a'.repeat(100_000)}\n[${'[:'.repeat(100_000)}\n${' '.repeat(100_000)}\n${'\\ '.repeat(100_000)} b\n`;
  write('.gitignore', hostile);
  write(`a/${'a'.repeat(200)}.f`, '');
  expect(keptByUs().length).toBeGreaterThan(0);
});
