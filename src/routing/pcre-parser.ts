import { ANY_BYTE, escapedSet, singleByte } from './byte-set.ts';
import { changedFlags } from './pcre-flags.ts';
import type { Flags } from './pcre-flags.ts';
import { readQuantifier, repeated } from './pcre-quantifier.ts';
import { escapedByte, readPropertySet, readSet, takeCharacter, takeText } from './pcre-set-parser.ts';
import type { RegexText } from './pcre-set-parser.ts';
import { atomicOf, EMPTY_NODE, UnclearRegex } from './pcre-tree.ts';
import type { RegexNode, RegexPosition } from './pcre-tree.ts';

interface Parsing extends RegexText {
  flags: Flags;
  groups: number;
  highestReference: number;
  /** Those that are being read. */
  readonly open: Set<number>;
  /** The letters of sets such as `\d` outside of classes. */
  readonly sets: Set<string>;
  depth: number;
  readonly names: Map<string, number>;
}

export interface ParsedRegex {
  readonly tree: RegexNode;
  /** How many groups it has. */
  readonly groups: number;
  readonly names: ReadonlyMap<string, number>;
}

/** PCRE takes 250. */
const DEEPEST = 250;

/** A group, or a mark that PCRE reads as nothing. */
type Special = { readonly node: RegexNode; readonly isRepeatable: boolean };

const NOTHING: Special = { node: EMPTY_NODE, isRepeatable: false };
const ONLY_FLAGS = /\?([imsU]*)(?:-([imsU]+))?\)/y;
const WITH_FLAGS = /\?([imsU]*)(?:-([imsU]+))?:/y;
const COMMENT = /\?#[^)]*\)/y;
const NAMED = /\?(?:P?<([A-Za-z_]\w*)>|'([A-Za-z_]\w*)')/y;
const NAMED_REFERENCE = /\?P=(\w+)\)/y;
const LOOK = /\?(<?)([=!])/y;
/** What newer versions of PCRE2 read as quantifiers, and this one as text. */
const DOUBTFUL_QUANTIFIER = /\{[ \t]*(?:\d+[ \t]*(?:,[ \t]*\d*[ \t]*)?|,[ \t]*\d+[ \t]*)\}/y;

/** What stands up to the `)` of a group, whose options end with it. */
function readInside(parsing: Parsing): RegexNode {
  const { flags } = parsing;
  parsing.depth += 1;
  if (parsing.depth > DEEPEST) throw new UnclearRegex('too many nested groups');
  const node = readChoice(parsing);
  if (takeCharacter(parsing) !== ')') throw new UnclearRegex('unclosed "("');
  parsing.depth -= 1;
  parsing.flags = flags;
  return node;
}

function readCapturing(parsing: Parsing, name?: string): RegexNode {
  parsing.groups += 1;
  const number = parsing.groups;
  if (name !== undefined) {
    if (parsing.names.has(name)) throw new UnclearRegex('two groups of one name');
    parsing.names.set(name, number);
  }
  parsing.open.add(number);
  const of = readInside(parsing);
  parsing.open.delete(number);
  return { kind: 'group', number, of };
}

function readGroup(parsing: Parsing): Special {
  const { source, position, flags } = parsing;
  if (source[position] === '*') throw new UnclearRegex('a verb');
  if (source[position] !== '?') return { node: readCapturing(parsing), isRepeatable: true };
  if (takeText(COMMENT, parsing) !== undefined) return NOTHING;
  const only = takeText(ONLY_FLAGS, parsing);
  if (only !== undefined) {
    parsing.flags = changedFlags(flags, only[1] ?? '', only[2] ?? '');
    return NOTHING;
  }
  return { node: readSpecialGroup(parsing), isRepeatable: true };
}

function readSpecialGroup(parsing: Parsing): RegexNode {
  const { flags } = parsing;
  const withFlags = takeText(WITH_FLAGS, parsing);
  if (withFlags !== undefined) {
    parsing.flags = changedFlags(flags, withFlags[1] ?? '', withFlags[2] ?? '');
    const node = readInside(parsing);
    parsing.flags = flags;
    return node;
  }
  const [named, name, other = name] = takeText(NAMED, parsing) ?? [];
  if (named !== undefined) return readCapturing(parsing, other);
  const [reference, referred = ''] = takeText(NAMED_REFERENCE, parsing) ?? [];
  if (reference !== undefined) return namedReference(referred, parsing);
  const [look, behind, sign] = takeText(LOOK, parsing) ?? [];
  if (look !== undefined) {
    return { kind: 'look', isBehind: behind === '<', isNegated: sign === '!', of: readInside(parsing) };
  }
  if (takeText(/\?>/y, parsing) !== undefined) return atomicOf(readInside(parsing));
  throw new UnclearRegex('a kind of group');
}

function namedReference(name: string, parsing: Parsing): RegexNode {
  const group = parsing.names.get(name);
  if (group === undefined) throw new UnclearRegex(`no group ${name}`);
  return reference(group, parsing);
}

/** Of a group that refers to itself, PCRE overlooks some matches when it estimates how long a text must be. */
function reference(group: number, parsing: Parsing): RegexNode {
  if (parsing.open.has(group)) throw new UnclearRegex('a group that refers to itself');
  parsing.highestReference = Math.max(parsing.highestReference, group);
  return { kind: 'reference', group, isCaseless: parsing.flags.isCaseless };
}

