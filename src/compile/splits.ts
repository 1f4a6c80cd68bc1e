import type { Share } from '../annotations/family.ts';
import type { SharedPolicies } from '../annotations/plan.ts';
import type { BackendRef } from '../cluster/backend-ref.ts';
import { planner } from '../controller-config/registry.ts';
import type { Table } from '../diagnostics/remember.ts';
import type { Protocol, Split, Target } from '../routing/model.ts';
import type { Policies } from '../routing/policies.ts';
import type { RouteTls } from './encryption.ts';
import type { Join } from './joins.ts';
import type { UpstreamPolicies } from './upstream-claims.ts';
import type { Upstreams } from './upstreams.ts';

/** Requests for a backend, and where they go without shares. */
export interface Sharing {
  readonly backend: BackendRef;
  /** Of the backend. */
  readonly key: string;
  readonly target: Target;
  /** That of the target, which whoever takes a share speaks, too. */
  readonly protocol: Protocol;
  /** The same of how connections of TLS are made. */
  readonly tls: RouteTls | undefined;
}

/**
 * Shares of requests, as locations come to lead to Services: where requests go. An answer has effects: the split, and
 * the upstream of who takes a share, are used.
 */
export interface Splits extends Table<Sharing, Target> {
  /** By name; every one is used. */
  readonly all: () => readonly Split[];
}

/** The splits of the last compilation, by name; and what is asked of upstreams that take a share. */
export interface SplitMemory {
  byName: ReadonlyMap<string, Split>;
  readonly targets: WeakMap<Split, Target>;
  readonly asked: WeakMap<Join, Asked>;
}

export function createSplitMemory(): SplitMemory {
  return { byName: new Map(), targets: new WeakMap(), asked: new WeakMap() };
}

interface Asked extends SharedPolicies {
  /** What is asked of the other upstream. */
  readonly of: Policies<'upstream'>;
}

/** A Service of whose requests somebody wants a share. */
interface Main extends Pick<Sharing, 'backend' | 'key' | 'protocol' | 'tls'> {
  /** The name of its upstream. */
  readonly upstream: string;
}

interface Context {
  /** By the key of the Service whose requests are shared. */
  readonly joins: ReadonlyMap<string, Join>;
  readonly upstreams: Pick<Upstreams, 'get' | 'find'>;
  readonly policiesOf: UpstreamPolicies;
}

/** Kubernetes names hold no underscore: no upstream has such a name. */
function nameOf(upstream: string): string {
  return `split_${upstream}`;
}

/** The rules and shares of a join, once the names of both upstreams are known. */
function splitOf({ party, share, at }: Join, first: Share['rules'], main: string, other: string): Split {
  const { rules, parts, of } = share;
  const shares = [
    { to: other, parts },
    { to: main, parts: of - parts },
  ];
  return {
    name: nameOf(main),
    rules: [...first, ...rules].map(({ when, isTaken }) => ({ when, to: isTaken ? other : main })),
    shares: shares.filter(each => each.parts > 0),
    from: [{ resource: party.name, field: at }],
  };
}

/** The same object as before where the same is asked of the main upstream. */
function askedOf(join: Join, main: BackendRef, of: Policies<'upstream'>, { asked }: SplitMemory): Asked {
  const before = asked.get(join);
  if (before?.of === of) return before;
  const { ingress, policies } = join.party;
  const own = { ingress, plans: policies?.upstream ?? [] };
  const now = { ...planner.share(of, { main, other: join.backend, share: join.share }, own), of };
  asked.set(join, now);
  return now;
}

export function openSplits({ joins, upstreams, policiesOf }: Context, memory = createSplitMemory()): Splits {
  const used = new Map<string, Split>();
  const before = memory.byName;
  const use = (split: Split): Split => {
    const last = used.get(split.name) ?? before.get(split.name);
    const isSame = last !== undefined && (last === split || JSON.stringify(last) === JSON.stringify(split));
    const same = isSame ? last : split;
    used.set(split.name, same);
    return same;
  };
  const share = (join: Join, main: Main): Split | undefined => {
    const { party, backend, at } = join;
    const { protocol, tls } = main;
    const { policies, rules } = askedOf(join, main.backend, policiesOf(main.key), memory);
    const asked = { backend: upstreams.find(backend), who: party.name, at, policies, protocol, tls, isLook: false };
    const { target: other } = upstreams.get(asked);
    return other.kind === 'proxy' ? use(splitOf(join, rules, main.upstream, other.to.name)) : undefined;
  };
  return {
    get({ backend, key, target, protocol, tls }) {
      const join = joins.size === 0 ? undefined : joins.get(key);
      if (join === undefined || target.kind !== 'proxy') return target;
      const split = share(join, { backend, key, protocol, tls, upstream: target.to.name });
      return split === undefined ? target : targetOf(split, memory);
    },
    all() {
      memory.byName = used;
      return [...used.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
    },
  };
}

/** The same object for the same split. */
function targetOf(split: Split, { targets }: SplitMemory): Target {
  const known = targets.get(split);
  if (known !== undefined) return known;
  const target: Target = { kind: 'proxy', to: { kind: 'split', name: split.name } };
  targets.set(split, target);
  return target;
}
