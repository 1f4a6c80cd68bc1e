import { readHex } from './pcre-escape.ts';
import { readProperty } from './pcre-property.ts';
import type { RegexReader } from './pcre-reader.ts';
import { RegexProblem, take, takeNamedSet } from './pcre-reader.ts';

/** Letters that stand for a set of characters in a class: no end of a range. */
const SETS = new Set('dDhHsSvVwW');
const SINGLE: ReadonlyMap<string, number> = new Map([
  ['a', 7],
  ['b', 8],
  ['e', 27],
  ['f', 12],
  ['n', 10],
  ['r', 13],
  ['t', 9],
]);

/** Digits of a code that has begun. */
const OCTAL_REST = /[0-7]{0,2}/y;
const HEX_REST = /[0-9A-Fa-f]{0,2}/y;

/**
 * Reads one member of a class: a byte, or undefined for what cannot end a range here. The other bytes of a letter are
 * members, too, and are left in `rest`.
 */
function readMember(reader: RegexReader, rest: number[]): number | undefined {
  const left = rest.shift();
  if (left !== undefined) return left;
  if (takeNamedSet(reader)) return undefined;
  const character = String.fromCodePoint(reader.source.codePointAt(reader.position) ?? 0);
  reader.position += character.length;
  return character === '\\' ? readEscapedMember(reader, rest) : firstByte(character, rest);
}

function firstByte(character: string, rest: number[]): number | undefined {
  const [first, ...others] = new TextEncoder().encode(character);
  rest.push(...others);
  return first;
}

/** Codes in octal or hexadecimal as an end of a range are too rare to be worth reading: they count as sets. */
function readEscapedMember(reader: RegexReader, rest: number[]): number | undefined {
  const code = reader.source.codePointAt(reader.position);
  if (code === undefined) throw new RegexProblem('it ends in a backslash');
  const character = String.fromCodePoint(code);
  reader.position += character.length;
  if (SETS.has(character)) return undefined;
  if (/[0-9]/.test(character)) {
    const [more = ''] = take(OCTAL_REST, reader) ?? [];
    if (character > '3' && more.length === 2) throw new RegexProblem(`"\\${character}${more}" is more than a byte`);
    return undefined;
  }
  if (character === 'p' || character === 'P') {
    readProperty(reader);
    return undefined;
  }
  if (character === 'x') {
    if (reader.source[reader.position] === '{') readHex(reader);
    else take(HEX_REST, reader);
    return undefined;
  }
  const single = SINGLE.get(character);
  if (single === undefined && /[A-Za-z]/.test(character)) {
    throw new RegexProblem(`"\\${character}" is not supported in a class`);
  }
  return single ?? firstByte(character, rest);
}

/**
 * Reads a class from behind its `[` to behind its `]`. A `]` at its begin is a member. nginx compares bytes, so that a
 * range of other letters than ASCII means something else than it seems to: from the last byte of one to the first of
 * the other.
 */
export function readClass(reader: RegexReader): void {
  if (reader.source[reader.position] === '^') reader.position += 1;
  let isFirst = true;
  const rest: number[] = [];
  while (isFirst || rest.length > 0 || reader.source[reader.position] !== ']') {
    if (rest.length === 0 && reader.position >= reader.source.length) throw new RegexProblem('unclosed "["');
    isFirst = false;
    const from = readMember(reader, rest);
    if (rest.length > 0) continue;
    const [dash, next] = [reader.source[reader.position], reader.source[reader.position + 1]];
    if (dash !== '-' || next === ']') continue;
    if (next === undefined) throw new RegexProblem('unclosed "["');
    reader.position += 1;
    const to = readMember(reader, rest);
    if (from === undefined || to === undefined) throw new RegexProblem('a range in "[…]" has no end, or no begin');
    if (from > to) throw new RegexProblem('a range in "[…]" is in the wrong order');
  }
  reader.position += 1;
}
