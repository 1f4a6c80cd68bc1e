import type { Instruction, RegexProgram } from './pcre-program.ts';
import { afterReference, byteAt, commit, count, ENTRY, holds, keep, refuse, setGroup, undo } from './pcre-search.ts';
import type { Search } from './pcre-search.ts';

/** A way back into the middle of a `run`, told from one to its begin. */
const RUN = 1 << 24;

type Run = Instruction & { readonly op: 'run' };

/** The position behind bytes of a set; -1 if there are too few. What else may do is left on the way back. */
function afterRun(search: Search, step: number, { set, least, most, isLazy }: Run, at: number): number {
  const { text } = search;
  const wanted = isLazy ? least : most;
  let end = at;
  while (end - at < wanted && end < text.length && set[byteAt(text, end)] === 1) end += 1;
  count(search, end - at);
  if (end - at < least) return -1;
  if (isLazy && least < most) search.ways.push(RUN + step, end, at + most);
  if (!isLazy && end > at + least) search.ways.push(RUN + step, end, at + least);
  return end;
}

/** One byte more (lazy) or less than before; -1 if that does not do. `limit` is how far it may go. */
function otherRun(search: Search, step: number, { set, isLazy }: Run, [end, limit]: readonly [number, number]): number {
  const { text, ways } = search;
  if (!isLazy) {
    if (end - 1 > limit) ways.push(RUN + step, end - 1, limit);
    return end - 1;
  }
  if (end >= limit || end >= text.length || set[byteAt(text, end)] !== 1) return -1;
  ways.push(RUN + step, end + 1, limit);
  return end + 1;
}

/** Where to go on. */
export interface Cursor {
  step: number;
  at: number;
}

/** Goes to the next of the ways that are left; false if there is none. */
export function goBack(search: Search, steps: RegexProgram['steps'], cursor: Cursor): boolean {
  const { ways } = search;
  while (ways.length > 0) {
    const [last = 0, middle = 0, kind = 0] = [ways.pop(), ways.pop(), ways.pop()];
    if (kind < 0) {
      undo(search, kind, middle, last);
      continue;
    }
    const isRun = kind >= RUN;
    const step = isRun ? kind - RUN : kind;
    const instruction = steps[step];
    const at = isRun && instruction?.op === 'run' ? otherRun(search, step, instruction, [middle, last]) : middle;
    if (at < 0) continue;
    cursor.step = isRun ? step + 1 : step;
    cursor.at = at;
    return true;
  }
  return false;
}

/** Does one step; false if it leads nowhere. */
export function advance(search: Search, instruction: Instruction, cursor: Cursor): boolean {
  const { text, slots, ways } = search;
  const { at } = cursor;
  const step = cursor.step;
  cursor.step += 1;
  switch (instruction.op) {
    case 'set':
      cursor.at += 1;
      return at < text.length && instruction.set[byteAt(text, at)] === 1;
    case 'run':
      cursor.at = afterRun(search, step, instruction, at);
      return cursor.at >= 0;
    case 'split':
      ways.push(instruction.second, at, 0);
      cursor.step = instruction.first;
      return true;
    case 'jump':
      cursor.step = instruction.to;
      return true;
    case 'keep':
      keep(search, instruction.slot, at);
      return true;
    case 'close':
      setGroup(search, 2 * instruction.group, slots[instruction.slot] ?? 0);
      setGroup(search, 2 * instruction.group + 1, at);
      return true;
    case 'skip-if-empty':
      if (slots[instruction.slot] === at) cursor.step = instruction.to;
      return true;
    case 'reference':
      cursor.at = afterReference(search, instruction.group, at, instruction.isCaseless);
      return cursor.at >= 0;
    case 'position':
      return holds(instruction.is, text, at);
    case 'back':
      cursor.at = at - instruction.width;
      return cursor.at >= 0;
    case 'mark':
    case 'unless':
    case 'commit':
    case 'refuse':
    case 'found':
      return advanceMarked(search, instruction, cursor);
  }
}

type Marked = Instruction & { readonly op: 'mark' | 'commit' | 'unless' | 'refuse' | 'found' };

/**
 * A mark keeps the height of the ways and the position, in two slots beside each other. Nothing undoes that: who comes
 * back from between a mark and its end comes to no other mark of the same place before it.
 */
function advanceMarked(search: Search, instruction: Marked, cursor: Cursor): boolean {
  const { slots, ways } = search;
  switch (instruction.op) {
    case 'mark':
      slots[instruction.slot] = ways.length;
      slots[instruction.slot + 1] = cursor.at;
      return true;
    case 'unless':
      ways.push(instruction.to, cursor.at, 0);
      slots[instruction.slot] = ways.length - ENTRY;
      return true;
    case 'commit':
      commit(search, slots[instruction.slot] ?? 0);
      if (instruction.isLook) cursor.at = slots[instruction.slot + 1] ?? 0;
      return true;
    case 'refuse':
      refuse(search, slots[instruction.slot] ?? 0);
      return false;
    case 'found':
      return true;
  }
}
