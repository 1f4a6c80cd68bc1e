import type { PlainObject } from '../json/value.ts';
import { isRecord, parseJson } from '../json/value.ts';
import type { Span } from './cut.ts';

/** A list as kubectl prints it, cut where its items begin and end. */
export interface CutJson {
  /** The list with its items left out. */
  readonly frame: PlainObject;
  readonly items: Iterable<Span>;
}

/** What kubectl, and most who print JSON, put before the first item. */
const HEAD = /\{\s*(?:"(?:apiVersion|kind)":\s*"[\w./-]*",\s*)*"items":\s*\[\n( *)(?=\{\n)/y;

/**
 * Cuts a text that is one list, in lines, at the lines on which its items end; undefined for any other text. A string of
 * JSON holds no line end, so that each cut is between two tokens, and values with commas between them, in the place of
 * the items, are the items: if each part is JSON by itself, the whole is, and means the same. Whether it is shows when it
 * is parsed.
 */
export function cutJsonItems(text: string, start: number): CutJson | undefined {
  HEAD.lastIndex = start;
  const indent = HEAD.exec(text)?.[1];
  if (indent === undefined) return undefined;
  const first = HEAD.lastIndex;
  const end = text.lastIndexOf(`\n${indent}}\n`);
  if (end < first) return undefined;
  const last = end + indent.length + 2;
  // A mark in the place of the items shows that they are what is between both parts, and not some other list.
  const frame = parseJson(`${text.slice(start, first)}0${text.slice(last)}`);
  if (frame === undefined || !isRecord(frame) || !isMark(frame['items'])) return undefined;
  return { frame, items: itemsBetween(text, first, last, indent) };
}

function isMark(items: unknown): boolean {
  return Array.isArray(items) && items.length === 1 && items[0] === 0;
}

function* itemsBetween(text: string, first: number, last: number, indent: string): Generator<Span> {
  const border = `\n${indent}},\n${indent}{`;
  const length = indent.length + 2;
  let start = first;
  for (let at = text.indexOf(border, first); at !== -1 && at < last; at = text.indexOf(border, start)) {
    yield { start, end: at + length };
    start = at + border.length - 1;
  }
  yield { start, end: last };
}
