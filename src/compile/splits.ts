import type { BackendRef } from '../cluster/backend-ref.ts';
import { cameFrom } from '../resources/provenance.ts';
import type { Split, Target } from '../routing/model.ts';
import type { Join } from './joins.ts';
import { keyOfBackend } from './service-ports.ts';
import type { Ask, Upstreams } from './upstreams.ts';
import { NO_POLICIES } from './upstreams.ts';

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

/** The splits of the last compilation, by name. */
export interface SplitMemory {
  byName: ReadonlyMap<string, Split>;
}

interface Context {
  /** By the key of the Service whose requests are shared. */
  readonly joins: ReadonlyMap<string, Join>;
  readonly upstreams: Pick<Upstreams, 'targetOf'>;
}

/** Kubernetes names hold no underscore: no upstream has such a name. */
function nameOf(upstream: string): string {
  return `split_${upstream}`;
}

/** The rules and shares of a join, once the names of both upstreams are known. */
function splitOf({ party, share: { rules, parts, of }, at }: Join, main: string, other: string): Split {
  const shares = [
    { to: other, parts },
    { to: main, parts: of - parts },
  ];
  return {
    name: nameOf(main),
    rules: rules.map(({ when, isTaken }) => ({ when, to: isTaken ? other : main })),
    shares: shares.filter(each => each.parts > 0),
    from: [cameFrom(party.ingress, at)],
  };
}

export function openSplits({ joins, upstreams }: Context, memory: SplitMemory): Splits {
  const used = new Map<string, Split>();
  const before = memory.byName;
  const use = (split: Split): Split => {
    const last = used.get(split.name) ?? before.get(split.name);
    const isSame = last !== undefined && (last === split || JSON.stringify(last) === JSON.stringify(split));
    const same = isSame ? last : split;
    used.set(split.name, same);
    return same;
  };
  const share = (join: Join, main: string, onAsk: OnShared['onAsk']): Split | undefined => {
    const { party, backend, at } = join;
    const user = { document: party.ingress.document, at, from: cameFrom(party.ingress, at) };
    const other = upstreams.targetOf(backend, user, { policies: NO_POLICIES, onAsk });
    return other.kind === 'proxy' ? use(splitOf(join, main, other.to.name)) : undefined;
  };
  return {
    targetOf(backend, target, { onAsk, onShared }) {
      if (joins.size === 0) return target;
      const key = keyOfBackend(backend);
      const join = joins.get(key);
      if (join === undefined) return target;
      const split = target.kind === 'proxy' ? share(join, target.to.name, onAsk) : undefined;
      onShared(key, { join, split });
      return split === undefined ? target : { kind: 'proxy', to: { kind: 'split', name: split.name } };
    },
    isUnchanged(asks, shared) {
      if (joins.size === 0 && shared.size === 0) return true;
      return asks.every(({ isSettled, variant }) => {
        const { key } = variant.backend;
        return !isSettled || joins.get(key) === shared.get(key)?.join;
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
