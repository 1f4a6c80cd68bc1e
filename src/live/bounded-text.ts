import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** Longer lines of a program say no more than their beginning. */
const LONGEST_LINE = 10_000;

/** Hands over what a program writes line by line, the last one without an end, too; of a line no more than its beginning. */
export function readLines(stream: Readable, onLine: (line: string) => void): void {
  const decoder = new StringDecoder('utf8');
  let line = '';
  const take = (text: string): void => {
    line += text.slice(0, Math.max(0, LONGEST_LINE + 1 - line.length));
  };
  const end = (): void => {
    onLine(line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line.replace(/\r$/, ''));
    line = '';
  };
  stream.on('data', (chunk: Buffer) => {
    const [first = '', ...others] = decoder.write(chunk).split('\n');
    take(first);
    for (const part of others) {
      end();
      take(part);
    }
  });
  stream.on('end', () => {
    if (line !== '') end();
  });
}

/** A text of which the beginning and the end are kept. */
export interface BoundedText {
  add(text: string): void;
  /** Where something was left out, a line says how much; the lines around it are whole. */
  text(): string;
}

/** @param most characters of either part */
export function createBoundedText(most: number): BoundedText {
  let head = '';
  let tail = '';
  let length = 0;
  return {
    add(text) {
      length += text.length;
      const room = most - head.length;
      head += text.slice(0, room);
      tail += text.slice(Math.max(0, room));
      // Not at every piece: that would copy all of it each time.
      if (tail.length > 2 * most) tail = tail.slice(-most);
    },
    text() {
      if (length <= 2 * most) return head + tail;
      const [begin, end] = [head.slice(0, head.lastIndexOf('\n') + 1), tail.slice(-most)];
      const rest = end.slice(end.indexOf('\n') + 1);
      return `${begin}[${length - begin.length - rest.length} characters left out]\n${rest}`;
    },
  };
}
