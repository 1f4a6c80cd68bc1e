import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { findConfig } from '../../../src/config-file/find.ts';
import { loadConfig } from '../../../src/config-file/load.ts';

let root = '';
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'i2n-config-')));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
}

const BASELINE = { name: 'baseline', takes: 'path', summary: '', problemOf: () => undefined } as const;
const KNOWN = { keys: [BASELINE], refused: [], problemOfRule: () => undefined };
const FILE = '.ingress2nginx.yaml';

/** Paths and problems come back from the folder of the test. */
function load(name = FILE, { isNamed = false, userId = process.getuid?.() } = {}) {
  const loaded = loadConfig({ file: join(root, name), isNamed, userId, known: KNOWN });
  if (loaded.kind === 'loaded') return loaded.paths.map(path => relative(root, path));
  return loaded.problems.map(({ at, message }) => `${relative(root, at.file)}:${at.line}:${at.column} ${message}`);
}

describe('a config file is found', () => {
  test.each([
    { name: 'in the folder', files: ['a/.ingress2nginx.yaml'], found: 'a/.ingress2nginx.yaml' },
    { name: 'above it', files: ['.ingress2nginx.yml'], found: '.ingress2nginx.yml' },
    { name: 'as JSON', files: ['a/.ingress2nginx.json'], found: 'a/.ingress2nginx.json' },
    {
      name: 'the nearest first',
      files: ['.ingress2nginx.yaml', 'a/.ingress2nginx.json'],
      found: 'a/.ingress2nginx.json',
    },
    {
      name: '.yaml before .yml before .json',
      files: ['a/.ingress2nginx.json', 'a/.ingress2nginx.yml', 'a/.ingress2nginx.yaml'],
      found: 'a/.ingress2nginx.yaml',
    },
    {
      name: 'in the root of the repository',
      files: ['.git/HEAD', '.ingress2nginx.yaml'],
      found: '.ingress2nginx.yaml',
    },
    { name: 'in that of a worktree', files: ['a/.git', 'a/.ingress2nginx.yaml'], found: 'a/.ingress2nginx.yaml' },
  ])('$name', ({ files, found }) => {
    write(Object.fromEntries(files.map(file => [file, ''])));
    mkdirSync(join(root, 'a/b'), { recursive: true });
    expect(findConfig(join(root, 'a/b'))).toBe(join(root, found));
  });

  test('but not above the root of the repository', () => {
    write({ [FILE]: '', 'a/.git/HEAD': '', 'a/b/x': '' });
    expect(findConfig(join(root, 'a/b'))).toBeUndefined();
  });
});

