import { canonical, words, wordsOfPair } from './plain.ts';
import type { ChangeKind } from './kinds.ts';
import { allPhrases, differingPhrases } from './words/phrases.ts';
import type { Phrases } from './words/phrases.ts';

/** How two policies of one name differ for clients. */
export interface Differ<P> {
  /** Of two that are not the same; one of them may be missing. */
  readonly kindOf: (before: P | undefined, after: P | undefined) => ChangeKind;
  /** Both in a few words; by default the fields in which they differ. */
  readonly show: (before: P | undefined, after: P | undefined) => readonly [string, string];
}

/** `silent`: no client can notice a difference; a short reason. */
export type DifferOf<P> = Differ<P> | { readonly silent: string };

type Kinds = Readonly<Record<'added' | 'changed' | 'removed', ChangeKind>>;

/** In a few words, to which the name of the policy is put; or in phrases that need no name. */
type Show<P> = (asks: P) => string | Phrases;

/** Whatever differs is of one kind. */
export function always<P>(kind: ChangeKind, what: string, show?: Show<P>): Differ<P> {
  return { kindOf: () => kind, show: showing(what, show) };
}

/** Whether it comes, goes or changes. */
export function coming<P>(kinds: Kinds, what: string, show?: Show<P>): Differ<P> {
  return byCase(kinds, () => kinds.changed, what, show);
}

/** The same, where how it changes counts, too. */
export function byCase<P>(
  { added, removed }: Pick<Kinds, 'added' | 'removed'>,
  changed: (before: P, after: P) => ChangeKind,
  what: string,
  show?: Show<P>,
): Differ<P> {
  const kindOf: Differ<P>['kindOf'] = (before, after) => {
    if (before === undefined) return added;
    return after === undefined ? removed : changed(before, after);
  };
  return { kindOf, show: showing(what, show) };
}

function showing<P>(what: string, show: Show<P> | undefined): Differ<P>['show'] {
  return (before, after) => {
    const [was, is] = [before && (show ?? words)(before), after && (show ?? words)(after)];
    if (was === undefined || is === undefined) return [textOf(what, was), textOf(what, is)];
    if (typeof was !== 'string' && typeof is !== 'string') return pairOf(what, was, is);
    if (show !== undefined) return [textOf(what, was), textOf(what, is)];
    const [first, second] = wordsOfPair(before, after);
    return [`${what}: ${first}`, `${what}: ${second}`];
  };
}

function pairOf(what: string, before: Phrases, after: Phrases): readonly [string, string] {
  const [was, is] = differingPhrases(before, after);
  return was === is ? [what, what] : [was, is];
}

function textOf(what: string, shown: string | Phrases | undefined): string {
  if (shown === undefined) return `no ${what}`;
  if (typeof shown !== 'string') return allPhrases(shown);
  return shown === '' ? what : `${what}: ${shown}`;
}

/** Of lists: what is in the second and not in the first. */
export function beyond(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  const known = new Set(before.map(canonical));
  return after.filter(each => !known.has(canonical(each)));
}
