import { describe, expect, test } from 'vitest';

import type { Directive } from '../../../src/snippets/parse.ts';
import { parseSnippet, placeIn } from '../../../src/snippets/parse.ts';

type Shape = readonly [string, ...unknown[]];

function shapeOf({ name, args, body }: Directive): Shape {
  const words = args.map(({ text }) => text);
  return body === undefined ? [name.text, ...words] : [name.text, ...words, body.map(shapeOf)];
}

function read(source: string): readonly Shape[] | string {
  const parsed = parseSnippet(source);
  return parsed.ok ? parsed.directives.map(shapeOf) : parsed.problem.message;
}

describe('a snippet is read as nginx reads it:', () => {
  test.each<{ name: string; source: string; is: readonly Shape[] }>([
    { name: 'nothing is nothing', source: ' \t\r\n# only ; a } comment', is: [] },
    {
      name: 'words end at blanks, semicolons and braces',
      source: 'a b\tc;d{e;}',
      is: [
        ['a', 'b', 'c'],
        ['d', [['e']]],
      ],
    },
    { name: 'quotes hold anything', source: `a "b ; } # c" '{"';`, is: [['a', 'b ; } # c', '{"']] },
    { name: 'a quote within a word is a letter', source: `a b"c d";`, is: [['a', 'b"c', 'd"']] },
    { name: 'a number sign within a word is a letter', source: 'a b#c;', is: [['a', 'b#c']] },
    { name: 'a closing brace within a word is a letter', source: 'a b}c;', is: [['a', 'b}c']] },
    { name: 'a brace behind a dollar belongs to the word', source: 'a ${b}c $${d};', is: [['a', '${b}c', '$${d}']] },
    {
      name: 'some escapes become letters',
      source: String.raw`a "b\"c\\d\te\n" f\;g \d;`,
      is: [['a', 'b"c\\d\te\n', 'f\\;g', '\\d']],
    },
    {
      name: 'a parenthesis may follow a closing quote',
      source: 'if ($a = "b c") { d; }',
      is: [['if', '($a', '=', 'b c', ')', [['d']]]],
    },
    { name: 'a comment ends with its line', source: 'a # b;\nc;', is: [['a', 'c']] },
    { name: 'blocks may be in blocks', source: 'a { b { c; } } d;', is: [['a', [['b', [['c']]]]], ['d']] },
  ])('$name', ({ source, is }) => {
    expect(read(source)).toEqual(is);
  });

  test.each([
    { name: 'a directive without an end', source: 'a b', is: '"a" has no end' },
    { name: 'a directive that the end of a block ends', source: 'a { b }', is: '"b" has no end' },
    { name: 'a block without an end', source: 'a { b;', is: 'the block that begins here is never closed' },
    { name: 'an end without a block', source: 'a; } b;', is: '"}" closes no block' },
    { name: 'a semicolon alone', source: 'a;;', is: '";" follows no directive' },
    { name: 'a block without a name', source: '{ a; }', is: '"{" follows no directive' },
    { name: 'a quote that is never closed', source: 'a "b;', is: 'the quote " is never closed' },
    { name: 'a quote that an escape keeps open', source: String.raw`a "b\";`, is: 'the quote " is never closed' },
    { name: 'a letter behind a closing quote', source: 'a "b"c;', is: '"c" follows a closing quote' },
    { name: 'a backslash at the end', source: 'a b\\', is: 'a backslash is the last character' },
    { name: 'a control character', source: 'a \u0000b;', is: 'there is a control character (code 0)' },
    {
      name: 'more blocks in each other than anybody needs',
      source: `${'a {'.repeat(50)}${'}'.repeat(50)}`,
      is: 'there are too many blocks in each other',
    },
  ])('$name is refused', ({ source, is }) => {
    expect(read(source)).toBe(is);
  });
});

test('a place has a line and a column', () => {
  expect(placeIn('a;\n  b c;', 7)).toEqual({ line: 2, column: 5 });
});
