import type { RegexReader } from './pcre-reader.ts';
import { readProperty } from './pcre-property.ts';
import { refer, RegexProblem, take } from './pcre-reader.ts';

/** Letters that stand for a set of characters, or for one. */
const SETS = new Set('dDhHNsSvVwW');
const SINGLE = new Set('aefnrt');
/** Letters that stand for text of any length. */
const SEQUENCES = new Set('RX');
/** Letters that stand for a position. */
const POSITIONS = new Set('AbBGzZ');

/** The name of a group as `\k` takes it. */
const NAME = /(<\w+>|\{\w+\}|'\w+')/y;

/** What an escape stands for: a character, text whose length is not fixed, or a position. */
export type Escape = 'character' | 'sequence' | 'position';

/** Reads what follows a backslash outside a class. */
export function readEscape(reader: RegexReader): Escape {
  const character = reader.source[reader.position];
  if (character === undefined) throw new RegexProblem('it ends in a backslash');
  reader.position += 1;
  if (/[1-9]/.test(character)) return readReference(character, reader);
  if (POSITIONS.has(character)) return 'position';
  if (SEQUENCES.has(character)) return 'sequence';
  if (SETS.has(character) || SINGLE.has(character)) {
    // `\N{name}` is no `\N` in front of a brace.
    if (character !== 'N' || reader.source[reader.position] !== '{') return 'character';
    throw new RegexProblem('"\\N{…}" is not supported');
  }
  if (character === 'x') return readHex(reader);
  if (character === 'k') return readNamedReference(reader);
  if (character === 'p' || character === 'P') {
    readProperty(reader);
    return 'character';
  }
  if (/[A-Za-z]/.test(character)) throw new RegexProblem(`"\\${character}" is not supported there`);
  return 'character';
}

function readReference(digit: string, reader: RegexReader): Escape {
  reader.highestReference = Math.max(reader.highestReference, Number(digit));
  if (/\d/.test(reader.source[reader.position] ?? '')) throw new RegexProblem(`"\\${digit}…" names a group above 9`);
  return 'sequence';
}

/** What follows `\k`. The name is replaced, since the group loses it. */
function readNamedReference(reader: RegexReader): Escape {
  const begin = reader.position - 2;
  const [, name = ''] = take(NAME, reader) ?? [];
  refer(name.slice(1, -1), begin, reader);
  return 'sequence';
}

/** `\x41`, `\x4` and `\x` alone; `\x{…}` is bounded so that it stays one byte. */
export function readHex(reader: RegexReader): 'character' {
  if (reader.source[reader.position] !== '{') return 'character';
  const found = /^\{[0-9A-Fa-f]{1,2}\}/.exec(reader.source.slice(reader.position, reader.position + 5));
  if (found === null) throw new RegexProblem('"\\x{…}" takes one or two hexadecimal digits');
  reader.position += found[0].length;
  return 'character';
}
