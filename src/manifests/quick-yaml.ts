import type { PlainValue } from '../json/value.ts';
import { flow } from './quick-flow.ts';
import type { Cursor } from './quick-line.ts';
import { endLine, enter, giveUp, isBlank, isUnusual, toContent } from './quick-line.ts';
import { keyAt, literal, plain, quoted } from './quick-scalars.ts';

/**
 * The value of one YAML document of the usual form; null of an empty one. Undefined when anything in it is unusual: then
 * nothing is known of it, not even whether it is YAML.
 */
export function quickRead(text: string, start: number, end: number): PlainValue | undefined {
  const cursor: Cursor = { text, end, at: start, indent: 0, depth: 0 };
  try {
    if (text.startsWith('---\n', start)) cursor.at += 4;
    toContent(cursor);
    if (cursor.indent === -1) return null;
    const value = block(cursor);
    return cursor.indent === -1 ? value : undefined;
  } catch (error) {
    if (isUnusual(error)) return undefined;
    throw error;
  }
}

/** What begins with the line: a list or a mapping. */
function block(cursor: Cursor): PlainValue {
  if (isEntry(cursor)) return list(cursor, cursor.indent);
  return mapping(cursor, cursor.indent, keyAt(cursor) ?? giveUp());
}

/** Whether an item of a list begins here. */
export function isEntry(cursor: Cursor): boolean {
  return cursor.text.charCodeAt(cursor.at) === 45 && isBlank(cursor, cursor.at + 1);
}

function mapping(cursor: Cursor, indent: number, firstKey: string): PlainValue {
  const result: Record<string, PlainValue> = {};
  enter(cursor);
  for (let key = firstKey; ; key = keyAt(cursor) ?? giveUp()) {
    // A key that is there twice, or one like `__proto__` or `constructor`.
    if (result[key] !== undefined) giveUp();
    result[key] = value(cursor, indent, true);
    if (cursor.indent !== indent) break;
  }
  if (cursor.indent > indent) giveUp();
  cursor.depth--;
  return result;
}

function list(cursor: Cursor, indent: number): PlainValue {
  const items: PlainValue[] = [];
  enter(cursor);
  do {
    cursor.at++;
    items.push(item(cursor, indent));
  } while (cursor.indent === indent && isEntry(cursor));
  if (cursor.indent > indent) giveUp();
  cursor.depth--;
  return items;
}

/** Reads what stands behind a `- `: also a list or mapping that begins in the same line. */
export function item(cursor: Cursor, indent: number): PlainValue {
  const { text, end, at: from } = cursor;
  let { at } = cursor;
  while (at < end && text.charCodeAt(at) === 32) at++;
  const column = indent + 1 + at - from;
  if (at >= end) return value(cursor, indent, false);
  cursor.at = at;
  if (isEntry(cursor)) return list(cursor, column);
  const key = keyAt(cursor);
  if (key !== undefined) return mapping(cursor, column, key);
  cursor.at = from;
  return value(cursor, indent, false);
}

/** Reads what stands behind a key or a `-`. A list may be as far to the left as its key. */
export function value(cursor: Cursor, indent: number, isOfKey: boolean): PlainValue {
  const { text, end } = cursor;
  let { at } = cursor;
  while (at < end && text.charCodeAt(at) === 32) at++;
  switch (at < end ? text.charCodeAt(at) : 10) {
    case 10:
    case 35:
      endLine(cursor, at);
      if (cursor.indent > indent) return block(cursor);
      return isOfKey && cursor.indent === indent && isEntry(cursor) ? list(cursor, indent) : null;
    case 34:
    case 39: {
      cursor.at = at;
      const content = quoted(cursor);
      endLine(cursor, cursor.at);
      return content;
    }
    case 91:
    case 123: {
      cursor.at = at;
      const content = flow(cursor);
      endLine(cursor, cursor.at);
      return content;
    }
    case 124:
      cursor.at = at;
      return literal(cursor, indent);
    default:
      cursor.at = at;
      return plain(cursor);
  }
}
