import type { ByteSet } from './byte-set.ts';

/** A part of a regular expression, as PCRE reads it. */
export type RegexNode =
  /** One byte of a set. */
  | { readonly kind: 'set'; readonly set: ByteSet }
  | { readonly kind: 'sequence'; readonly parts: readonly RegexNode[] }
  | { readonly kind: 'choice'; readonly branches: readonly RegexNode[] }
  | RepeatNode
  /** A group whose text is kept. */
  | { readonly kind: 'group'; readonly number: number; readonly of: RegexNode }
  /** Once it has matched, no other way through it is tried. */
  | { readonly kind: 'atomic'; readonly of: RegexNode }
  | { readonly kind: 'look'; readonly isBehind: boolean; readonly isNegated: boolean; readonly of: RegexNode }
  | { readonly kind: 'reference'; readonly group: number; readonly isCaseless: boolean }
  | { readonly kind: 'position'; readonly is: RegexPosition };

export interface RepeatNode {
  readonly kind: 'repeat';
  readonly of: RegexNode;
  readonly least: number;
  /** `Infinity` for any number. */
  readonly most: number;
  readonly isLazy: boolean;
}

/** `end`: also before a line feed that ends the text. */
export type RegexPosition = 'begin' | 'line-begin' | 'end' | 'line-end' | 'very-end' | 'word-edge' | 'no-word-edge';

export const EMPTY_NODE: RegexNode = { kind: 'sequence', parts: [] };

/** Thrown while an expression is read that is not understood for sure, and caught by who wanted it read. */
export class UnclearRegex extends Error {}

/** How many bytes a look-behind looks back. */
export function widthOf(node: RegexNode): number {
  switch (node.kind) {
    case 'set':
      return 1;
    case 'sequence':
      return node.parts.reduce((sum, part) => sum + widthOf(part), 0);
    case 'group':
    case 'atomic':
      return widthOf(node.of);
    case 'look':
    case 'position':
      return 0;
    case 'choice':
    case 'repeat':
    case 'reference':
      throw new UnclearRegex('what a look-behind holds has no fixed length');
  }
}

/** Whether it matches nowhere but where the search begins. */
export function isAnchored(node: RegexNode): boolean {
  switch (node.kind) {
    case 'position':
      return node.is === 'begin';
    case 'sequence': {
      const first = node.parts.find(part => part.kind !== 'sequence' || part.parts.length > 0);
      return first !== undefined && isAnchored(first);
    }
    case 'choice':
      return node.branches.every(isAnchored);
    case 'group':
    case 'atomic':
      return isAnchored(node.of);
    case 'set':
    case 'repeat':
    case 'look':
    case 'reference':
      return false;
  }
}

/** Whether it begins with a group, not just a byte, that may be left out. */
function beginsWithOptional(node: RegexNode): boolean {
  switch (node.kind) {
    case 'repeat':
      return (node.of.kind !== 'set' && node.least === 0 && node.most !== Infinity) || beginsWithOptional(node.of);
    case 'sequence': {
      const [first] = node.parts;
      return first !== undefined && beginsWithOptional(first);
    }
    case 'choice':
      return node.branches.some(beginsWithOptional);
    case 'group':
    case 'atomic':
      return beginsWithOptional(node.of);
    case 'set':
    case 'look':
    case 'reference':
    case 'position':
      return false;
  }
}

/** PCRE takes what an atomic group begins with for sure to be there when it decides what to give back before it. */
export function atomicOf(of: RegexNode): RegexNode {
  if (beginsWithOptional(of)) throw new UnclearRegex('an atomic group that begins with an optional one');
  return { kind: 'atomic', of };
}
