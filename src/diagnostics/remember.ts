import type { Steps } from '../steps/steps.ts';
import type { Finding, Report } from './diagnostic.ts';
import { collect } from './diagnostic.ts';

/** Something that is only asked: what it answers to a question decides on what is made of the answer. */
export interface Table<Q, A> {
  readonly get: (question: Q) => A;
}

/** The same table, whose answers are noted. */
export type Watch = <Q, A>(table: Table<Q, A>) => Table<Q, A>;

/** A result, and all that it was made of. */
export interface Remembered<T> {
  readonly value: T;
  readonly findings: readonly Finding[];
  readonly facts: readonly unknown[];
  /** What the tables answered that it was made of. */
  readonly notes: readonly Note[];
}

interface Note {
  /** Its place among the tables. */
  readonly table: number;
  readonly question: unknown;
  readonly answer: unknown;
}

/** Results by key, from one run to the next. */
export interface Memory<K, T> {
  readonly get: (key: K) => Remembered<T> | undefined;
  readonly set: (key: K, remembered: Remembered<T>) => unknown;
}

// A method, whose parameter TypeScript compares loosely: a table is asked what it was asked before.
interface AnyTable {
  get(question: unknown): unknown;
}

/** What a result is made of, besides its key. */
export interface Making {
  /** Compared by identity. */
  readonly facts: readonly unknown[];
  /** All that `make` may watch, in the same order in each run. */
  readonly tables?: readonly AnyTable[];
  /** Left out where nothing is reported. */
  readonly report?: Report;
}

const NO_TABLES: readonly AnyTable[] = [];

export function areSame(before: readonly unknown[], now: readonly unknown[]): boolean {
  return before.length === now.length && before.every((fact, index) => fact === now[index]);
}

/** Whether tables give the answers that something was made of. To ask again may have effects, which are wanted. */
export function areAnswers(notes: readonly Note[], tables: readonly AnyTable[] = NO_TABLES): boolean {
  for (const { table, question, answer } of notes) if (tables[table]?.get(question) !== answer) return false;
  return true;
}

/** What `make` of a result gets: a way to look at the tables, a report of its own, and what was made before. */
type Make<T, R> = (watch: Watch, report: Report, last: T | undefined) => R;

/** What was made of the same, if it was. */
function recall<K, T>(memory: Memory<K, T>, key: K, { facts, tables }: Making): Remembered<T> | undefined {
  const last = memory.get(key);
  // The tables last: to ask them has effects.
  return last !== undefined && areSame(last.facts, facts) && areAnswers(last.notes, tables) ? last : undefined;
}

/** Where nothing is remembered, the tables are asked as they are, and what is found is said at once. */
export const UNWATCHED: Watch = table => table;

export const UNHEARD: Report = () => undefined;

/** Notes what a result is made of. */
export function openRecord({ facts, tables = NO_TABLES }: Making): {
  readonly watch: Watch;
  readonly report: Report;
  readonly close: <T>(value: T) => Remembered<T>;
} {
  const notes: Note[] = [];
  const { report, diagnostics } = collect();
  return {
    report,
    watch(table) {
      const index = tables.indexOf(table);
      if (index === -1) throw new Error('a table is watched that is not among those of the result');
      return {
        get(question) {
          const answer = table.get(question);
          notes.push({ table: index, question, answer });
          return answer;
        },
      };
    },
    close: value => ({
      value,
      findings: diagnostics,
      facts,
      notes,
    }),
  };
}

export function give<T>({ value, findings }: Remembered<T>, report: Report | undefined): T {
  if (report !== undefined) for (const finding of findings) report(finding);
  return value;
}

/**
 * Gives what was made of the same before, or makes it: from a key, facts, and what tables answer. The result, and the
 * findings, are equal to those of making it each time; what a table was not asked does not count. Without a memory it
 * is made, and nothing is noted.
 */
export function remember<K, T>(memory: Memory<K, T> | undefined, key: K, making: Making, make: Make<T, T>): T {
  if (memory === undefined) return make(UNWATCHED, making.report ?? UNHEARD, undefined);
  let known = recall(memory, key, making);
  if (known === undefined) {
    const { watch, report, close } = openRecord(making);
    known = close(make(watch, report, memory.get(key)?.value));
    memory.set(key, known);
  }
  return give(known, making.report);
}

/** The same for what is made in steps. */
export function* rememberSteps<K, T>(
  memory: Memory<K, T> | undefined,
  key: K,
  making: Making,
  make: Make<T, Steps<T>>,
): Steps<T> {
  if (memory === undefined) return yield* make(UNWATCHED, making.report ?? UNHEARD, undefined);
  let known = recall(memory, key, making);
  if (known === undefined) {
    const { watch, report, close } = openRecord(making);
    known = close(yield* make(watch, report, memory.get(key)?.value));
    memory.set(key, known);
  }
  return give(known, making.report);
}
