import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { readIndex } from '../../../src/input/git-index.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'i2n-index-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function git(...words: readonly string[]): void {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  const { status, stderr } = spawnSync('git', words, { cwd: root, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

const FILES = ['a.yaml', 'k8s/a.yaml', 'k8s/apps/über uns.yaml', `k8s/${'x'.repeat(200)}.yaml`, 'k8s-2/b.yaml'];

/** The index of a repository with these files. */
function indexOf(init: readonly string[], ...more: readonly (readonly string[])[]): Buffer {
  git('init', '--quiet', ...init);
  for (const file of FILES) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), '');
  }
  git('add', '.');
  for (const words of more) git(...words);
  return readFileSync(join(root, '.git/index'));
}

describe('the files of an index are read', () => {
  test.each([
    { name: 'of version 2', more: [['update-index', '--index-version', '2']] },
    {
      name: 'of version 3, with flags of its own',
      more: [
        ['rm', '-q', '--cached', 'a.yaml'],
        ['add', '--intent-to-add', 'a.yaml'],
      ],
    },
    { name: 'of version 4, with names that share their beginnings', more: [['update-index', '--index-version', '4']] },
  ])('$name', ({ more }) => {
    const tracked = readIndex(indexOf([], ...more));
    expect([...(tracked?.files ?? [])].toSorted()).toEqual(FILES.toSorted());
    expect([...(tracked?.folders ?? [])].toSorted()).toEqual(['k8s', 'k8s-2', 'k8s/apps']);
  });
});

describe('nobody knows what is tracked by an index', () => {
  test('that is split', () => {
    expect(readIndex(indexOf([], ['update-index', '--split-index']))).toBeUndefined();
  });

  test('that is something else, or empty', () => {
    expect([Buffer.of(), Buffer.from('DIRC'), Buffer.from('hello, world, how are you?')].map(readIndex)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('that ends too early, wherever that is', () => {
    const whole = indexOf([]);
    const last = FILES.toSorted().at(-1) ?? '';
    const cuts = [...Array(whole.indexOf(last) + last.length).keys()];
    expect(cuts.filter(end => readIndex(whole.subarray(0, end)) !== undefined)).toEqual([]);
  });

  test('whose hashes are longer', () => {
    const names = readIndex(indexOf(['--object-format=sha256']))?.files ?? new Set<string>();
    expect(FILES.filter(file => names.has(file))).toEqual([]);
  });
});
