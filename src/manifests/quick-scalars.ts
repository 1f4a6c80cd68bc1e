import type { PlainValue } from '../json/value.ts';
import type { Cursor } from './quick-line.ts';
import { endLine, giveUp, isBlank, isOdd, toContent } from './quick-line.ts';
import { resolvePlain } from './scalars.ts';

/**
 * A key that begins with a letter, a digit or one of `./_` and has no blanks, or a quoted one. Undefined, and nothing
 * read, when none begins here.
 */
export function keyAt(cursor: Cursor): string | undefined {
  const { text, end, at: start } = cursor;
  const first = text.charCodeAt(start);
  if (first === 39 || first === 34) return quotedKey(cursor);
  if (!isKeyBegin(first)) return undefined;
  for (let at = start + 1; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 58 && isBlank(cursor, at + 1)) {
      const key = text.slice(start, at);
      if (typeof resolvePlain(key) !== 'string') giveUp();
      cursor.at = at + 1;
      return key;
    }
    if (code < 33 || code > 126) return undefined;
  }
  return undefined;
}

function quotedKey(cursor: Cursor): string | undefined {
  const { at: start } = cursor;
  const key = quoted(cursor);
  if (cursor.text.charCodeAt(cursor.at) === 58 && cursor.at < cursor.end && isBlank(cursor, cursor.at + 1)) {
    cursor.at++;
    return key;
  }
  cursor.at = start;
  return undefined;
}

function isKeyBegin(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 46 && code <= 57) || (code >= 65 && code <= 90) || code === 95;
}

/** A text in quotes on one line, without escapes but `''`. */
export function quoted(cursor: Cursor): string {
  const { text, end } = cursor;
  const quote = text.charCodeAt(cursor.at);
  const start = cursor.at + 1;
  let isDoubled = false;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      if (code === 34 || at + 1 >= end || text.charCodeAt(at + 1) !== 39) {
        cursor.at = at + 1;
        const raw = text.slice(start, at);
        return isDoubled ? raw.replaceAll("''", "'") : raw;
      }
      isDoubled = true;
      at++;
    } else if (isOdd(code) || (code === 92 && quote === 34)) giveUp();
  }
  return giveUp();
}

/** A scalar without quotes, on one line; the line is read to its end. */
export function plain(cursor: Cursor): PlainValue {
  const { text, end, at: start } = cursor;
  if (!canBeginPlain(cursor, start)) giveUp();
  let at = start;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 10) break;
    if (code === 58) {
      if (isBlank(cursor, at + 1)) giveUp();
    } else if (code === 35) {
      if (text.charCodeAt(at - 1) === 32) break;
    } else if (isOdd(code)) giveUp();
  }
  let last = at;
  while (text.charCodeAt(last - 1) === 32) last--;
  endLine(cursor, at);
  return resolvePlain(text.slice(start, last));
}

/** `- `, `? ` and `: ` are no text, and the other characters that mean something to YAML none that begins here. */
export function canBeginPlain(cursor: Cursor, at: number): boolean {
  const { text } = cursor;
  const code = text.charCodeAt(at);
  if (code === 45 || code === 58 || code === 63)
    return !isBlank(cursor, at + 1) && !FLOW.includes(text.charCodeAt(at + 1));
  return !INDICATORS.includes(code);
}

const codesOf = (characters: string): readonly number[] => Array.from(characters, each => each.charCodeAt(0));
const FLOW = codesOf(',[]{}');
const INDICATORS = codesOf(',[]{}#&*!|>\'"%@`');

const ODD_IN_BLOCK = /[^\n\t -~\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;

/** The text behind a `|` or `|-`. Blank lines in it must be empty, and not be the first. */
export function literal(cursor: Cursor, parentIndent: number): string {
  const isStripped = cursor.text.charCodeAt(cursor.at + 1) === 45;
  const { from, last, margin } = literalLines(cursor, parentIndent);
  return cursor.text.slice(from, last).replaceAll(`\n${margin}`, '\n') + (isStripped ? '' : '\n');
}

/** The lines of a literal block. */
export interface LiteralLines {
  /** Where the first line begins, with its margin. */
  readonly begin: number;
  /** Where its text begins. */
  readonly from: number;
  /** Behind the last line that is not blank. */
  readonly last: number;
  readonly margin: string;
}

/** Goes behind a literal block. */
export function literalLines(cursor: Cursor, parentIndent: number): LiteralLines {
  const { text, end } = cursor;
  const isStripped = text.charCodeAt(cursor.at + 1) === 45;
  const begin = cursor.at + (isStripped ? 3 : 2);
  if (begin >= end || text.charCodeAt(begin - 1) !== 10) giveUp();
  let from = begin;
  while (text.charCodeAt(from) === 32) from++;
  const margin = text.slice(begin, from);
  if (from >= end || text.charCodeAt(from) === 10 || margin.length <= parentIndent) giveUp();
  let last = from;
  let at = begin;
  while (at < end) {
    const isContent = text.startsWith(margin, at);
    if (!isContent && text.charCodeAt(at) !== 10) {
      if (isBlankLine(cursor, at)) giveUp();
      break;
    }
    const lineEnd = text.indexOf('\n', at);
    const behind = lineEnd === -1 || lineEnd > end ? end : lineEnd;
    if (isContent && behind > at + margin.length) last = behind;
    at = behind + 1;
  }
  if (ODD_IN_BLOCK.test(text.slice(from, last))) giveUp();
  cursor.at = Math.min(at, end);
  toContent(cursor);
  return { begin, from, last, margin };
}

function isBlankLine({ text, end }: Cursor, from: number): boolean {
  let at = from;
  while (at < end && text.charCodeAt(at) === 32) at++;
  return at >= end || text.charCodeAt(at) === 10;
}