const POSITIONS: ReadonlyMap<string, RegexPosition> = new Map([
  ['A', 'begin'],
  ['G', 'begin'],
  ['b', 'word-edge'],
  ['B', 'no-word-edge'],
  ['Z', 'end'],
  ['z', 'very-end'],
]);

function positionOf(is: RegexPosition): Special {
  return { node: { kind: 'position', is }, isRepeatable: false };
}

function repeatable(node: RegexNode): Special {
  return { node, isRepeatable: true };
}

/** PCRE gives nothing back of a repeated property that is negated where another one follows, even if it should. */
function readProperty(letter: string, parsing: Parsing): Special {
  const isNegated = letter === 'P' || parsing.source.startsWith('{^', parsing.position);
  return { node: { kind: 'set', set: readPropertySet(letter, parsing) }, isRepeatable: !isNegated };
}

const REFERENCE_BY_NAME = /<(\w+)>|\{(\w+)\}|'(\w+)'/y;
const REFERENCE_BY_NUMBER = /\{(\d+)\}/y;

function readEscape(parsing: Parsing): Special {
  const letter = takeCharacter(parsing);
  const position = POSITIONS.get(letter);
  if (position !== undefined) return positionOf(position);
  if (letter >= '1' && letter <= '9') {
    if (/\d/.test(parsing.source[parsing.position] ?? '')) throw new UnclearRegex('a reference above 9');
    return repeatable(reference(Number(letter), parsing));
  }
  if (letter === 'g') {
    const number = Number(takeText(REFERENCE_BY_NUMBER, parsing)?.[1] ?? 0);
    if (number === 0) throw new UnclearRegex('\\g');
    return repeatable(reference(number, parsing));
  }
  if (letter === 'k') {
    const [, angled, braced = angled, name = braced ?? ''] = takeText(REFERENCE_BY_NAME, parsing) ?? [];
    return repeatable(namedReference(name, parsing));
  }
  if (letter === 'p' || letter === 'P') return readProperty(letter, parsing);
  if (letter === 'N' && parsing.source[parsing.position] === '{') throw new UnclearRegex('\\N{…}');
  const set = escapedSet(letter);
  if (set !== undefined) parsing.sets.add(letter);
  if (set !== undefined) return repeatable({ kind: 'set', set });
  const byte = escapedByte(letter, parsing);
  if (byte === undefined) throw new UnclearRegex(`\\${letter}`);
  return repeatable({ kind: 'set', set: singleByte(byte, parsing.flags.isCaseless) });
}

function readAtom(parsing: Parsing): Special {
  const { flags } = parsing;
  if (takeText(DOUBTFUL_QUANTIFIER, parsing) !== undefined) throw new UnclearRegex('a quantifier without begin');
  const character = takeCharacter(parsing);
  switch (character) {
    case '(':
      return readGroup(parsing);
    case '[':
      return repeatable({ kind: 'set', set: readSet(parsing, flags.isCaseless) });
    case '\\':
      return readEscape(parsing);
    case '.':
      return repeatable({ kind: 'set', set: (flags.isDotAll ? ANY_BYTE() : escapedSet('N')) ?? ANY_BYTE() });
    case '^':
      return positionOf(flags.isMultiline ? 'line-begin' : 'begin');
    case '$':
      return positionOf(flags.isMultiline ? 'line-end' : 'end');
    case '*':
    case '+':
    case '?':
      throw new UnclearRegex('nothing to repeat');
    default:
      return repeatable({ kind: 'set', set: singleByte(character.charCodeAt(0), flags.isCaseless) });
  }
}

function quantified({ node, isRepeatable }: Special, parsing: Parsing): RegexNode {
  const quantifier = readQuantifier(parsing);
  if (quantifier === undefined) return node;
  if (!isRepeatable) throw new UnclearRegex('nothing to repeat');
  return repeated(node, quantifier, parsing.flags);
}

function readSequence(parsing: Parsing): RegexNode {
  const parts: RegexNode[] = [];
  while (parsing.position < parsing.source.length && !/[|)]/.test(parsing.source[parsing.position] ?? '')) {
    parts.push(quantified(readAtom(parsing), parsing));
  }
  return { kind: 'sequence', parts };
}

function readChoice(parsing: Parsing): RegexNode {
  const first = readSequence(parsing);
  const branches = [first];
  while (takeText(/\|/y, parsing) !== undefined) branches.push(readSequence(parsing));
  return branches.length === 1 ? first : { kind: 'choice', branches };
}

/**
 * Reads an expression, a byte for each character, as PCRE2 10.42 does without UTF and with the tables of the locale C.
 * Throws UnclearRegex at whatever it does not know for sure.
 */
export function parseRegex(source: string, isCaseless: boolean): ParsedRegex {
  const flags: Flags = { isCaseless, isMultiline: false, isDotAll: false, isUngreedy: false };
  const parsing: Parsing = {
    source,
    position: 0,
    flags,
    groups: 0,
    highestReference: 0,
    open: new Set(),
    sets: new Set(),
    depth: 0,
    names: new Map(),
  };
  const tree = readChoice(parsing);
  if (parsing.position < source.length) throw new UnclearRegex('unmatched ")"');
  if (parsing.highestReference > parsing.groups) throw new UnclearRegex('a reference to no group');
  // PCRE takes a blank of Latin-1 for one of `\s` when it decides what to give back of it.
  if (/[sS].*[hHvV]|[hHvV].*[sS]/.test([...parsing.sets].join(''))) throw new UnclearRegex('\\s beside \\h');
  return { tree, groups: parsing.groups, names: parsing.names };
}
