import { expect, test } from 'vitest';

import { problemOfText } from '../../../src/routing/text.ts';

const TOO_LONG = 'is longer than the 4094 bytes that nginx allows';

test.each([
  { name: 'a path of odd characters', text: '/foo "bar" \\d $x {};#', problem: undefined },
  { name: 'a line end', text: 'a\nb', problem: 'has a control character (code 10) at position 2' },
  { name: 'a NUL', text: 'ab\0', problem: 'has a control character (code 0) at position 3' },
  { name: 'a tab', text: '\ta', problem: 'has a control character (code 9) at position 1' },
  { name: 'a delete character', text: '\u007f', problem: 'has a control character (code 127) at position 1' },
  { name: '4094 bytes', text: 'é'.repeat(2047), problem: undefined },
  { name: '4095 bytes', text: `${'é'.repeat(2047)}x`, problem: TOO_LONG },
  { name: 'half of a character', text: '/\ud800', problem: 'has half of a surrogate pair' },
  { name: 'a whole one', text: '/\u{1f600}', problem: undefined },
  { name: 'what is longer once it is quoted', text: '"'.repeat(2048), problem: TOO_LONG },
])('$name: $problem', ({ text, problem }) => expect(problemOfText(text)).toBe(problem));

test('what stands before the text counts', () => {
  expect(problemOfText('x'.repeat(4091), '(?i)')).toBe(TOO_LONG);
});
