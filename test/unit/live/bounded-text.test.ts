import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';

import { expect, test } from 'vitest';

import { createBoundedText, readLines } from '../../../src/live/bounded-text.ts';

async function linesOf(...chunks: readonly (string | Buffer)[]): Promise<readonly string[]> {
  const stream = Readable.from(chunks.map(chunk => Buffer.from(chunk)));
  const lines: string[] = [];
  readLines(stream, line => void lines.push(line));
  await finished(stream);
  return lines;
}

test.each([
  { name: 'in pieces', chunks: ['on', 'e\ntw', 'o\n'], lines: ['one', 'two'] },
  { name: 'with the line ends of Windows', chunks: ['one\r\ntwo\r\n'], lines: ['one', 'two'] },
  { name: 'that ends without a line end', chunks: ['one\ntwo'], lines: ['one', 'two'] },
  { name: 'with an empty line', chunks: ['one\n\ntwo\n'], lines: ['one', '', 'two'] },
  {
    name: 'with a character cut in two',
    chunks: [Buffer.from('é\n').subarray(0, 1), Buffer.from('é\n').subarray(1)],
    lines: ['é'],
  },
])('what comes $name is read line by line', async ({ chunks, lines }) => {
  expect(await linesOf(...chunks)).toEqual(lines);
});

test('of a line without end the beginning is kept, and the next one is read', async () => {
  const [long = '', next] = await linesOf(...Array.from({ length: 100 }, () => 'x'.repeat(10_000)), '\nnext\n');
  expect({ length: long.length, end: long.slice(-2), next }).toEqual({ length: 10_001, end: 'x…', next: 'next' });
});

test('a text that fits is kept as it is', () => {
  const text = createBoundedText(10);
  for (const part of ['one\n', 'two\n', 'three\n', 'four']) text.add(part);
  expect(text.text()).toBe('one\ntwo\nthree\nfour');
});

test('of a long text whole lines of its beginning and of its end are kept', () => {
  const text = createBoundedText(20);
  for (let line = 1; line <= 1_000; line += 1) text.add(`line ${line}\n`);
  expect(text.text()).toBe('line 1\nline 2\n[8860 characters left out]\nline 999\nline 1000\n');
});