describe('paths of a config file', () => {
  test('count from its folder', () => {
    write({ '.git/HEAD': '', 'ci/.ingress2nginx.yaml': 'paths: [., ../deploy, k8s/*.yaml, ./a/..]', 'deploy/x': '' });
    expect(load('ci/.ingress2nginx.yaml')).toEqual(['ci', 'deploy', 'ci/k8s/*.yaml', 'ci']);
  });

  test.each([
    { name: 'that are absolute', path: '/etc', says: '1:9 the path "/etc" is not relative' },
    { name: 'of a home', path: '~/x', says: '1:9 the path "~/x" is not relative' },
    { name: 'that are stdin', path: '"-"', says: '1:9 stdin cannot be named in a file' },
    { name: 'that are empty', path: '""', says: '1:9 a path must not be empty' },
    { name: 'above the repository', path: 'a/../../x', says: '1:9 the path "a/../../x" leads out of ' },
    { name: 'that lead out by a link', path: 'link', says: '1:9 the path "link" leads out of ' },
    {
      name: 'that lead out by a link before a glob',
      path: '"link/*.yaml"',
      says: '1:9 the path "link/*.yaml" leads out',
    },
    { name: 'that lead out to what is not there', path: 'link/no/x', says: '1:9 the path "link/no/x" leads out of ' },
    { name: 'that are a link to nothing', path: 'dangling', says: '1:9 the path "dangling" leads out of ' },
  ])('$name are refused', ({ path, says }) => {
    write({ '.git/HEAD': '', [FILE]: `paths: [${path}]` });
    symlinkSync('/etc', join(root, 'link'));
    symlinkSync('/no/such/file', join(root, 'dangling'));
    expect(load()).toEqual([expect.stringContaining(`${FILE}:${says}`) as string]);
  });

  test('may go through links inside of it, and to what is not there', () => {
    write({ '.git/HEAD': '', 'apps/a.yaml': '', [FILE]: 'paths: ["inside/*.yaml", new/a.yaml]' });
    symlinkSync('apps', join(root, 'inside'));
    expect(load()).toEqual(['inside/*.yaml', 'new/a.yaml']);
  });

  test('are also those of files that it names', () => {
    write({ '.git/HEAD': '', 'ci/.ingress2nginx.yaml': 'baseline: ../lint.json' });
    const file = join(root, 'ci', FILE);
    expect(loadConfig({ file, isNamed: false, userId: undefined, known: KNOWN })).toMatchObject({
      values: new Map([['baseline', relative('', join(root, 'lint.json'))]]),
    });
    write({ [FILE]: 'baseline: /etc/passwd' });
    expect(load()).toEqual([`${FILE}:1:11 the path "/etc/passwd" is not relative`]);
  });

  test('do not lead out of its folder where there is no repository', () => {
    write({ [`a/${FILE}`]: 'paths: [../b]', 'b/x': '' });
    expect(load(`a/${FILE}`)).toEqual([expect.stringContaining('leads out of') as string]);
  });
});

describe('what is no file of its own is not read', () => {
  const refusal = (why: string): readonly string[] => [`${FILE}:1:1 the config file cannot be read: ${why}`];

  test('a link, unless it is named', () => {
    write({ elsewhere: 'paths: [x]' });
    symlinkSync(join(root, 'elsewhere'), join(root, FILE));
    expect(load()).toEqual(refusal('it is a symbolic link; name it with --config'));
    expect(load(FILE, { isNamed: true })).toEqual(['x']);
  });

  test('a folder, a pipe, a device', () => {
    mkdirSync(join(root, FILE));
    expect(load()).toEqual(refusal('it is not a regular file'));
    execFileSync('mkfifo', [join(root, 'pipe')]);
    const named = { isNamed: true };
    expect(load('pipe', named)).toEqual(['pipe:1:1 the config file cannot be read: it is not a regular file']);
    expect(load('../../dev/zero', named)).toEqual([expect.stringContaining('it is not a regular file') as string]);
  });

  test('a large one, one that is binary, one that is no UTF-8, one that is not there', () => {
    write({ [FILE]: `# ${'x'.repeat(300_000)}` });
    expect(load()).toEqual(refusal('it is larger than 256 KiB'));
    write({ [FILE]: 'a\0b' });
    expect(load()).toEqual(refusal('it is a binary file'));
    writeFileSync(join(root, FILE), Buffer.from([0x61, 0xff]));
    expect(load()).toEqual([expect.stringContaining('it is not UTF-8: byte 0xff in line 1') as string]);
    expect(load('nowhere.yaml', { isNamed: true })).toEqual([
      'nowhere.yaml:1:1 the config file cannot be read: no such file or folder',
    ]);
  });

  test('one of another user where everybody may write, unless it is named', () => {
    write({ [FILE]: 'paths: [x]' });
    chownSync(join(root, FILE), 1234, 1234);
    expect(load()).toEqual(['x']);
    chmodSync(root, 0o1777);
    expect(load()).toEqual([expect.stringContaining('it belongs to another user') as string]);
    expect(load(FILE, { isNamed: true })).toEqual(['x']);
    expect(load(FILE, { userId: 1234 })).toEqual(['x']);
  });
});
