import type { Share } from '../annotations/family.ts';
import type { SharedPolicies } from '../annotations/plan.ts';
import type { BackendRef } from '../cluster/backend-ref.ts';
import { planner } from '../controller-config/registry.ts';
import { cameFrom } from '../resources/provenance.ts';
import type { Split, Target } from '../routing/model.ts';
import type { Policies } from '../routing/policies.ts';
import type { Join } from './joins.ts';
import { keyOfBackend } from './service-ports.ts';
import type { UpstreamPolicies } from './upstream-claims.ts';
import type { Ask, Upstreams } from './upstreams.ts';

/** What became of the requests for a Service of which somebody wants a share. */
export interface Shared {
  readonly join: Join;
  /** Undefined where nobody gets a share: one of the two cannot be reached. */
  readonly split: Split | undefined;
}

/** Shares of requests, as locations come to lead to Services. */
export interface Splits {
  /** Where requests for a backend go, given where they would without shares. */
  readonly targetOf: (backend: BackendRef, target: Target, on: OnShared) => Target;
  /** Whether those join the backends of these questions that did in an earlier compilation. */
  readonly isUnchanged: (asks: readonly Ask[], shared: ReadonlyMap<string, Shared>) => boolean;
  /** Uses what an earlier compilation has made once more. */
  readonly useAgain: (shared: ReadonlyMap<string, Shared>) => void;
  /** By name; every one is used. */
  readonly all: () => readonly Split[];
}

/** Who is told. */
export interface OnShared {
  readonly onAsk: (ask: Ask) => void;
  readonly onShared: (key: string, shared: Shared) => void;
}

/** The splits of the last compilation, by name; and what is asked of upstreams that take a share. */
export interface SplitMemory {
  byName: ReadonlyMap<string, Split>;
  readonly asked: WeakMap<Join, Asked>;
}

interface Asked extends SharedPolicies {
  /** What is asked of the other upstream. */
  readonly of: Policies<'upstream'>;
}

/** A Service of whose requests somebody wants a share. */
interface Main {
  readonly backend: BackendRef;
  /** The name of its upstream. */
  readonly upstream: string;
}

interface Context {
  /** By the key of the Service whose requests are shared. */
  readonly joins: ReadonlyMap<string, Join>;
  readonly upstreams: Pick<Upstreams, 'targetOf'>;
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
    from: [cameFrom(party.ingress, at)],
  };
}

/** The same object as before where the same is asked of the main upstream. */
function askedOf(join: Join, main: BackendRef, of: Policies<'upstream'>, { asked }: SplitMemory): Asked {
  const before = asked.get(join);
  if (before?.of === of) return before;
  const now = { ...planner.share(of, { main, other: join.backend, share: join.share }), of };
  asked.set(join, now);
  return now;
}

export function openSplits({ joins, upstreams, policiesOf }: Context, memory: SplitMemory): Splits {
  const used = new Map<string, Split>();
  const before = memory.byName;
  const use = (split: Split): Split => {
    const last = used.get(split.name) ?? before.get(split.name);
    const isSame = last !== undefined && (last === split || JSON.stringify(last) === JSON.stringify(split));
    const same = isSame ? last : split;
    used.set(split.name, same);
    return same;
  };
  const share = (join: Join, main: Main, onAsk: OnShared['onAsk']): Split | undefined => {
    const { party, backend, at } = join;
    const user = { document: party.ingress.document, at, from: cameFrom(party.ingress, at) };
    const { policies, rules } = askedOf(join, main.backend, policiesOf(main.backend), memory);
    const other = upstreams.targetOf(backend, user, { policies, onAsk });
    return other.kind === 'proxy' ? use(splitOf(join, rules, main.upstream, other.to.name)) : undefined;
  };
  return {
    targetOf(backend, target, { onAsk, onShared }) {
      if (joins.size === 0) return target;
      const key = keyOfBackend(backend);
      const join = joins.get(key);
      if (join === undefined) return target;
      const split = target.kind === 'proxy' ? share(join, { backend, upstream: target.to.name }, onAsk) : undefined;
      onShared(key, { join, split });
      return split === undefined ? target : { kind: 'proxy', to: { kind: 'split', name: split.name } };
    },
    isUnchanged(asks, shared) {
      if (joins.size === 0 && shared.size === 0) return true;
      return asks.every(({ isSettled, variant, reference, policies }) => {
        const join = joins.get(variant.backend.key);
        if (!isSettled) return true;
        if (join !== shared.get(variant.backend.key)?.join) return false;
        return join === undefined || policiesOf(reference) === policies;
      });
    },
    useAgain(shared) {
      for (const { split } of shared.values()) if (split !== undefined) use(split);
    },
    all() {
      memory.byName = used;
      return [...used.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
    },
  };
}
