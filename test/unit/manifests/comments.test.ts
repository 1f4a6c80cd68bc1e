import { expect, test } from 'vitest';

import { commentsIn } from '../../../src/manifests/comments.ts';

/** `LINE:COLUMN text -> next line` of each comment. */
function found(text: string): readonly string[] {
  return commentsIn({ name: 'shop.yaml', text }).map(
    ({ at, text: said, nextLine }) => `${at.line}:${at.column} ${said} -> ${String(nextLine)}`,
  );
}

test.each([
  {
    name: 'a line of its own',
    text: 'a: b\n  # ingress2nginx-disable-line X\nc: d\n',
    comments: ['2:5 ingress2nginx-disable-line X -> 3'],
  },
  {
    name: 'the end of a line',
    text: 'a: b # ingress2nginx-disable-line X  \n',
    comments: ['1:8 ingress2nginx-disable-line X -> undefined'],
  },
  {
    name: 'what stands behind quotes',
    text: 'a: "b # c" # ingress2nginx-disable-line X\n',
    comments: ['1:14 ingress2nginx-disable-line X -> undefined'],
  },
  {
    name: 'what stands behind the head of a block',
    text: 'a: | # ingress2nginx-disable-line X\n  b\n',
    comments: ['1:8 ingress2nginx-disable-line X -> 2'],
  },
  {
    name: 'what stands further left than a block before it',
    text: 'a:\n  b: |\n    c\n  # ingress2nginx-disable-line X\n  d: e\n',
    comments: ['4:5 ingress2nginx-disable-line X -> 5'],
  },
  {
    name: 'what stands in a list in brackets',
    text: 'a: [b, # ingress2nginx-disable-line X\n  c]\n',
    comments: ['1:10 ingress2nginx-disable-line X -> 2'],
  },
  {
    name: 'the second of two comments in one line',
    text: 'a: b # yamllint disable # ingress2nginx-disable-line X\n',
    comments: ['1:27 ingress2nginx-disable-line X -> undefined'],
  },
  {
    name: 'the first of two comments in one line, without the other',
    text: 'a: b # ingress2nginx-disable-line X # because\n',
    comments: ['1:8 ingress2nginx-disable-line X -> undefined'],
  },
  {
    name: 'several number signs, and none of the blanks',
    text: '##\tingress2nginx-disable-file X\n',
    comments: ['1:4 ingress2nginx-disable-file X -> undefined'],
  },
  {
    name: 'what stands between documents, for the next one',
    text: 'a: b\n# ingress2nginx-disable-next-line X\n\n# a: b\n--- # c\nd: e\n',
    comments: ['2:3 ingress2nginx-disable-next-line X -> 6'],
  },
  {
    name: 'lines that end as in Windows',
    text: 'a: b\r\n# ingress2nginx-disable-next-line X\r\n\r\nc: d\r\n',
    comments: ['2:3 ingress2nginx-disable-next-line X -> 4'],
  },
  {
    name: 'what stands in a document that is no object',
    text: '- a\n# ingress2nginx-disable-file X\n',
    comments: ['2:3 ingress2nginx-disable-file X -> undefined'],
  },
])('a comment is $name', ({ text, comments }) => {
  expect(found(text)).toEqual(comments);
});

test.each([
  { name: 'a line of a block of text', text: 'a: |\n  b\n  # ingress2nginx-disable-line X\n' },
  { name: 'a line of a folded block behind an empty one', text: 'a: >-\n  b\n\n  # ingress2nginx-disable-line X\n' },
  { name: 'in quotes', text: 'a: "b # ingress2nginx-disable-line X"\n' },
  { name: 'in quotes over several lines', text: "a: 'b\n  # ingress2nginx-disable-line X'\n" },
  { name: 'part of a word', text: 'a: b#ingress2nginx-disable-line X\n' },
  { name: 'about it', text: '# see ingress2nginx-disable-line X\n' },
  { name: 'in JSON', text: '{"a": "# ingress2nginx-disable-line X"}\n' },
  { name: 'in a document that is not YAML', text: 'a: [\n# ingress2nginx-disable-file X\n' },
])('what is $name is no comment', ({ text }) => {
  expect(found(text)).toEqual([]);
});

test('a document that cannot be read leaves those of others', () => {
  expect(found('a: [\n---\nb: c # ingress2nginx-disable-line X\n')).toEqual([
    '3:8 ingress2nginx-disable-line X -> undefined',
  ]);
});

test('a comment knows the template that Helm made its document of', () => {
  const text = '---\n# Source: shop/templates/a.yaml\n# ingress2nginx-disable-file X\na: b\n';
  expect(commentsIn({ name: '<stdin>', text }).map(({ template }) => template)).toEqual(['shop/templates/a.yaml']);
});

test.each([
  { kind: 'Secret', excerpt: undefined },
  { kind: 'ConfigMap', excerpt: '  a: aHVudGVyMg== # ingress2nginx-disable-line X' },
])('the line of a comment in a $kind is shown or not', ({ kind, excerpt }) => {
  const text = `kind: ${kind}\ndata:\n  a: aHVudGVyMg== # ingress2nginx-disable-line X\n`;
  expect(commentsIn({ name: 'a.yaml', text }).map(({ at }) => at.excerpt)).toEqual([excerpt]);
});

test('of a long list, comments count where its items have comments', () => {
  const item = (rest: string): string => `- kind: Ingress\n  a: |\n    # ingress2nginx-disable-line X\n  b: c${rest}\n`;
  const filler = '- kind: Other\n  a: b\n'.repeat(60_000);
  const text = `kind: List\nitems:\n${item('')}${filler}${item(' # ingress2nginx-disable-line Y')}metadata: {}\n`;
  expect(found(text)).toEqual(['120010:10 ingress2nginx-disable-line Y -> 120011']);
});

test('many comments take time in proportion', () => {
  const text = '# ingress2nginx-disable-next-line X\n'.repeat(20_000);
  const comments = commentsIn({ name: 'shop.yaml', text: `${text}a: b\n` });
  expect(new Set(comments.map(({ nextLine }) => nextLine))).toEqual(new Set([20_001]));
});
