import { expect, test } from 'vitest';

import { streamSnippet } from '../../../src/annotations/stream-snippet.ts';
import { runFamily } from '../../support/annotations.ts';
import { linesOf } from '../../support/resources.ts';

const NAME = 'stream-snippet';

test.each([
  {
    name: 'is not taken by default, and closes nothing',
    snippets: 'none',
    kinds: [],
    lines: [`snippet-not-allowed: ${NAME}: snippets are not allowed: it has no effect`],
  },
  {
    name: 'is outside of the language',
    snippets: 'safe',
    kinds: [],
    lines: [`snippet-outside-language: ${NAME}: "server" is not a directive that snippets may have (column 1)`],
  },
  { name: 'is taken where all are', snippets: 'all', kinds: ['other'], lines: [] },
] as const)('a snippet of streams $name', ({ snippets, kinds, lines }) => {
  const run = runFamily(streamSnippet as never, { [NAME]: 'server { listen 9000; return hi; }' }, { snippets });
  expect(run.plan.stream.flatMap(({ statements }) => statements.map(({ kind }) => kind))).toEqual(kinds);
  expect(run.denied).toBeUndefined();
  expect(linesOf(run.found)).toEqual(lines);
});
