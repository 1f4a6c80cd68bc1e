import type { ByteSet } from './byte-set.ts';
import { addRange, addSet, complementOf, emptySet, escapedSet, namedSet, propertySet } from './byte-set.ts';
import { UnclearRegex } from './pcre-tree.ts';

/** The text of an expression, a byte for each character, and how far it has been read. */
export interface RegexText {
  readonly source: string;
  position: number;
}

/** What a sticky pattern finds at the position, which then is behind it. */
export function takeText(pattern: RegExp, text: RegexText): RegExpExecArray | undefined {
  pattern.lastIndex = text.position;
  const found = pattern.exec(text.source) ?? undefined;
  if (found !== undefined) text.position = pattern.lastIndex;
  return found;
}

/** The character at the position, which then is behind it. */
export function takeCharacter(text: RegexText): string {
  const character = text.source[text.position];
  if (character === undefined) throw new UnclearRegex('it ends too early');
  text.position += 1;
  return character;
}

const CONTROLS: ReadonlyMap<string, number> = new Map([
  ['a', 7],
  ['e', 27],
  ['f', 12],
  ['n', 10],
  ['r', 13],
  ['t', 9],
]);
const OCTAL = /[0-7]{0,2}/y;
const HEX = /\{([0-9A-Fa-f]{1,2})\}|(?!\{)([0-9A-Fa-f]{0,2})/y;
const PROPERTY = /([A-Z])|\{(\^?)([A-Za-z_&]+)\}/y;

/** The byte of an escape whose letter has been read; undefined for letters that stand for something else. */
export function escapedByte(letter: string, text: RegexText): number | undefined {
  const control = CONTROLS.get(letter);
  if (control !== undefined) return control;
  if (letter === 'x') {
    const [, braced, plain = braced] = takeText(HEX, text) ?? [];
    if (plain === undefined) throw new UnclearRegex('a code of more than one byte');
    return plain === '' ? 0 : Number.parseInt(plain, 16);
  }
  if (letter >= '0' && letter <= '7') {
    const [digits = ''] = takeText(OCTAL, text) ?? [];
    const code = Number.parseInt(letter + digits, 8);
    if (code > 255) throw new UnclearRegex('a code of more than one byte');
    return code;
  }
  return /[A-Za-z]/.test(letter) ? undefined : letter.charCodeAt(0);
}

/** The set of a property, behind `\p` or `\P`. */
export function readPropertySet(letter: string, text: RegexText): ByteSet {
  const [, single, not = '', name = single ?? ''] = takeText(PROPERTY, text) ?? [];
  const set = propertySet(name);
  if (set === undefined) throw new UnclearRegex(`the property ${name}`);
  return (letter === 'P') === (not === '^') ? set : complementOf(set);
}

/** A byte, which may begin or end a range, or a set. */
type Member = number | ByteSet;

const NAMED = /\[:(\^?)([a-z]+):\]/y;
/** What PCRE may take for the begin of a named class that it does not have. */
const DOUBTFUL = /\[[.=:]/y;

function readMember(text: RegexText, isCaseless: boolean): Member {
  const [named, not, name = ''] = takeText(NAMED, text) ?? [];
  if (named !== undefined) {
    const set = namedSet(name, isCaseless);
    if (set === undefined) throw new UnclearRegex(`the class ${name}`);
    return not === '^' ? complementOf(set) : set;
  }
  if (isDoubtful(text)) throw new UnclearRegex('a class within a class');
  const character = takeCharacter(text);
  if (character !== '\\') return character.charCodeAt(0);
  const letter = takeCharacter(text);
  if (letter === 'b') return 8;
  if (letter === 'p' || letter === 'P') return readPropertySet(letter, text);
  const member = (letter === 'N' ? undefined : escapedSet(letter)) ?? escapedByte(letter, text);
  if (member === undefined) throw new UnclearRegex(`\\${letter} in a class`);
  return member;
}

/** Whether PCRE finds an end of what begins like a named class: a text up to it, without `]` or another begin. */
function isDoubtful(text: RegexText): boolean {
  const begin = text.position;
  const [found] = takeText(DOUBTFUL, text) ?? [];
  text.position = begin;
  if (found === undefined) return false;
  const mark = found.slice(1);
  const rest = text.source.slice(begin + 2);
  const end = rest.indexOf(`${mark}]`);
  return end >= 0;
}

/** Reads a class from behind its `[` to behind its `]`. */
export function readSet(text: RegexText, isCaseless: boolean): ByteSet {
  const isNegated = takeText(/\^/y, text) !== undefined;
  const set = emptySet();
  let isFirst = true;
  while (isFirst || text.source[text.position] !== ']') {
    isFirst = false;
    const member = readMember(text, isCaseless);
    const [dash, next] = [text.source[text.position], text.source[text.position + 1]];
    const isRange = dash === '-' && next !== ']';
    if (!isRange) addMember(set, member, member, isCaseless);
    else {
      text.position += 1;
      addMember(set, member, readMember(text, isCaseless), isCaseless);
    }
  }
  text.position += 1;
  return isNegated ? complementOf(set) : set;
}

function addMember(set: ByteSet, from: Member, until: Member, isCaseless: boolean): void {
  if (typeof from === 'number' && typeof until === 'number') {
    if (from > until) throw new UnclearRegex('a range in the wrong order');
    addRange(set, from, until, isCaseless);
  } else if (from === until && typeof from === 'object') addSet(set, from);
  else throw new UnclearRegex('a set as an end of a range');
}
