import type { Flags } from './pcre-flags.ts';
import { takeText } from './pcre-set-parser.ts';
import type { RegexText } from './pcre-set-parser.ts';
import { atomicOf, EMPTY_NODE, UnclearRegex } from './pcre-tree.ts';
import type { RegexNode } from './pcre-tree.ts';

const QUANTIFIER = /(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})([?+]?)/y;

const MOST = 65_535;

export interface Quantifier {
  readonly least: number;
  /** `Infinity` for any number. */
  readonly most: number;
  readonly mark: '' | '?' | '+';
}

/** Reads a quantifier, if there is one. */
export function readQuantifier(text: RegexText): Quantifier | undefined {
  const found = takeText(QUANTIFIER, text);
  if (found === undefined) return undefined;
  const [, sign, from = '', comma, until = '', mode] = found;
  const mark = mode === '?' || mode === '+' ? mode : '';
  if (sign !== undefined) return { least: sign === '+' ? 1 : 0, most: sign === '?' ? 1 : Infinity, mark };
  const least = Number(from);
  const most = comma === undefined ? least : until === '' ? Infinity : Number(until);
  if (most < least || least > MOST || (most > MOST && most !== Infinity)) throw new UnclearRegex('a quantifier');
  return { least, most, mark };
}

/** A look-around is looked at once, or not at all, however often. Source: pcre2pattern(3), "Assertions". */
export function repeated(node: RegexNode, { least, most, mark }: Quantifier, flags: Flags): RegexNode {
  const isLazy = mark !== '+' && (mark === '?') !== flags.isUngreedy;
  if (node.kind === 'look') {
    if (most === 0) return EMPTY_NODE;
    return least > 0 ? node : { kind: 'repeat', of: node, least: 0, most: 1, isLazy };
  }
  const repeat: RegexNode = { kind: 'repeat', of: node, least, most, isLazy };
  return mark === '+' ? atomicOf(repeat) : repeat;
}
