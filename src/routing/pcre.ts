import { isVariableOfNginx } from './nginx-variables.ts';
import { readClass } from './pcre-class.ts';
import { readEscape } from './pcre-escape.ts';
import type { RegexReader } from './pcre-reader.ts';
import { refer, RegexProblem, take, takeNamedSet } from './pcre-reader.ts';

const OPENINGS = /\?(?:[:>]|<?[=!]|#[^)]*(?=\))|(?:[imsU]+|[imsU]*-[imsU]+)[:)])/y;
const NAMED = /\?(?:P?<(\w+)>|'(\w+)')/y;
const REFERENCE = /\?P=(\w+)\)/y;
/** PCRE takes no longer names before version 10.44. */
const LONGEST_NAME = 32;
const QUANTIFIER = /(?:[*+?]|\{(\d+)(?:(,)(\d*))?\})/y;
/** What PCRE reads as a quantifier from version 10.43 on, and as text before. */
const NEW_QUANTIFIER = /\{[ \t]*(?:\d+[ \t]*(?:,[ \t]*\d*[ \t]*)?|,[ \t]*\d+[ \t]*)\}/y;

/** PCRE takes 250 nested groups, and 64 KiB of compiled code. Both are kept away from. */
const DEEPEST = 200;
const LARGEST = 50_000;
/** Bytes of compiled code, rounded up: of a character, a class, a group, a repetition. */
const SIZE = { character: 4, class: 36, group: 16, repetition: 20 };

/** What has just been read, as far as it matters for a quantifier behind it: nothing that one could repeat, or what. */
type Item = 'nothing' | 'single' | 'group';

/** A group that is open; the first one is the whole expression. */
interface Level {
  /** Takes neither repetition nor alternatives here: PCRE needs a fixed length. */
  readonly isLookbehind: boolean;
  /** Of the compiled code. */
  size: number;
  /** The part of it that a quantifier would repeat. */
  last: number;
}

/** An expression in the course of being read. */
interface Reading {
  readonly reader: RegexReader;
  readonly outer: Level[];
  level: Level;
}

function grow(level: Level, size: number): void {
  level.last = size;
  level.size += size;
  if (level.size > LARGEST) throw new RegexProblem('it is too large once its repetitions are written out');
}

function open(reading: Reading, isLookbehind: boolean): Item {
  if (reading.outer.length >= DEEPEST) throw new RegexProblem(`it has more than ${DEEPEST} nested groups`);
  reading.outer.push(reading.level);
  reading.level = { isLookbehind: isLookbehind || reading.level.isLookbehind, size: SIZE.group, last: 0 };
  return 'nothing';
}

function close(reading: Reading): Item {
  const parent = reading.outer.pop();
  if (parent === undefined) throw new RegexProblem('unmatched ")"');
  grow(parent, reading.level.size);
  reading.level = parent;
  return 'group';
}

function openGroup(reading: Reading): Item {
  const { reader } = reading;
  if (reader.source[reader.position] === '*') throw new RegexProblem('it has a verb such as (*ACCEPT)');
  if (reader.source[reader.position] !== '?') {
    reader.groups += 1;
    return open(reading, false);
  }
  const begin = reader.position;
  const found = take(OPENINGS, reader);
  if (found === null) {
    const [named, name = '', other = name] = take(NAMED, reader) ?? [];
    if (named !== undefined) return openNamed(name === '' ? other : name, begin, reading);
    const [reference, referred = ''] = take(REFERENCE, reader) ?? [];
    if (reference === undefined) throw new RegexProblem('it has a kind of group that ingress2nginx does not support');
    if (reading.level.isLookbehind) throw new RegexProblem('a look-behind has no fixed length');
    refer(referred, begin - 1, reader);
    grow(reading.level, SIZE.character);
    return 'single';
  }
  if (found[0].endsWith(')')) return 'nothing';
  if (!found[0].startsWith('?#')) return open(reading, found[0].startsWith('?<'));
  reader.position += 1;
  return 'nothing';
}

/**
 * nginx makes a variable of a name; what we write has the number of the group alone, so that none can be overwritten.
 */
function openNamed(name: string, begin: number, reading: Reading): Item {
  const { reader } = reading;
  if (/^\d/.test(name) || name.length > LONGEST_NAME) throw new RegexProblem(`invalid group name "${name}"`);
  if (isVariableOfNginx(name)) throw new RegexProblem(`the group "${name}" has the name of a variable of nginx`);
  if (reader.names.has(name)) throw new RegexProblem(`two groups have the name "${name}"`);
  reader.groups += 1;
  if (reader.groups > 9) throw new RegexProblem(`the named group "${name}" is not one of the first nine groups`);
  reader.names.set(name, reader.groups);
  reader.edits.push({ begin, end: reader.position, text: '' });
  return open(reading, false);
}

