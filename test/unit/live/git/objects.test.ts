import { expect, test } from 'vitest';

import { splitObjects } from '../../../../src/live/git/objects.ts';

test('texts are told apart by their lengths', () => {
  const answer = splitObjects(Buffer.from('aa blob 4\nx\ny\n\nbb blob 0\n\n'), ['aa', 'bb']);
  expect(answer).toEqual({
    kind: 'objects',
    texts: new Map([
      ['aa', Buffer.from('x\ny\n')],
      ['bb', Buffer.from('')],
    ]),
  });
});

test.each([
  { name: 'has no line end', output: 'aa blob 1\nx\nbb blob 1', missed: 'bb' },
  { name: 'ends early', output: 'aa blob 1\nx\n', missed: 'bb' },
  { name: 'is cut off within a text', output: 'aa blob 9\nx\n', missed: 'aa' },
  { name: 'has another name', output: 'aa blob 1\nx\ncc blob 1\ny\n', missed: 'bb' },
  { name: 'says that one is missing', output: 'aa missing\nbb blob 1\ny\n', missed: 'aa' },
])('an answer that $name is a failure', ({ output, missed }) => {
  const answer = splitObjects(Buffer.from(output), ['aa', 'bb']);
  expect(answer).toEqual({ kind: 'failed', problem: `git cat-file: ${missed} cannot be read` });
});
