import { otherCase } from './byte-set.ts';
import type { RegexPosition } from './pcre-tree.ts';

/** Entries of the way back, three numbers each: a step with one position or two, or what a slot or a group held. */
const SLOT = -1;
const GROUP = -2;
export const ENTRY = 3;

/** A search in the course. */
export interface Search {
  readonly text: string;
  readonly slots: Int32Array;
  /** Begin and end of each group; -1 where it has not matched. */
  readonly groups: Int32Array;
  /** The steps to go on with if this way leads nowhere, the next one last. */
  readonly ways: number[];
  left: number;
}

/** Thrown when a search has come to too many steps. */
export class TooLong extends Error {}

export function byteAt(text: string, position: number): number {
  return position < 0 || position >= text.length ? -1 : text.charCodeAt(position) & 255;
}

function isWord(byte: number): boolean {
  return (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) || byte === 95 || (byte >= 97 && byte <= 122);
}

const LINE_FEED = 10;

export function holds(is: RegexPosition, text: string, at: number): boolean {
  const { length } = text;
  switch (is) {
    case 'begin':
      return at === 0;
    case 'very-end':
      return at === length;
    case 'end':
      return at === length || (at === length - 1 && byteAt(text, at) === LINE_FEED);
    case 'line-end':
      return at === length || byteAt(text, at) === LINE_FEED;
    case 'line-begin':
      return at === 0 || (at < length && byteAt(text, at - 1) === LINE_FEED);
    case 'word-edge':
      return isWord(byteAt(text, at - 1)) !== isWord(byteAt(text, at));
    case 'no-word-edge':
      return isWord(byteAt(text, at - 1)) === isWord(byteAt(text, at));
  }
}

export function count(search: Search, steps: number): void {
  search.left -= steps;
  if (search.left < 0) throw new TooLong();
}

export function keep(search: Search, slot: number, value: number): void {
  search.ways.push(SLOT, slot, search.slots[slot] ?? 0);
  search.slots[slot] = value;
}

export function setGroup(search: Search, index: number, value: number): void {
  search.ways.push(GROUP, index, search.groups[index] ?? -1);
  search.groups[index] = value;
}

/** Takes an entry off the way back that says what a slot or a group held. */
export function undo(search: Search, kind: number, index: number, value: number): void {
  if (kind === SLOT) search.slots[index] = value;
  else search.groups[index] = value;
}

/** Forgets the other ways since a mark; what a way back from before it has to undo stays. */
export function commit({ ways }: Search, height: number): void {
  let to = height;
  for (let from = height; from < ways.length; from += ENTRY) {
    const kind = ways[from] ?? 0;
    if (kind >= 0) continue;
    ways[to] = kind;
    ways[to + 1] = ways[from + 1] ?? 0;
    ways[to + 2] = ways[from + 2] ?? 0;
    to += ENTRY;
  }
  ways.length = to;
}

/** Goes back to a mark as if nothing since had been tried. */
export function refuse(search: Search, height: number): void {
  const { ways } = search;
  while (ways.length > height) {
    const [value = 0, index = 0, kind = 0] = [ways.pop(), ways.pop(), ways.pop()];
    if (kind < 0) undo(search, kind, index, value);
  }
}

/** The end of what a group holds, found once more at a position; -1 if it is not there, or the group has nothing. */
export function afterReference(search: Search, group: number, at: number, isCaseless: boolean): number {
  const { text, groups } = search;
  const [begin = -1, end = -1] = [groups[2 * group], groups[2 * group + 1]];
  if (begin < 0) return -1;
  const length = end - begin;
  count(search, length);
  for (let offset = 0; offset < length; offset += 1) {
    const [one, other] = [byteAt(text, begin + offset), byteAt(text, at + offset)];
    if (one !== other && !(isCaseless && other >= 0 && otherCase(one) === other)) return -1;
  }
  return at + length;
}
