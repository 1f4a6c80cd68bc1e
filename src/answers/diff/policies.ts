import type { Applied, Askers, Policies, PolicyTypes, Scope } from '../../routing/policies.ts';
import { NOT_SHOWN } from '../../routing/secret-headers.ts';
import type { Cause } from '../explain/model.ts';
import type { Differ, DifferOf } from './differ.ts';
import type { ChangeKind } from './kinds.ts';
import { withFallbacks } from './fallbacks.ts';
import { LOCATION_DIFFERS } from './location-differs.ts';
import type { ChangeSide } from './model.ts';
import { HTTP_DIFFERS, MAIN_DIFFERS, SERVER_DIFFERS, UPSTREAM_DIFFERS } from './other-differs.ts';
import { wordsOfPair } from './plain.ts';
import type { RoutingView } from './view.ts';
import { isSame } from './view.ts';

/** Both sides of something. */
export interface Pair<T> {
  readonly before: T;
  readonly after: T;
}

/** How policies of one name differ. */
export interface PolicyChange {
  readonly kind: ChangeKind;
  readonly before: ChangeSide;
  readonly after: ChangeSide;
}

const DIFFERS: { readonly [S in Scope]: { readonly [N in keyof PolicyTypes[S]]: DifferOf<PolicyTypes[S][N]> } } = {
  main: MAIN_DIFFERS,
  http: HTTP_DIFFERS,
  server: SERVER_DIFFERS,
  location: LOCATION_DIFFERS,
  upstream: UPSTREAM_DIFFERS,
};

interface Comparison {
  readonly views: Pair<RoutingView>;
  /** Who is behind a side that asks for nothing. */
  readonly whose: Pair<readonly Cause[]>;
}

/** What differs in the policies of one scope. */
export function diffPolicies<S extends Scope>(
  scope: S,
  { before, after }: Pair<Policies<S>>,
  comparison: Comparison,
): readonly PolicyChange[] {
  if (before === after && comparison.views.before === comparison.views.after) return [];
  return namesOf<S>(before, after).flatMap(name =>
    diffOne(DIFFERS[scope][name], { before: before[name], after: after[name] }, comparison),
  );
}

/** The same of locations, where those of all hosts count as well, unless neither side has one of its own. */
export function diffLocationPolicies(
  { before, after }: Pair<Policies<'location'>>,
  comparison: Comparison,
): readonly PolicyChange[] {
  const { before: was, after: is } = comparison.views;
  const pair = {
    before: withFallbacks(before, after, was.routing.http),
    after: withFallbacks(after, before, is.routing.http),
  };
  return diffPolicies('location', pair, comparison);
}

/** In ASCII order. */
function namesOf<S extends Scope>(before: Policies<S>, after: Policies<S>): readonly (keyof PolicyTypes[S] & string)[] {
  const names = new Set<string>([...Object.keys(before), ...Object.keys(after)]);
  const isName = (name: string): name is keyof PolicyTypes[S] & string => names.has(name);
  return [...names].toSorted().filter(isName);
}

function diffOne<P>(
  differ: DifferOf<P>,
  { before, after }: Pair<Applied<P> | undefined>,
  { views, whose }: Comparison,
): readonly PolicyChange[] {
  if ('silent' in differ || isSame(before?.asks, after?.asks, views)) return [];
  const [was, is] = shownBy(differ, before?.asks, after?.asks);
  if (was === is && (before === undefined || after === undefined)) return [];
  return [
    {
      kind: differ.kindOf(before?.asks, after?.asks),
      before: { text: was, causes: before === undefined ? whose.before : causesOf(before.from) },
      after: { text: is, causes: after === undefined ? whose.after : causesOf(after.from) },
    },
  ];
}

/** What is said in a word may be the same for both; where it leaves out what may let somebody in, the rest would tell it. */
function shownBy<P>(differ: Differ<P>, before: P | undefined, after: P | undefined): readonly [string, string] {
  const [was, is] = differ.show(before, after);
  if (was !== is || before === undefined || after === undefined) return [was, is];
  if (was.includes(NOT_SHOWN)) return [was, `${is}, with another value`];
  const [first, second] = wordsOfPair(before, after);
  return [`${was}: ${first}`, `${is}: ${second}`];
}

function causesOf(from: Askers): readonly Cause[] {
  return from.map(asker => ({ kind: 'asker', asker }));
}
