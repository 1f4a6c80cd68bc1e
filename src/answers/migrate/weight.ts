import type { HereVerdict, Moved, Verdict } from './model.ts';

/** How bad a verdict is; what is to be decided first has most. */
const THERE: Readonly<Record<Verdict, number>> = { same: 0, differs: 2, unchecked: 3, none: 4 };
const HERE: Readonly<Record<HereVerdict, number>> = { same: 0, removed: 0, idle: 0, differs: 2, refused: 4 };

/** The worst that becomes of something, here or there. */
function weightOf({ here, there }: Pick<Moved, 'here' | 'there'>): number {
  return Math.max(here === undefined ? 0 : HERE[here.verdict], ...there.map(({ verdict }) => THERE[verdict]));
}

/** The worst first, then what most Ingresses have, then by name. */
export function inOrderOfWeight<M extends Moved>(all: readonly M[]): readonly M[] {
  return all.toSorted(
    (a, b) => weightOf(b) - weightOf(a) || b.ingresses.length - a.ingresses.length || (a.name < b.name ? -1 : 1),
  );
}
