import { expect, test } from 'vitest';

import { wordsOf, wrapText, wrapTokens } from '../../../src/report/wrap.ts';

test.each([
  { name: 'short text', text: 'one two', columns: 10, lines: ['one two'] },
  { name: 'a text as long as the line', text: 'one two', columns: 7, lines: ['one two'] },
  { name: 'a longer text', text: 'one two three four', columns: 10, lines: ['one two', '  three', '  four'] },
  {
    name: 'a word that is longer than a line',
    text: 'a 0123456789abc b',
    columns: 8,
    lines: ['a', '  0123456789abc', '  b'],
  },
  { name: 'wide letters', text: 'ab 名前 名前', columns: 8, lines: ['ab 名前', '  名前'] },
  { name: 'blanks within', text: 'a  b', columns: 20, lines: ['a  b'] },
  { name: 'where there is no terminal', text: 'one two three', columns: undefined, lines: ['one two three'] },
  { name: 'nothing', text: '', columns: 10, lines: [''] },
])('breaks between words: $name', ({ text, columns, lines }) => {
  expect(wrapText(text, columns).split('\n')).toEqual(lines);
});

test('colours take no room', () => {
  const tokens = [{ gap: '', text: 'red', shown: '\u001b[31mred\u001b[39m' }, ...wordsOf('and blue', '  ')];
  expect(wrapTokens(tokens, 8, ' ')).toEqual(['\u001b[31mred\u001b[39m  and', ' blue']);
});
