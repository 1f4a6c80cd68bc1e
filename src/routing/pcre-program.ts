import type { ByteSet } from './byte-set.ts';
import type { RegexNode, RegexPosition, RepeatNode } from './pcre-tree.ts';
import { UnclearRegex, widthOf } from './pcre-tree.ts';

/**
 * One step of a matcher. Places are indexes of steps; slots are of what a way back undoes (`keep`, `close`) or does not
 * (`mark`). `split` tries `first`, and `second` if that leads nowhere.
 */
export type Instruction =
  | { readonly op: 'set'; readonly set: ByteSet }
  /** Bytes of a set, as many as there are, or as few as will do. */
  | {
      readonly op: 'run';
      readonly set: ByteSet;
      readonly least: number;
      readonly most: number;
      readonly isLazy: boolean;
    }
  | { readonly op: 'split'; readonly first: number; readonly second: number }
  | { readonly op: 'jump'; readonly to: number }
  /** Keeps the position in a slot. */
  | { readonly op: 'keep'; readonly slot: number }
  /** Ends a group that began at the position in the slot. */
  | { readonly op: 'close'; readonly group: number; readonly slot: number }
  /** Goes to a place if nothing was read since the position in the slot was kept. */
  | { readonly op: 'skip-if-empty'; readonly slot: number; readonly to: number }
  | { readonly op: 'reference'; readonly group: number; readonly isCaseless: boolean }
  | { readonly op: 'position'; readonly is: RegexPosition }
  | { readonly op: 'back'; readonly width: number }
  /** Begins what is left in one way only. */
  | { readonly op: 'mark'; readonly slot: number }
  /** Ends it: other ways are forgotten. `isLook`: the position is that of the mark again. */
  | { readonly op: 'commit'; readonly slot: number; readonly isLook: boolean }
  /** Begins what must not be there; goes on at `to` if it is not. */
  | { readonly op: 'unless'; readonly slot: number; readonly to: number }
  /** It is there. */
  | { readonly op: 'refuse'; readonly slot: number }
  | { readonly op: 'found' };

export interface RegexProgram {
  readonly steps: readonly Instruction[];
  readonly groups: number;
  readonly slots: number;
}

/** Expressions of PCRE have at most some 64 KiB of code. */
const LARGEST = 50_000;

interface Emitting {
  readonly steps: Instruction[];
  slots: number;
}

function emit(into: Emitting, step: Instruction): number {
  if (into.steps.length >= LARGEST) throw new UnclearRegex('it is too large');
  return into.steps.push(step) - 1;
}

function newSlot(into: Emitting): number {
  into.slots += 1;
  return into.slots - 1;
}

/** The first of two slots, as marks need them. */
function newSlots(into: Emitting): number {
  into.slots += 2;
  return into.slots - 2;
}

/** A split between what follows and what comes later, which `resolve` tells once that is known. */
function emitSplit(into: Emitting, isLazy: boolean): { readonly resolve: () => void } {
  const at = emit(into, { op: 'jump', to: 0 });
  const resolve = (): void => {
    const [inner, outer] = [at + 1, into.steps.length];
    into.steps[at] = { op: 'split', first: isLazy ? outer : inner, second: isLazy ? inner : outer };
  };
  return { resolve };
}

/** Any number of times, at least once. One that reads nothing is the last, and counts. */
function emitLoop(into: Emitting, { of, isLazy }: RepeatNode): void {
  const slot = newSlot(into);
  const begin = emit(into, { op: 'keep', slot });
  emitNode(into, of);
  const check = emit(into, { op: 'jump', to: 0 });
  const split = emit(into, { op: 'jump', to: 0 });
  const end = into.steps.length;
  into.steps[check] = { op: 'skip-if-empty', slot, to: end };
  into.steps[split] = { op: 'split', first: isLazy ? end : begin, second: isLazy ? begin : end };
}

function emitRepeat(into: Emitting, repeat: RepeatNode): void {
  const { of, least, most, isLazy } = repeat;
  if (of.kind === 'set') {
    if (most > 0) emit(into, { op: 'run', set: of.set, least, most, isLazy });
    return;
  }
  const isEndless = most === Infinity;
  const copies = isEndless ? least - 1 : least;
  for (let copy = 0; copy < copies; copy += 1) {
    const before = into.steps.length;
    emitNode(into, of);
    // Nothing is nothing, however often: and no step would ever count.
    if (into.steps.length === before) return;
  }
  if (isEndless) {
    const optional = least === 0 ? emitSplit(into, isLazy) : undefined;
    emitLoop(into, repeat);
    optional?.resolve();
    return;
  }
  const optional: { readonly resolve: () => void }[] = [];
  for (let copy = least; copy < most; copy += 1) {
    optional.push(emitSplit(into, isLazy));
    emitNode(into, of);
  }
  for (const { resolve } of optional) resolve();
}

function emitChoice(into: Emitting, branches: readonly RegexNode[]): void {
  const jumps: number[] = [];
  for (const branch of branches.slice(0, -1)) {
    const split = emitSplit(into, false);
    emitNode(into, branch);
    jumps.push(emit(into, { op: 'jump', to: 0 }));
    split.resolve();
  }
  const last = branches.at(-1);
  if (last !== undefined) emitNode(into, last);
  for (const jump of jumps) into.steps[jump] = { op: 'jump', to: into.steps.length };
}

function emitLook(into: Emitting, node: RegexNode & { readonly kind: 'look' }): void {
  const slot = newSlots(into);
  const begin = emit(into, { op: 'mark', slot });
  if (node.isBehind) emit(into, { op: 'back', width: widthOf(node.of) });
  emitNode(into, node.of);
  emit(into, node.isNegated ? { op: 'refuse', slot } : { op: 'commit', slot, isLook: true });
  if (node.isNegated) into.steps[begin] = { op: 'unless', slot, to: into.steps.length };
}

function emitNode(into: Emitting, node: RegexNode): void {
  switch (node.kind) {
    case 'set':
      emit(into, { op: 'set', set: node.set });
      return;
    case 'sequence':
      for (const part of node.parts) emitNode(into, part);
      return;
    case 'choice':
      emitChoice(into, node.branches);
      return;
    case 'repeat':
      emitRepeat(into, node);
      return;
    case 'group': {
      const slot = newSlot(into);
      emit(into, { op: 'keep', slot });
      emitNode(into, node.of);
      emit(into, { op: 'close', group: node.number, slot });
      return;
    }
    case 'atomic': {
      const slot = newSlots(into);
      emit(into, { op: 'mark', slot });
      emitNode(into, node.of);
      emit(into, { op: 'commit', slot, isLook: false });
      return;
    }
    case 'look':
      emitLook(into, node);
      return;
    case 'reference':
      emit(into, { op: 'reference', group: node.group, isCaseless: node.isCaseless });
      return;
    case 'position':
      emit(into, { op: 'position', is: node.is });
  }
}

/** The steps that match an expression. */
export function programOf(tree: RegexNode, groups: number): RegexProgram {
  const into: Emitting = { steps: [], slots: 0 };
  emitNode(into, tree);
  emit(into, { op: 'found' });
  return { steps: into.steps, groups, slots: into.slots };
}
