import { readHex } from './pcre-escape.ts';
import type { RegexReader } from './pcre.ts';
import { RegexProblem } from './pcre.ts';

const POSIX = /^\[:\^?(?:alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit):\]/;
/** Letters that stand for a set of characters in a class: no end of a range. */
const SETS = new Set('dDhHsSvVwW');
const SINGLE: Readonly<Record<string, number>> = { a: 7, b: 8, e: 27, f: 12, n: 10, r: 13, t: 9 };

/** Reads one member of a class: the code of a character, or undefined for a set of several. */
function readMember(reader: RegexReader): number | undefined {
  const rest = reader.source.slice(reader.position, reader.position + 16);
  if (/^\[[:.=]/.test(rest)) {
    const named = POSIX.exec(rest);
    if (named === null && /^\[[:.=][^\]]*[:.=]\]/.test(rest))
      throw new RegexProblem(`it has an unknown class in "${rest}"`);
    if (named !== null) {
      reader.position += named[0].length;
      return undefined;
    }
  }
  const code = reader.source.codePointAt(reader.position) ?? 0;
  reader.position += code > 0xffff ? 2 : 1;
  return code === 92 ? readEscapedMember(reader) : code;
}

function readEscapedMember(reader: RegexReader): number | undefined {
  const character = reader.source[reader.position];
  if (character === undefined) throw new RegexProblem('it ends in a backslash');
  reader.position += 1;
  if (SETS.has(character)) return undefined;
  if (character === 'x') {
    readHex(reader);
    throwIfRange(reader, '\\x');
    return undefined;
  }
  if (/[0-9]/.test(character)) {
    throwIfRange(reader, `\\${character}`);
    return undefined;
  }
  const single = SINGLE[character];
  if (single === undefined && /[A-Za-z]/.test(character))
    throw new RegexProblem(`nginx does not know "\\${character}" in a class`);
  return single ?? character.charCodeAt(0);
}

/** A code in octal or hexadecimal as the begin of a range is too rare to be worth reading. */
function throwIfRange(reader: RegexReader, text: string): void {
  if (reader.source[reader.position] === '-') throw new RegexProblem(`a range begins with "${text}"`);
}

/** Reads a class from behind its `[` to behind its `]`. A `]` at its begin is a member. */
export function readClass(reader: RegexReader): void {
  if (reader.source[reader.position] === '^') reader.position += 1;
  let isFirst = true;
  while (isFirst || reader.source[reader.position] !== ']') {
    if (reader.position >= reader.source.length) throw new RegexProblem('a "[" is not closed');
    isFirst = false;
    const from = readMember(reader);
    const [dash, next] = [reader.source[reader.position], reader.source[reader.position + 1]];
    if (dash !== '-' || next === ']') continue;
    if (next === undefined) throw new RegexProblem('a "[" is not closed');
    reader.position += 1;
    const to = readMember(reader);
    if (from === undefined || to === undefined) throw new RegexProblem('a range in "[…]" has no end, or no begin');
    if (from > to) throw new RegexProblem('a range in "[…]" is in the wrong order');
  }
  reader.position += 1;
}
