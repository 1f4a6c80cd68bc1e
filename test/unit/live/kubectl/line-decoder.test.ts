import { expect, test } from 'vitest';

import { decodeLines } from '../../../../src/live/kubectl/line-decoder.ts';

const LONG = 'é'.repeat(1_500_000);

function linesOf(chunks: readonly Buffer[]): { readonly lines: readonly string[]; readonly isFine: boolean } {
  const lines: string[] = [];
  const decoder = decodeLines(line => void lines.push(line));
  const isFine = chunks.map(chunk => decoder.write(chunk)).every(Boolean);
  return { lines, isFine };
}

function cut(text: string, size: number): readonly Buffer[] {
  const bytes = Buffer.from(text);
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
}

test.each([
  { name: 'lines of one chunk', text: 'a\nb\n', size: 100, lines: ['a', 'b'] },
  { name: 'a line cut between its bytes', text: 'grüße 👋\n', size: 1, lines: ['grüße 👋'] },
  { name: 'the half line at the end is dropped', text: 'a\n{"type":', size: 3, lines: ['a'] },
  { name: 'empty lines are none', text: '\n \na\r\n\n', size: 2, lines: ['a\r'] },
  { name: 'nothing', text: '', size: 1, lines: [] },
])('$name', ({ text, size, lines }) => {
  expect(linesOf(cut(text, size))).toEqual({ lines, isFine: true });
});

test('reads a line of three megabytes in pieces of a packet', () => {
  const { lines, isFine } = linesOf(cut(`a\n${LONG}\nb\n`, 1_400));
  expect(lines.map(line => line.length)).toEqual([1, LONG.length, 1]);
  expect(isFine).toBe(true);
});

test('gives up on a line that does not end', () => {
  const chunk = Buffer.alloc(16 * 1024 * 1024, 'x');
  expect(linesOf([chunk, chunk, chunk, chunk, chunk])).toEqual({ lines: [], isFine: false });
});
