import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { collect } from '../../../src/diagnostics/diagnostic.ts';
import type { Exclude, ExcludedEntry } from '../../../src/input/exclusion.ts';
import { findFiles } from '../../../src/input/find-files.ts';

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'i2n-exclusion-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
}

/** Names and reasons come back from the folder of the test. */
function find(path: string, exclude: Exclude) {
  const short = (text: string): string => text.replace(`${relative('', root)}/`, '').replace(`${root}/`, '');
  const { report, diagnostics } = collect();
  const excluded: ExcludedEntry[] = [];
  const found = findFiles(join(root, path), { report, exclude, onExcluded: entry => void excluded.push(entry) });
  return {
    names: found?.map(({ name }) => short(name)),
    excluded: excluded.map(entry => `${short(entry.path)}${entry.isFolder ? '/' : ''} (${short(entry.reason)})`),
    messages: diagnostics.map(({ message }) => short(message)),
  };
}

const GITIGNORE: Exclude = { patterns: [], usesGitignore: true };
const asked = (...patterns: readonly string[]): Exclude => ({
  patterns: patterns.map(pattern => ({ pattern, base: root, from: '--exclude' })),
  usesGitignore: false,
});

const FILES = { 'app.yaml': '', 'dev/app.yaml': '', 'dev/db.yaml': '', 'prod/app.yaml': '', 'prod/deep/app.yaml': '' };

describe('a pattern of the user', () => {
  test.each([
    { name: 'without a slash counts in any folder', patterns: ['app.yaml'], names: ['dev/db.yaml'] },
    { name: 'with a slash counts from its folder', patterns: ['/app.yaml'], names: Object.keys(FILES).slice(1) },
    {
      name: 'takes a folder with all that is in it',
      patterns: ['prod/'],
      names: ['app.yaml', 'dev/app.yaml', 'dev/db.yaml'],
    },
    {
      name: 'with ** takes any depth',
      patterns: ['prod/**/app.yaml'],
      names: ['app.yaml', 'dev/app.yaml', 'dev/db.yaml'],
    },
    {
      name: 'with ! takes back what an earlier one took',
      patterns: ['*.yaml', '!db.yaml'],
      names: ['dev/db.yaml'],
    },
    { name: 'is no prefix: de takes no dev', patterns: ['de'], names: Object.keys(FILES) },
  ])('$name', ({ patterns, names }) => {
    write(FILES);
    expect(find('', asked(...patterns)).names).toEqual(names);
  });

  test('counts from its folder, also where a folder in that is walked, or one around it', () => {
    write(FILES);
    expect(find('prod', asked('prod/deep')).names).toEqual(['prod/app.yaml']);
    const inProd = { patterns: [{ pattern: '/deep', base: join(root, 'prod'), from: 'x' }], usesGitignore: false };
    expect(find('', inProd).names).toEqual(['app.yaml', 'dev/app.yaml', 'dev/db.yaml', 'prod/app.yaml']);
  });

  test('goes before a .gitignore', () => {
    write({ ...FILES, '.gitignore': 'app.yaml' });
    expect(find('', { ...asked('!/app.yaml'), usesGitignore: true }).names).toEqual(['app.yaml', 'dev/db.yaml']);
  });
});

test('what is excluded is told with the pattern, and where it stands', () => {
  write({ ...FILES, '.gitignore': 'db.yaml\n', 'prod/.gitignore': '/deep/\n', 'prod/notes.txt': '' });
  expect(find('', { ...asked('/app.yaml', '*.txt'), usesGitignore: true }).excluded).toEqual([
    'app.yaml (--exclude: "/app.yaml")',
    'dev/db.yaml (.gitignore: "db.yaml")',
    'prod/deep/ (prod/.gitignore: "/deep/")',
  ]);
});

