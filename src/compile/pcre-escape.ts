import type { RegexReader } from './pcre.ts';
import { RegexProblem } from './pcre.ts';

/** Letters that stand for a set of characters, or for one. */
const SETS = new Set('dDhHNRsSvVwWX');
const SINGLE = new Set('aefnrt');
/** Letters that stand for a position. */
const POSITIONS = new Set('AbBGKzZ');

/** Reads what follows a backslash outside a class; returns whether it can be repeated. */
export function readEscape(reader: RegexReader): 'atom' | 'assertion' {
  const character = reader.source[reader.position];
  if (character === undefined) throw new RegexProblem('it ends in a backslash');
  reader.position += 1;
  if (/[1-9]/.test(character)) {
    reader.highestReference = Math.max(reader.highestReference, Number(character));
    if (/\d/.test(reader.source[reader.position] ?? ''))
      throw new RegexProblem(`"\\${character}…" names a group above 9`);
    return 'atom';
  }
  if (POSITIONS.has(character)) return 'assertion';
  if (SETS.has(character) || SINGLE.has(character)) return 'atom';
  if (character === 'x') return readHex(reader);
  if (/[A-Za-z]/.test(character)) throw new RegexProblem(`nginx does not know "\\${character}" there`);
  return 'atom';
}

/** `\x41`, `\x4` and `\x` alone; `\x{…}` is bounded so that it stays one byte. */
export function readHex(reader: RegexReader): 'atom' {
  if (reader.source[reader.position] !== '{') return 'atom';
  const found = /^\{[0-9A-Fa-f]{1,2}\}/.exec(reader.source.slice(reader.position, reader.position + 5));
  if (found === null) throw new RegexProblem('"\\x{…}" takes one or two hexadecimal digits');
  reader.position += found[0].length;
  return 'atom';
}
