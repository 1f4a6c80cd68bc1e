import type { Cluster } from '../cluster/cluster.ts';
import { shortHash } from '../cluster/object-name.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { FieldRef } from '../diagnostics/place.ts';
import type { Provenance } from '../diagnostics/provenance.ts';
import type { Target, Upstream } from '../routing/model.ts';
import type { BackendRef, BackendSettings } from './backends.ts';
import type { Backend, BackendMemory } from './known-backends.ts';
import { followBackends } from './known-backends.ts';
import type { Reached } from './reached.ts';

/** Who names a backend. */
export interface BackendUser {
  readonly document: string;
  readonly at: FieldRef;
  readonly from: Provenance;
}

/** A question for the target of a backend, with what the answer was made of. */
export interface Ask {
  readonly backend: Backend;
  readonly user: BackendUser;
  readonly reached: Reached;
  readonly name: string;
}

/** Upstreams as locations come to need them; names are given when all are known. */
export interface Upstreams {
  /** The target for a backend; its finding is reported once an object that names it. `onAsk` is told of it. */
  readonly targetOf: (backend: BackendRef, user: BackendUser, onAsk?: (ask: Ask) => void) => Target;
  /** Asks again what was asked in an earlier compilation, in this order; false if an answer is another one now. */
  readonly isUnchanged: (asks: readonly Ask[]) => boolean;
  /** What a backend comes to, for users that need more than a target. */
  readonly reachedBy: (backend: BackendRef) => Reached;
  /** By name; every one is used. */
  readonly all: () => readonly Upstream[];
}

/** The upstreams of the last compilation, by name. */
export interface UpstreamMemory {
  readonly backends: BackendMemory;
  /** In the same order. */
  used: readonly Backend[];
  all: readonly Upstream[];
}

interface Gathering {
  readonly cluster: Cluster;
  readonly settings: BackendSettings;
  readonly report: Report;
}

/** Gathers the upstreams of a routing: one a backend, shared by all locations that name it. */
export function gatherUpstreams({ cluster, settings, report }: Gathering, memory: UpstreamMemory): Upstreams {
  const backends = followBackends(cluster, settings, memory.backends);
  const { run } = memory.backends;
  const nameFor = giveNames();
  const reported = new Set<string>();
  const used: Backend[] = [];

  /** What there is to say of a backend, once an object that names it; and that it is used. */
  const use = ({ backend, user, reached, name }: Ask): void => {
    if (reached.finding !== undefined) {
      const mark = `${user.document} ${backend.key}`;
      if (!reported.has(mark)) report({ ...reached.finding, at: user.at });
      reported.add(mark);
    }
    const { peers } = reached;
    if (peers === undefined || backend.usedBy === run) return;
    backend.usedBy = run;
    used.push(backend);
    const from = backend.from ?? user.from;
    const { upstream } = backend;
    if (upstream?.name === name && upstream.peers === peers && upstream.from[0] === from) return;
    backend.upstream = { name, peers, from: [from] };
  };
  return {
    reachedBy: reference => backends.find(reference).reached,
    targetOf(reference, user, onAsk) {
      const backend = backends.find(reference);
      const { reached } = backend;
      const ask = { backend, user, reached, name: nameFor(backend) };
      use(ask);
      onAsk?.(ask);
      return reached.peers === undefined
        ? { kind: 'status', code: 503, reason: reached.finding?.message ?? 'the backend cannot be reached' }
        : { kind: 'upstream', upstream: ask.name };
    },
    isUnchanged(asks) {
      for (const ask of asks) {
        backends.refresh(ask.backend);
        if (ask.backend.reached !== ask.reached || nameFor(ask.backend) !== ask.name) return false;
        use(ask);
      }
      return true;
    },
    all() {
      Object.assign(memory, inOrder(used, run, memory));
      backends.forgetOthers();
      return memory.all;
    },
  };
}

/**
 * Two backends can come to one name (`a-b`/`c` and `a`/`b-c`): who asks first has it, others get a hash. Kubernetes
 * names hold no underscore, so that nobody can take such a name on purpose.
 */
function giveNames(): (backend: Backend) => string {
  const holders = new Map<string, Backend>();
  return backend => {
    const plain = backend.plainName;
    let name = plain;
    for (;;) {
      const holder = holders.get(name);
      if (holder === backend) return name;
      if (holder === undefined) break;
      name = `${plain}_${shortHash(`${name} ${backend.key}`)}`;
    }
    holders.set(name, backend);
    return name;
  };
}

/** The upstreams by name; most of the time the names are those that were there before. */
function inOrder(
  used: readonly Backend[],
  run: number,
  before: Pick<UpstreamMemory, 'used' | 'all'>,
): Pick<UpstreamMemory, 'used' | 'all'> {
  const isSame =
    used.length === before.used.length &&
    before.used.every(({ usedBy, upstream }, index) => usedBy === run && upstream?.name === before.all[index]?.name);
  const sorted = isSame ? before.used : used.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  return { used: sorted, all: sorted.map(({ upstream }) => upstream).filter(upstream => upstream !== undefined) };
}

function nameOf({ upstream }: Backend): string {
  return upstream?.name ?? '';
}