describe('a .gitignore', () => {
  test('above the folder counts up to that of the repository, and no further', () => {
    write({ '.gitignore': '*.yaml', 'repo/.gitignore': '/k8s/a.yaml', 'repo/.git/HEAD': '' });
    write({ 'repo/k8s/a.yaml': '', 'repo/k8s/b.yaml': '' });
    expect(find('repo/k8s', GITIGNORE).names).toEqual(['repo/k8s/b.yaml']);
  });

  test('above the folder does not count where there is no repository; one in the folder does', () => {
    write({ '.gitignore': 'b.yaml', 'k8s/.gitignore': 'a.yaml', 'k8s/a.yaml': '', 'k8s/b.yaml': '' });
    expect(find('k8s', GITIGNORE).names).toEqual(['k8s/b.yaml']);
  });

  test('does not count for files that are named, nor for a folder that is named', () => {
    write({ '.gitignore': 'out/\na.yaml', '.git/HEAD': '', 'out/b.yaml': '', 'a.yaml': '' });
    expect(find('a.yaml', GITIGNORE).names).toEqual(['a.yaml']);
    expect(find('out', GITIGNORE).names).toEqual(['out/b.yaml']);
  });

  test('of a repository may also be its info/exclude, which worktrees share', () => {
    write({ '.git/info/exclude': 'secret.yaml', 'secret.yaml': '', 'web.yaml': '' });
    expect(find('', GITIGNORE).names).toEqual(['web.yaml']);
    write({ '.git/worktrees/w/commondir': '../..\n', 'w/.git': `gitdir: ${root}/.git/worktrees/w\n` });
    write({ 'w/secret.yaml': '', 'w/web.yaml': '' });
    expect(find('w', GITIGNORE).names).toEqual(['w/web.yaml']);
  });

  test('that is a link, or a folder, counts for nothing', () => {
    write({ 'web.yaml': '', elsewhere: '*.yaml', 'dev/web.yaml': '', 'dev/.gitignore/x': '' });
    symlinkSync(join(root, 'elsewhere'), join(root, '.gitignore'));
    expect(find('', GITIGNORE).names).toEqual(['dev/web.yaml', 'web.yaml']);
  });

  test('with Windows line ends counts, and comments do not', () => {
    write({ '.gitignore': '# a.yaml\r\nb.yaml\r\n', 'a.yaml': '', 'b.yaml': '' });
    expect(find('', GITIGNORE).names).toEqual(['a.yaml']);
  });
});

describe('what git tracks is read, though it is ignored,', () => {
  const git = (...words: readonly string[]): void => {
    const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
    execFileSync('git', words, { cwd: root, env });
  };

  test.each([
    { name: 'and nothing else', init: [], more: [], names: ['out/a.yaml', 'web.yaml'] },
    { name: 'also where its index is split', init: [], more: [['update-index', '--split-index']] },
    { name: 'also where its hashes are longer', init: ['--object-format=sha256'], more: [] },
    { name: 'also where its index is damaged', init: [], more: [], index: 'no index' },
  ])('$name', ({ init, more, index, names = ['b.yaml', 'out/a.yaml', 'web.yaml'] }) => {
    write({ '.gitignore': 'out/\nb.yaml', 'out/a.yaml': '', 'b.yaml': '', 'web.yaml': '' });
    git('init', '--quiet', ...init);
    git('add', '--force', 'out/a.yaml', 'web.yaml');
    for (const words of more) git(...words);
    if (index !== undefined) write({ '.git/index': index });
    expect(find('', GITIGNORE).names).toEqual(names);
  });

  test('and all that is ignored is not where nothing was added yet', () => {
    write({ '.gitignore': 'b.yaml', 'b.yaml': '', 'web.yaml': '' });
    git('init', '--quiet');
    expect(find('', GITIGNORE).names).toEqual(['web.yaml']);
  });
});

test('a folder whose manifests are all excluded is said to be so', () => {
  write({ 'dev/a.yaml': '' });
  expect(find('dev', asked('*.yaml')).messages).toEqual([
    '"dev" contains no .yaml, .yml or .json file that is not excluded',
  ]);
  expect(find('dev/*.yaml', asked('*.yaml'))).toMatchObject({ names: [], messages: [] });
});
