import type { Rule, Severity } from '../diagnostics/rule.ts';
import { bySeverity } from './lint-report.ts';

interface Foldable {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly message: string;
}

/** Findings of which those that say the same are cut to the first few. */
export interface Folded<T> {
  readonly shown: readonly T[];
  /** How many are not among them, by `causeOf`. */
  readonly hidden: ReadonlyMap<string, number>;
}

/** So many findings of one cause are shown where there are more than `MOST_OF_CAUSE`. */
const FIRST_OF_CAUSE = 3;
const MOST_OF_CAUSE = 5;
/** With more findings than `MANY`, all causes together get about as many as a screen or two have room for. */
const MANY = 200;
const MOST_OF_MANY = 8;

interface Cause<T extends Foldable> {
  readonly key: string;
  readonly severity: Severity;
  /** One for each wording that is new; then others. */
  readonly first: T[];
  readonly others: T[];
  readonly wordings: Set<string>;
  count: number;
}

/**
 * Leaves of each cause the first few, so that a terminal shows what there is and not one thing ten thousand times. It
 * asks for no place: what is not shown need not be looked up, which takes a second parse of its document.
 */
export function fold<T extends Foldable>(findings: readonly T[]): Folded<T> {
  const causes = bySeverity(causesOf(findings));
  const kept = causes.map(({ first, others, count }) => {
    const all = [...first, ...others];
    return count <= MOST_OF_CAUSE ? all : all.slice(0, FIRST_OF_CAUSE);
  });
  const shown = findings.length <= MANY ? kept.flat() : inTurn(kept, MOST_OF_MANY);
  const shownOf = new Map<string, number>();
  for (const found of shown) {
    const key = causeOf(found);
    shownOf.set(key, (shownOf.get(key) ?? 0) + 1);
  }
  const hidden = causes.map(({ key, count }) => [key, count - (shownOf.get(key) ?? 0)] as const);
  return { shown, hidden: new Map(hidden.filter(([, count]) => count > 0)) };
}

function causesOf<T extends Foldable>(findings: readonly T[]): readonly Cause<T>[] {
  const causes = new Map<string, Cause<T>>();
  for (const found of findings) {
    const key = causeOf(found);
    let cause = causes.get(key);
    if (cause === undefined) {
      cause = { key, severity: found.severity, first: [], others: [], wordings: new Set(), count: 0 };
      causes.set(key, cause);
    }
    cause.count += 1;
    keep(found, cause);
  }
  return [...causes.values()];
}

function keep<T extends Foldable>(found: T, { first, others, wordings }: Cause<T>): void {
  const wording = withoutNames(found.message);
  if (first.length < MOST_OF_CAUSE && !wordings.has(wording)) {
    wordings.add(wording);
    first.push(found);
  } else if (others.length < MOST_OF_CAUSE) others.push(found);
}

/** The first of each list, then the second of each, and so on. */
function inTurn<T>(lists: readonly (readonly T[])[], most: number): readonly T[] {
  const longest = Math.max(0, ...lists.map(list => list.length));
  const taken: T[] = [];
  for (let turn = 0; turn < longest; turn++) {
    for (const list of lists) {
      const next = list[turn];
      if (next === undefined) continue;
      if (taken.length === most) return taken;
      taken.push(next);
    }
  }
  return taken;
}

/** What findings share that are about the same mistake, made in several places: the rule, and the message without values. */
export function causeOf({ rule, severity, message }: Foldable): string {
  return `${rule.id} ${severity} ${withoutNames(message).replaceAll(/"[^"]*"/g, '""')}`;
}

/** A message without names of objects and hosts, and without numbers. */
function withoutNames(message: string): string {
  // From the beginning of a word only: else a long one is read again from each of its letters.
  return message.replaceAll(/(?<![\w*-])[\w*-]+(?:[./][\w*-]+)+|\d+/g, '*');
}
