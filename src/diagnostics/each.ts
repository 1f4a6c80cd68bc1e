import type { Steps } from '../steps/steps.ts';
import type { Report } from './diagnostic.ts';
import type { Making, Remembered, Watch } from './remember.ts';
import { areAnswers, areSame, give, openRecord, UNHEARD, UNWATCHED } from './remember.ts';

/** What two lists have in common at their beginning and at their end; the rest is between. */
export interface Kept {
  readonly start: number;
  readonly endBefore: number;
  readonly endNow: number;
}

/** Compares by identity. Of thousands one or two differ most of the time, so that little is between. */
export function keptOf(before: readonly unknown[], now: readonly unknown[]): Kept {
  const shorter = Math.min(before.length, now.length);
  let start = 0;
  while (start < shorter && before[start] === now[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === now[now.length - 1 - end]) end += 1;
  return { start, endBefore: before.length - end, endNow: now.length - end };
}

/** A list of objects, and beside each what was made of it, with these facts. */
interface Row<K, M> {
  readonly facts: readonly unknown[];
  readonly keys: readonly K[];
  readonly made: readonly M[];
}

/**
 * Where each object of a list was in the list of before; -1 for one that is new. Both are gone through side by side: where
 * one came, went, or has another in its place, they meet again behind it. Only what met nothing is looked up.
 */
function placesBefore<K>(before: readonly K[], now: readonly K[]): readonly number[] {
  const places: number[] = [];
  const left = new Map<K | undefined, number>();
  let at = 0;
  for (const [index, key] of now.entries()) {
    if (before[at] !== key && before[at + 1] === key) {
      left.set(before[at], at);
      at += 1;
    }
    if (before[at] === key) {
      places.push(at);
      at += 1;
      continue;
    }
    places.push(-1);
    if (at >= before.length || before[at] === now[index + 1]) continue;
    left.set(before[at], at);
    at += 1;
  }
  for (; at < before.length; at += 1) left.set(before[at], at);
  return left.size === 0 ? places : places.map((place, index) => (place === -1 ? (left.get(now[index]) ?? -1) : place));
}

/** Beside each object what was made of it before; for one that is new what is made now. */
function updated<K, M>(
  { keys: before, made }: Row<K, M>,
  keys: readonly K[],
  make: (key: K) => M,
): readonly (M | undefined)[] {
  const { start, endBefore, endNow } = keptOf(before, keys);
  if (start === endBefore && start === endNow) return made;
  const now = keys.slice(start, endNow);
  const places = placesBefore(before.slice(start, endBefore), now);
  const between = now.map((key, index) => {
    const place = places[index] ?? -1;
    return place === -1 ? make(key) : made[start + place];
  });
  // Joined without a look at each: that is what makes thousands cost nothing.
  const all: readonly (M | undefined)[] = made.slice(0, start);
  return all.concat(between, made.slice(endBefore));
}

/** What went from a list, and what came. */
export interface Changes<K> {
  readonly gone: readonly K[];
  readonly come: readonly K[];
}

/** Compares lists by identity, each object of which is there once. */
export function changesOf<K>(before: readonly K[], now: readonly K[]): Changes<K> {
  const { start, endBefore, endNow } = keptOf(before, now);
  const [old, fresh] = [before.slice(start, endBefore), now.slice(start, endNow)];
  const places = placesBefore(old, fresh);
  const stayed = new Set(places);
  return {
    gone: old.filter((_, place) => !stayed.has(place)),
    come: fresh.filter((_, index) => places[index] === -1),
  };
}

/** What was picked from each of some objects, from one run to the next. */
export interface PickMemory<K, T> {
  last: (Row<K, T | undefined> & { readonly picked: readonly T[] }) | undefined;
}

/**
 * What is found in each of some objects, in their order; nothing in most of them. It must depend on the object and the
 * facts alone. With a memory only objects that are new are looked at, and the list is the same one where the objects are.
 */
export function pickEach<K, T>(
  memory: PickMemory<K, T> | undefined,
  keys: readonly K[],
  pick: (key: K) => T | undefined,
  facts: readonly unknown[] = [],
): readonly T[] {
  if (memory === undefined) return keys.map(pick).filter(each => each !== undefined);
  const { last } = memory;
  const before = last !== undefined && areSame(last.facts, facts) ? last : { facts, keys: [], made: [], picked: [] };
  const made = updated(before, keys, pick);
  const picked = made === before.made ? before.picked : made.filter(each => each !== undefined);
  memory.last = { facts, keys, made, picked };
  return picked;
}

/** Results of each of some objects, from one run to the next. */
export interface EachMemory<K, T> {
  last: (Row<K, Remembered<T>> & { readonly values: readonly T[] }) | undefined;
}

/** What `make` gets of an object, as with `remember`. */
type MakeEach<K, R> = (key: K, watch: Watch, report: Report) => R;

/** What is known of a list before it is gone through. */
function openEach<K, T>({ last }: EachMemory<K, T>, keys: readonly K[], { facts, tables, report }: Making) {
  const before = last !== undefined && areSame(last.facts, facts) ? last : { facts, keys: [], made: [], values: [] };
  const known = updated<K, Remembered<T> | undefined>(before, keys, () => undefined);
  const made: Remembered<T>[] = [];
  let isSame = known === before.made;
  return {
    /** What was made of the object with this number, unless tables answer otherwise now. */
    recall(index: number): Remembered<T> | undefined {
      const each = known[index];
      if (each === undefined || each.notes.length === 0 || areAnswers(each.notes, tables)) return each;
      return undefined;
    },
    add(each: Remembered<T>, isNew: boolean): void {
      if (isNew) isSame = false;
      made.push(each);
      if (each.findings.length > 0) give(each, report);
    },
    close: () => ({ facts, keys, made, values: isSame ? before.values : made.map(({ value }) => value) }),
  };
}

/**
 * As `remember`, for each of some objects, with the same facts for all of them. The list is the same one where all
 * results are.
 */
export function* rememberEachSteps<K, T>(
  memory: EachMemory<K, T> | undefined,
  keys: readonly K[],
  making: Making,
  make: MakeEach<K, Steps<T>>,
): Steps<readonly T[]> {
  if (memory === undefined) {
    const { report = UNHEARD } = making;
    const values: T[] = [];
    for (const key of keys) values.push(yield* make(key, UNWATCHED, report));
    return values;
  }
  const row = openEach(memory, keys, making);
  for (const [index, key] of keys.entries()) {
    const known = row.recall(index);
    if (known !== undefined) {
      row.add(known, false);
      continue;
    }
    const { watch, report, close } = openRecord(making);
    row.add(close(yield* make(key, watch, report)), true);
  }
  memory.last = row.close();
  return memory.last.values;
}

/** The same without a pause. */
export function rememberEach<K, T>(
  memory: EachMemory<K, T> | undefined,
  keys: readonly K[],
  making: Making,
  make: MakeEach<K, T>,
): readonly T[] {
  if (memory === undefined) {
    const { report = UNHEARD } = making;
    return keys.map(key => make(key, UNWATCHED, report));
  }
  const row = openEach(memory, keys, making);
  for (const [index, key] of keys.entries()) {
    const known = row.recall(index);
    if (known !== undefined) {
      row.add(known, false);
      continue;
    }
    const { watch, report, close } = openRecord(making);
    row.add(close(make(key, watch, report)), true);
  }
  memory.last = row.close();
  return memory.last.values;
}

/** Values by their names, from one run to the next. */
export interface IndexMemory<V> {
  last: { readonly values: readonly V[]; readonly byName: Map<string, V> } | undefined;
}

/** Values by their names, which differ. With a memory it is the same index, brought up to date: that of before is gone. */
export function indexEach<V>(
  memory: IndexMemory<V> | undefined,
  values: readonly V[],
  nameOf: (value: V) => string,
): ReadonlyMap<string, V> {
  const { values: before, byName } = memory?.last ?? { values: [], byName: new Map<string, V>() };
  const { start, endBefore, endNow } = keptOf(before, values);
  const isMoved = (index: number): boolean => before[index] !== values[index] || endBefore !== endNow;
  before.slice(start, endBefore).forEach((value, index) => isMoved(start + index) && byName.delete(nameOf(value)));
  values.slice(start, endNow).forEach((value, index) => isMoved(start + index) && byName.set(nameOf(value), value));
  if (memory !== undefined) memory.last = { values, byName };
  return byName;
}
