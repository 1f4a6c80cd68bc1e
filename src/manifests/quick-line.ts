/** Where a quick reader stands in a text, and how far the line is indented that it stands in. */
export interface Cursor {
  readonly text: string;
  /** Behind the last character that may be read. */
  readonly end: number;
  at: number;
  /** The column of the first character of the line; of a `- key: value`, of the key. -1 at the end. */
  indent: number;
  depth: number;
}

class Unusual extends Error {}

/** One for all: making an error takes longer than reading a small document. */
const UNUSUAL = new Unusual('this is for js-yaml');

/** Leaves the document to js-yaml, whatever it is that the quick reader does not understand. */
export function giveUp(): never {
  throw UNUSUAL;
}

export function isUnusual(error: unknown): boolean {
  return error === UNUSUAL;
}

/** Far below the depth from which on a document is refused, so that nobody need look how deep what was read is. */
const MAX_DEPTH = 100;

/** Goes one level deeper. */
export function enter(cursor: Cursor): void {
  cursor.depth++;
  if (cursor.depth > MAX_DEPTH) giveUp();
}

/** Goes to the first line from here on that holds more than blanks and a comment. */
export function toContent(cursor: Cursor): void {
  const { text, end } = cursor;
  let { at } = cursor;
  while (at < end) {
    const start = at;
    while (at < end && text.charCodeAt(at) === 32) at++;
    const code = at < end ? text.charCodeAt(at) : 10;
    if (code !== 10 && code !== 35) {
      cursor.at = at;
      cursor.indent = at - start;
      return;
    }
    at = code === 35 ? behindComment(cursor, at) : at + 1;
  }
  cursor.at = end;
  cursor.indent = -1;
}

/** Goes on to the next content; from here to the end of the line there may be a comment and nothing else. */
export function endLine(cursor: Cursor, from: number): void {
  const { text, end } = cursor;
  let at = from;
  while (at < end && text.charCodeAt(at) === 32) at++;
  if (at < end && text.charCodeAt(at) !== 10) {
    if (text.charCodeAt(at) !== 35 || text.charCodeAt(at - 1) !== 32) giveUp();
    cursor.at = behindComment(cursor, at);
  } else cursor.at = at + 1;
  toContent(cursor);
}

function behindComment({ text, end }: Cursor, from: number): number {
  let at = from;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 10) break;
    if (isOdd(code)) giveUp();
  }
  return at + 1;
}

/** Control characters, and what is no character or half of one. A line break is one too; a tab may mean anything. */
export function isOdd(code: number): boolean {
  return code < 32 || (code > 126 && (code < 160 || (code > 0xd7ff && (code < 0xe000 || code > 0xfefe))));
}

/** Whether a blank, a line break or the end is there. */
export function isBlank({ text, end }: Cursor, at: number): boolean {
  if (at >= end) return true;
  const code = text.charCodeAt(at);
  return code === 32 || code === 10;
}
