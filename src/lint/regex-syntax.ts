/** One character of a text against one of an expression; both in lower case. */
export type CharacterTest = (character: string) => boolean;

/** The part of regular expressions that is understood here. What has a number of times has been written out. */
export type Syntax =
  | { readonly kind: 'character'; readonly test: CharacterTest; readonly literal?: string }
  | { readonly kind: 'sequence'; readonly parts: readonly Syntax[] }
  | { readonly kind: 'choice'; readonly branches: readonly Syntax[] }
  | { readonly kind: 'repeat'; readonly of: Syntax }
  /** Matches nothing that goes on: `$`. */
  | { readonly kind: 'never' };

/** Thrown at what is not understood, and caught by `readSyntax`. */
class NotUnderstood extends Error {}

interface Reading {
  readonly source: string;
  position: number;
  /** Nodes made so far: an expression that is written out to many is not worth it. */
  size: number;
}

const LARGEST = 300;
const EMPTY: Syntax = { kind: 'sequence', parts: [] };
const QUANTIFIER = /(?:[*+?]|\{(\d+)(?:(,)(\d*))?\})/y;
const ESCAPED_SETS: Readonly<Record<string, RegExp>> = { d: /\d/, w: /\w/, s: /\s/, D: /\D/, W: /\W/, S: /\S/ };

function take(pattern: RegExp, reading: Reading): RegExpExecArray | undefined {
  pattern.lastIndex = reading.position;
  const found = pattern.exec(reading.source) ?? undefined;
  if (found !== undefined) reading.position = pattern.lastIndex;
  return found;
}

function next(reading: Reading): string {
  const character = reading.source[reading.position];
  if (character === undefined || character > '\u007f') throw new NotUnderstood();
  reading.position += 1;
  return character;
}

function counted(syntax: Syntax, reading: Reading, times = 1): Syntax {
  reading.size += times;
  if (reading.size > LARGEST) throw new NotUnderstood();
  return syntax;
}

function literal(character: string): Syntax {
  const lower = character.toLowerCase();
  return { kind: 'character', test: other => other === lower, literal: lower };
}

function readEscape(reading: Reading): Syntax {
  const character = next(reading);
  const set = ESCAPED_SETS[character];
  if (set !== undefined) return { kind: 'character', test: other => set.test(other) };
  if (/\w/.test(character)) throw new NotUnderstood();
  return literal(character);
}

/** The inside of a class, which JavaScript reads like PCRE as long as it holds no class of a name. */
const CLASS = /\[(\^?)(\]?(?:\\[^A-Za-z0-9]|\\[dws]|[^\\[\]])*)\]/y;

function readClass(reading: Reading): Syntax {
  reading.position -= 1;
  const found = take(CLASS, reading);
  const [, not = '', inside = ''] = found ?? [];
  if (inside === '' || /[^\u0020-\u007e]/.test(inside)) throw new NotUnderstood();
  const set = new RegExp(`[${not}${inside.startsWith(']') ? '\\' : ''}${inside}]`, 'i');
  return { kind: 'character', test: other => set.test(other) };
}

function readGroup(reading: Reading): Syntax {
  if (take(/\?/y, reading) !== undefined && take(/:/y, reading) === undefined) throw new NotUnderstood();
  const inside = readChoice(reading);
  if (next(reading) !== ')') throw new NotUnderstood();
  return inside;
}

function readAtom(reading: Reading): Syntax {
  const character = next(reading);
  switch (character) {
    case '(':
      return readGroup(reading);
    case '[':
      return readClass(reading);
    case '\\':
      return readEscape(reading);
    case '.':
      return { kind: 'character', test: other => other !== '\n' };
    case '$':
      return { kind: 'never' };
    case '^':
    case '*':
    case '+':
    case '?':
    case '{':
      throw new NotUnderstood();
    default:
      return literal(character);
  }
}

function optional(syntax: Syntax): Syntax {
  return { kind: 'choice', branches: [syntax, EMPTY] };
}

/** A quantifier behind an atom, written out. */
function quantified(atom: Syntax, reading: Reading): Syntax {
  const found = take(QUANTIFIER, reading);
  if (found === undefined) return atom;
  if (take(/\+/y, reading) !== undefined) throw new NotUnderstood();
  take(/\?/y, reading);
  const [text, least = '', comma, most = ''] = found;
  if (text === '*') return { kind: 'repeat', of: atom };
  if (text === '?') return optional(atom);
  if (text === '+') return { kind: 'sequence', parts: [atom, counted({ kind: 'repeat', of: atom }, reading)] };
  const from = Number(least);
  const rest = most === '' ? 0 : Number(most) - from;
  counted(atom, reading, from + Math.max(rest, 0) + 1);
  const parts = Array.from({ length: from }, () => atom);
  if (comma !== undefined && most === '') parts.push({ kind: 'repeat', of: atom });
  for (let index = 0; index < rest; index += 1) parts.push(optional(atom));
  return { kind: 'sequence', parts };
}

function readSequence(reading: Reading): Syntax {
  const parts: Syntax[] = [];
  while (reading.position < reading.source.length && !/[|)]/.test(reading.source[reading.position] ?? '')) {
    const begin = reading.size;
    const atom = counted(readAtom(reading), reading);
    const times = reading.size - begin;
    const whole = quantified(atom, reading);
    // What a group holds counts as often as it is written out.
    if (whole.kind === 'sequence' && atom.kind !== 'character') counted(whole, reading, times * whole.parts.length);
    parts.push(whole);
  }
  return { kind: 'sequence', parts };
}

function readChoice(reading: Reading): Syntax {
  const branches = [readSequence(reading)];
  while (take(/\|/y, reading) !== undefined) branches.push(readSequence(reading));
  const [only] = branches;
  return branches.length === 1 && only !== undefined ? only : { kind: 'choice', branches };
}

/** Reads an expression as far as it is simple enough to be sure of; undefined if it is not. */
export function readSyntax(source: string): Syntax | undefined {
  const reading: Reading = { source, position: 0, size: 0 };
  try {
    const syntax = readChoice(reading);
    return reading.position === source.length ? syntax : undefined;
  } catch (error) {
    if (error instanceof NotUnderstood) return undefined;
    throw error;
  }
}
