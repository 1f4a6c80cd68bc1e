import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';

import { describe, expect, test } from 'vitest';

import { readPlainDocuments } from '../../support/plain-documents.ts';

interface Verdict {
  readonly text: string;
  readonly objects: readonly unknown[];
}

// Made by scripts/go-yaml/compare.mjs 1 30000 --write, with the decoder of kubectl 1.34.
const VERDICTS: readonly Verdict[] = JSON.parse(readFileSync('fixtures/go-yaml.json', 'utf8'));

test('texts that kubectl reads are read as kubectl reads them', () => {
  expect(VERDICTS.length).toBeGreaterThan(150);
  const wrong = VERDICTS.map(({ text, objects }) => ({ text, theirs: objects, ours: readPlainDocuments(text) })).filter(
    ({ theirs, ours }) => ours.refused !== undefined || !isDeepStrictEqual(ours.objects, theirs),
  );
  expect(wrong).toEqual([]);
});

describe('where blanks mean nothing, they may be missing:', () => {
  test.each([
    { name: 'a double-quoted scalar goes on in column 1', text: 'a:\n  b: "x\ny"\n', value: { a: { b: 'x y' } } },
    { name: 'a single-quoted scalar goes on in column 1', text: "a:\n  b: 'x\ny'\n", value: { a: { b: 'x y' } } },
    { name: 'a quoted scalar has an empty line', text: 'a:\n  b: "x\n\ny"\n', value: { a: { b: 'x\ny' } } },
    { name: 'a line break is escaped', text: 'a:\n  b: "x\\\n y"\n', value: { a: { b: 'xy' } } },
    { name: 'an escaped line break is followed by an empty line', text: 'a: "x\\\n\n  y"\n', value: { a: 'x\ny' } },
    { name: 'a line of a quoted scalar begins with a tab', text: 'a:\n  b: "x\n\ty"\n', value: { a: { b: 'x y' } } },
    { name: 'a line of a quoted scalar looks like an item', text: 'a:\n- "x\n- y"\n', value: { a: ['x - y'] } },
    { name: 'a list is closed in the column of its key', text: 'a:\n  b: [\n    1\n  ]\n', value: { a: { b: [1] } } },
    { name: 'a mapping is closed in column 1', text: 'a:\n  b: {\n    c: 1\n}\n', value: { a: { b: { c: 1 } } } },
    {
      name: 'a flow collection is nested',
      text: 'a: [\n{b: [\n1,\n2]\n}\n]\nc: 1\n',
      value: { a: [{ b: [1, 2] }], c: 1 },
    },
    { name: 'a plain scalar in brackets goes on', text: "a: [it's\nb,\n'c\nd']\n", value: { a: ["it's b", 'c d'] } },
    { name: 'a comment stands in brackets', text: 'a: [ # "x\n1, # ]\n2\n]\n', value: { a: [1, 2] } },
    { name: 'a comment stands right behind a bracket', text: 'a: {#c\n}\n', value: { a: {} } },
    { name: 'a tab stands before a bracket', text: 'a:\t[1]\n', value: { a: [1] } },
    { name: 'a tab stands inside brackets', text: 'a: {b:\t1}\n', value: { a: { b: 1 } } },
    { name: 'lines end in CR LF', text: 'a:\r\n  b: "x\r\ny"\r\n', value: { a: { b: 'x y' } } },
    {
      name: 'a block scalar before it looks loose',
      text: 'a: |\n  "\n  [\nb: "x\ny"\n',
      value: { a: '"\n[\n', b: 'x y' },
    },
    {
      name: 'a plain scalar before it has quotes',
      text: 'a: it\'s\n  "so\nb: "x\ny"\n',
      value: { a: 'it\'s "so', b: 'x y' },
    },
    { name: 'a tag and an anchor stand before it', text: 'a: !!str &x "x\ny"\nb: *x\n', value: { a: 'x y', b: 'x y' } },
  ])('$name', ({ text, value }) => {
    expect(readPlainDocuments(text)).toEqual({ objects: [value] });
  });
});

describe('what kubectl reads only in part, or not at all, is refused:', () => {
  test.each([
    { name: 'text behind the end of a mapping', text: ' a: 1\nb: 2\n' },
    { name: 'a key over two lines', text: '"a\nb": 1\n' },
    { name: 'a line of three dashes in a quoted scalar', text: 'a: "x\n---\ny"\n' },
    { name: 'a bracket that is not closed', text: 'a: [1,\nb: 2\n' },
  ])('$name', ({ text }) => {
    expect(readPlainDocuments(text).refused).toBeDefined();
  });
});

test('a text with more blanks to add than a real file needs is refused', () => {
  const text = `${' '.repeat(50_000)}a: "${'x\n'.repeat(200)}"\n`;
  expect(readPlainDocuments(text).refused).toBe('deficient indentation');
});
