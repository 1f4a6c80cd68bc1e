import type { Applied, Askers } from '../../routing/policies.ts';
import type { AtServer, Effect, Explainer, ExplainerOf, OnTheWay } from './explainer.ts';

/** Explainers of one scope. */
export type ExplainerTable<T> = { readonly [N in keyof T]: ExplainerOf<T[N]> };

type PoliciesOf<T> = { readonly [N in keyof T]?: Applied<T[N]> };

/** An explainer with what is asked of it. */
export type Bound = BoundAtServer | BoundAtLocation;

interface BoundBase {
  /** Of the policy. */
  readonly name: string;
  readonly from: Askers;
}

export interface BoundAtServer extends BoundBase {
  readonly phase: Extract<Explainer<unknown>, { readonly phase: 'server' | 'connection' }>['phase'];
  readonly effects: (at: AtServer) => readonly Effect[];
}

export interface BoundAtLocation extends BoundBase {
  readonly phase: Exclude<Explainer<unknown>['phase'], BoundAtServer['phase']>;
  readonly effects: (at: OnTheWay) => readonly Effect[];
}

/** What acts on a request of all that is asked for, in the order of the table. */
export function boundOf<T extends Record<keyof T, object>>(
  table: ExplainerTable<T>,
  policies: PoliciesOf<T>,
): readonly Bound[] {
  const found: Bound[] = [];
  for (const name in table) {
    const applied = policies[name];
    if (applied !== undefined) found.push(...boundExplainers(name, table[name], applied));
  }
  return found;
}

function boundExplainers<P>(name: string, explainers: ExplainerOf<P>, applied: Applied<P>): readonly Bound[] {
  if ('silent' in explainers) return [];
  const all = 'phase' in explainers ? [explainers] : explainers;
  return all.map(explainer => boundOne(name, explainer, applied));
}

function boundOne<P>(name: string, explainer: Explainer<P>, applied: Applied<P>): Bound {
  const { from } = applied;
  if (explainer.phase === 'server' || explainer.phase === 'connection') {
    const { phase, explain } = explainer;
    return { name, from, phase, effects: at => explain(applied, at) };
  }
  const { phase, explain } = explainer;
  return { name, from, phase, effects: at => explain(applied, at) };
}

/** Those that run at a server, before a location is chosen. */
export function atServerIn(bound: readonly Bound[], phase: BoundAtServer['phase']): readonly BoundAtServer[] {
  return bound.flatMap(each => (each.phase === phase && isAtServer(each) ? [each] : []));
}

/** Those of a location. */
export function atLocationIn(bound: readonly Bound[]): readonly BoundAtLocation[] {
  return bound.flatMap(each => (isAtServer(each) ? [] : [each]));
}

function isAtServer(bound: Bound): bound is BoundAtServer {
  return bound.phase === 'server' || bound.phase === 'connection';
}