function quantify(found: RegExpExecArray, before: Item, { reader, level }: Reading): Item {
  if (before === 'nothing') throw new RegexProblem(`there is nothing to repeat before "${found[0]}"`);
  if (level.isLookbehind) throw new RegexProblem('it repeats something in a look-behind');
  const [, least = '1', comma, most = ''] = found;
  const [from, to] = [Number(least), most === '' ? Number(least) : Number(most)];
  if (from > 65_535 || to > 65_535) throw new RegexProblem(`"${found[0]}" repeats too often`);
  if (from > to) throw new RegexProblem(`"${found[0]}" has its numbers in the wrong order`);
  const copies = before === 'single' ? 1 : Math.max(to, 1) + (comma === undefined ? 0 : 1);
  grow(level, copies * (level.last + SIZE.repetition));
  const next = reader.source[reader.position];
  if (next === '?' || next === '+') reader.position += 1;
  return 'nothing';
}

function readEscaped({ reader, level }: Reading): Item {
  const escape = readEscape(reader);
  if (escape === 'sequence' && level.isLookbehind) throw new RegexProblem('a look-behind has no fixed length');
  grow(level, SIZE.character);
  return escape === 'position' ? 'nothing' : 'single';
}

function readSet({ reader, level }: Reading): Item {
  reader.position -= 1;
  if (takeNamedSet(reader)) throw new RegexProblem('a class such as [:alpha:] must stand in another pair of brackets');
  reader.position += 1;
  const begin = reader.position;
  readClass(reader);
  // Properties are kept one by one beside the table of bytes.
  const properties = reader.source.slice(begin, reader.position).match(/\\[pP]/g)?.length ?? 0;
  grow(level, SIZE.class + (properties === 0 ? 0 : 8 + properties * SIZE.character));
  return 'single';
}

function branch({ level }: Reading): Item {
  if (level.isLookbehind) throw new RegexProblem('it has alternatives in a look-behind');
  grow(level, SIZE.character);
  return 'nothing';
}

/** Reads one construct; returns what a quantifier behind it would repeat. */
function step(reading: Reading, before: Item): Item {
  const { reader, level } = reading;
  const quantifier = take(QUANTIFIER, reader);
  if (quantifier !== null) return quantify(quantifier, before, reading);
  const unclear = take(NEW_QUANTIFIER, reader);
  if (unclear !== null) throw new RegexProblem(`what "${unclear[0]}" means depends on the version of PCRE`);
  const character = reader.source[reader.position] ?? '';
  reader.position += 1;
  switch (character) {
    case '(':
      return openGroup(reading);
    case ')':
      return close(reading);
    case '[':
      return readSet(reading);
    case '\\':
      return readEscaped(reading);
    case '|':
      return branch(reading);
    case '^':
    case '$':
      grow(level, SIZE.character);
      return 'nothing';
    default:
      // A letter beyond ASCII is several characters to nginx, of which a quantifier repeats the last.
      grow(level, SIZE.character * (character > '\u007f' ? 3 : 1));
      return 'single';
  }
}

/** What a regular expression comes to. */
export interface ReadRegex {
  /** Why nginx would refuse it; undefined if it takes it. */
  readonly problem: string | undefined;
  /** The same without names of groups: groups and references to them have numbers. */
  readonly text: string;
  /** Groups that had a name, by their number. */
  readonly names: ReadonlyMap<string, number>;
}

/**
 * Reads a regular expression. Stricter than PCRE where a construct could harm, means one thing here and another there, or
 * is too rare to be worth a check: it never passes what nginx refuses, which a test holds against nginx.
 * Source: pcre2pattern(3) and pcre2limit(3) of PCRE2 10.42.
 */
export function readRegex(source: string): ReadRegex {
  const reader: RegexReader = { source, position: 0, groups: 0, highestReference: 0, names: new Map(), edits: [] };
  const reading: Reading = { reader, outer: [], level: { isLookbehind: false, size: SIZE.group, last: 0 } };
  let before: Item = 'nothing';
  try {
    while (reader.position < source.length) before = step(reading, before);
    if (reading.outer.length > 0) throw new RegexProblem('unclosed "("');
    if (reader.highestReference > reader.groups) throw new RegexProblem(`there is no group ${reader.highestReference}`);
    return { problem: undefined, text: edited(reader), names: reader.names };
  } catch (error) {
    if (error instanceof RegexProblem) return { problem: error.message, text: source, names: reader.names };
    throw error;
  }
}

function edited({ source, edits }: RegexReader): string {
  let text = '';
  let done = 0;
  for (const edit of edits) {
    text += source.slice(done, edit.begin) + edit.text;
    done = edit.end;
  }
  return text + source.slice(done);
}

/** Why nginx would refuse a regular expression; undefined if it takes it. */
export function problemOfRegex(source: string): string | undefined {
  return readRegex(source).problem;
}
