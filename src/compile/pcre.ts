import { readClass } from './pcre-class.ts';
import { readEscape } from './pcre-escape.ts';

/** What has been read of a regular expression. */
export interface RegexReader {
  readonly source: string;
  position: number;
  groups: number;
  /** The highest group that a back reference names. */
  highestReference: number;
}

/** Thrown inside this module only, and caught by `problemOfRegex`. */
export class RegexProblem extends Error {}

const OPENINGS = /\?(?:[:>]|<?[=!]|#[^)]*(?=\))|(?:[imsU]+|[imsU]*-[imsU]+)[:)])/y;
const QUANTIFIER = /(?:[*+?]|\{(\d+)(?:,(\d*))?\})/y;

/** What a construct may be followed by. */
type Item = 'start' | 'atom' | 'assertion';

interface Level {
  /** `lookbehind` takes neither repetition nor alternatives here: nginx needs a fixed length. */
  readonly kind: 'group' | 'lookbehind';
}

function take(pattern: RegExp, reader: RegexReader): RegExpExecArray | null {
  pattern.lastIndex = reader.position;
  const found = pattern.exec(reader.source);
  if (found !== null) reader.position = pattern.lastIndex;
  return found;
}

function openGroup(reader: RegexReader, levels: Level[]): Item {
  const inLookbehind = levels.at(-1)?.kind === 'lookbehind';
  if (reader.source[reader.position] === '*') throw new RegexProblem('it has a verb such as (*ACCEPT)');
  if (reader.source[reader.position] !== '?') {
    reader.groups += 1;
    levels.push({ kind: inLookbehind ? 'lookbehind' : 'group' });
    return 'start';
  }
  const found = take(OPENINGS, reader);
  if (found === null) {
    const isNamed = /^\?P?[<']/.test(reader.source.slice(reader.position, reader.position + 3));
    throw new RegexProblem(
      isNamed
        ? 'it has a named group, which could overwrite a variable of nginx'
        : 'it has a kind of group that nginx does not know',
    );
  }
  if (found[0].endsWith(')')) return 'start';
  if (found[0].startsWith('?#')) {
    reader.position += 1;
    return 'start';
  }
  levels.push({ kind: inLookbehind || found[0].startsWith('?<') ? 'lookbehind' : 'group' });
  return 'start';
}

function quantify(found: RegExpExecArray, before: Item, level: Level | undefined, reader: RegexReader): void {
  if (before !== 'atom') throw new RegexProblem(`there is nothing that "${found[0]}" could repeat`);
  const [, least, most] = found;
  if (level?.kind === 'lookbehind') throw new RegexProblem('it repeats something in a look-behind');
  if (least !== undefined && Number(least) > 65_535) throw new RegexProblem(`"${found[0]}" repeats too often`);
  if (most !== undefined && most !== '' && (Number(most) > 65_535 || Number(most) < Number(least))) {
    throw new RegexProblem(`"${found[0]}" has its numbers in the wrong order, or too large ones`);
  }
  const next = reader.source[reader.position];
  if (next === '?' || next === '+') reader.position += 1;
}

/** Reads one construct; returns what it may be followed by. */
function step(reader: RegexReader, levels: Level[], before: Item): Item {
  const quantifier = take(QUANTIFIER, reader);
  if (quantifier !== null) {
    quantify(quantifier, before, levels.at(-1), reader);
    return 'assertion';
  }
  const character = reader.source[reader.position];
  reader.position += 1;
  switch (character) {
    case '(':
      return openGroup(reader, levels);
    case ')':
      if (levels.pop() === undefined) throw new RegexProblem('a ")" closes nothing');
      return 'atom';
    case '[':
      readClass(reader);
      return 'atom';
    case '\\':
      return readEscape(reader);
    case '|':
      if (levels.at(-1)?.kind === 'lookbehind') throw new RegexProblem('it has alternatives in a look-behind');
      return 'start';
    case '^':
    case '$':
      return 'assertion';
    default:
      return 'atom';
  }
}

/**
 * Why nginx would refuse a regular expression; undefined if it takes it. Stricter than PCRE where a construct could
 * harm (named groups set variables of nginx) or is too rare to be worth a check: it never passes what nginx refuses,
 * which a test holds against nginx.
 * Source: pcre2pattern(3) of PCRE2 10.42.
 */
export function problemOfRegex(source: string): string | undefined {
  const reader: RegexReader = { source, position: 0, groups: 0, highestReference: 0 };
  const levels: Level[] = [];
  let before: Item = 'start';
  try {
    while (reader.position < source.length) before = step(reader, levels, before);
    if (levels.length > 0) throw new RegexProblem('a "(" is not closed');
    if (reader.highestReference > reader.groups) throw new RegexProblem(`there is no group ${reader.highestReference}`);
    return undefined;
  } catch (error) {
    if (error instanceof RegexProblem) return error.message;
    throw error;
  }
}
