import type { PlainValue } from '../json/value.ts';
import type { Cursor } from './quick-line.ts';
import { enter, giveUp, isOdd } from './quick-line.ts';
import { canBeginPlain, quoted } from './quick-scalars.ts';
import { resolvePlain } from './scalars.ts';

/** A list or mapping in brackets on one line, with a value for each key and no comma behind the last part. */
export function flow(cursor: Cursor): PlainValue {
  enter(cursor);
  const result = cursor.text.charCodeAt(cursor.at) === 91 ? flowList(cursor) : flowMapping(cursor);
  cursor.depth--;
  return result;
}

function flowList(cursor: Cursor): PlainValue {
  const items: PlainValue[] = [];
  cursor.at++;
  if (skipTo(cursor) === 93) {
    cursor.at++;
    return items;
  }
  do items.push(flowValue(cursor));
  while (isNext(cursor, 93));
  return items;
}

function flowMapping(cursor: Cursor): PlainValue {
  const result: Record<string, PlainValue> = {};
  cursor.at++;
  if (skipTo(cursor) === 125) {
    cursor.at++;
    return result;
  }
  do {
    const code = skipTo(cursor);
    const key = code === 34 || code === 39 ? quoted(cursor) : resolvePlain(flowText(cursor));
    if (typeof key !== 'string' || result[key] !== undefined || key === '<<' || skipTo(cursor) !== 58) giveUp();
    cursor.at++;
    result[key] = flowValue(cursor);
  } while (isNext(cursor, 125));
  return result;
}

function flowValue(cursor: Cursor): PlainValue {
  switch (skipTo(cursor)) {
    case 34:
    case 39:
      return quoted(cursor);
    case 91:
    case 123:
      return flow(cursor);
    default:
      return resolvePlain(flowText(cursor));
  }
}

function flowText(cursor: Cursor): string {
  const { text, end, at: start } = cursor;
  if (!canBeginPlain(cursor, start)) giveUp();
  let at = start;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    if (isFlowIndicator(code)) break;
    if (code === 58) {
      const following = at + 1 < end ? text.charCodeAt(at + 1) : 10;
      if (following <= 32 || isFlowIndicator(following)) break;
    } else if (code === 35 || isOdd(code)) giveUp();
  }
  cursor.at = at;
  let last = at;
  while (text.charCodeAt(last - 1) === 32) last--;
  return text.slice(start, last);
}

/** Whether a comma follows, and not the bracket that closes. */
function isNext(cursor: Cursor, close: number): boolean {
  const code = skipTo(cursor);
  cursor.at++;
  if (code === close) return false;
  if (code !== 44) giveUp();
  return true;
}

/** The next character but blanks. */
function skipTo(cursor: Cursor): number {
  const { text, end } = cursor;
  while (cursor.at < end && text.charCodeAt(cursor.at) === 32) cursor.at++;
  if (cursor.at >= end) giveUp();
  return text.charCodeAt(cursor.at);
}

function isFlowIndicator(code: number): boolean {
  return code === 44 || code === 91 || code === 93 || code === 123 || code === 125;
}
