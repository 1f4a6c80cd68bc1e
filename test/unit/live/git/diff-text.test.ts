import { constants } from 'node:buffer';

import { expect, test } from 'vitest';

import { diffProblem, readDiff } from '../../../../src/live/git/diff-text.ts';

const OLD = 'd508cf756344aaf9123c531122a9d2d410c4ecfa';
const NONE = '0000000000000000000000000000000000000000';

/** As git prints it: all files, an empty word, all patches. */
function diff(raw: readonly string[], patches: readonly string[]): Buffer {
  return Buffer.from(`${raw.map(entry => `:${entry}\0`).join('')}\0${patches.join('')}`);
}

function changed(path: string, hunks: string): string {
  return `diff --git a/${path} b/${path}\nindex d508cf7..108dbc1 100644\n--- a/${path}\n+++ b/${path}\n${hunks}`;
}

const MODIFIED = `100644 100644 ${OLD} ${NONE} M\0a.yaml`;

test.each([
  { name: 'one line', hunks: '@@ -2 +2 @@ a: 1\n-b: 2\n+b: 5\n', lines: [{ first: 2, last: 2 }] },
  {
    name: 'several lines at two places',
    hunks: '@@ -2 +2,3 @@\n-b: 2\n+b: 5\n+c: 6\n+d: 7\n@@ -9,0 +12,2 @@ x: y\n+q: 1\n+r: 2\n',
    lines: [
      { first: 2, last: 4 },
      { first: 12, last: 13 },
    ],
  },
  { name: 'no line, where some were removed', hunks: '@@ -3,2 +2,0 @@\n-b: 2\n-c: 3\n', lines: [] },
  {
    name: 'lines that look like the head of a change',
    hunks: '@@ -2 +2,2 @@\n-@@ -7 +7 @@\n+@@ -8 +8 @@\n+diff --git a/b b/b\n',
    lines: [{ first: 2, last: 3 }],
  },
  { name: 'no line, where the mode alone differs', hunks: '', lines: [] },
])('$name', ({ hunks, lines }) => {
  const before = { path: 'a.yaml', object: OLD };
  expect(readDiff(diff([MODIFIED], [changed('a.yaml', hunks)]))).toEqual([{ path: 'a.yaml', lines, before }]);
});

test.each([
  {
    name: 'a binary file has changed as a whole',
    raw: MODIFIED,
    patches: [
      'diff --git a/a.yaml b/a.yaml\nindex d508cf7..108dbc1 100644\nBinary files a/a.yaml and b/a.yaml differ\n',
    ],
    entry: { path: 'a.yaml', lines: 'all', before: { path: 'a.yaml', object: OLD } },
  },
  {
    name: 'a new file has changed as a whole, and held nothing',
    raw: `000000 100644 ${NONE} ${NONE} A\0a.yaml`,
    patches: [changed('a.yaml', '@@ -0,0 +1 @@\n+a: 1\n')],
    entry: { path: 'a.yaml', lines: 'all', before: undefined },
  },
  {
    name: 'a file that is gone has no path',
    raw: `100644 000000 ${OLD} ${NONE} D\0a.yaml`,
    patches: [changed('a.yaml', '@@ -1 +0,0 @@\n-a: 1\n')],
    entry: { path: undefined, lines: [], before: { path: 'a.yaml', object: OLD } },
  },
  {
    name: 'a file that was moved has its old text and its new lines',
    raw: `100644 100644 ${OLD} ${NONE} R080\0old name.yaml\0new\n"name".yaml`,
    patches: [changed('b', '@@ -4,0 +5 @@ p: 4\n+q: 5\n')],
    entry: {
      path: 'new\n"name".yaml',
      lines: [{ first: 5, last: 5 }],
      before: { path: 'old name.yaml', object: OLD },
    },
  },
  {
    name: 'what was a link has no text',
    raw: `120000 100644 ${OLD} ${NONE} T\0a.yaml`,
    patches: [changed('a.yaml', '@@ -1 +0,0 @@\n-b\n'), changed('a.yaml', '@@ -0,0 +1 @@\n+a: 1\n')],
    entry: { path: 'a.yaml', lines: 'all', before: undefined },
  },
])('$name', ({ raw, patches, entry }) => {
  expect(readDiff(diff([raw], patches))).toEqual([entry]);
});

test('files and patches are in the same order', () => {
  const raw = ['a', 'b', 'c'].map(name => `100644 100644 ${OLD} ${NONE} M\0${name}.yaml`);
  const patches = [1, 2, 3].map(line => changed('x', `@@ -${line} +${line} @@\n-a\n+b\n`));
  expect(readDiff(diff(raw, patches)).map(({ path, lines }) => [path, lines])).toEqual([
    ['a.yaml', [{ first: 1, last: 1 }]],
    ['b.yaml', [{ first: 2, last: 2 }]],
    ['c.yaml', [{ first: 3, last: 3 }]],
  ]);
});

test('where patches and files do not fit, all lines count', () => {
  const raw = [MODIFIED, `100644 000000 ${OLD} ${NONE} U\0b.yaml`];
  const found = readDiff(diff(raw, [changed('a.yaml', '@@ -1 +1 @@\n-a\n+b\n')]));
  expect(found.map(({ lines }) => lines)).toEqual(['all', 'all']);
});

test('nothing differs', () => expect(readDiff(Buffer.from(''))).toEqual([]));

test('more than a string can hold is a failure', () => {
  const answer = diffProblem(Buffer.alloc(constants.MAX_STRING_LENGTH + 1));
  expect(answer).toEqual({ kind: 'failed', problem: 'git diff: more than 512 MiB differ' });
});
