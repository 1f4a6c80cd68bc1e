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
  last: readonly NamedUpstream[];
}

interface NamedUpstream {
  readonly backend: Backend;
  readonly upstream: Upstream;
}

interface Gathering {
  readonly cluster: Cluster;
  readonly settings: BackendSettings;
  readonly report: Report;
}

/** Gathers the upstreams of a routing: one a backend, shared by all locations that name it. */
export function gatherUpstreams({ cluster, settings, report }: Gathering, memory: UpstreamMemory): Upstreams {
  const backends = followBackends(cluster, settings, memory.backends);
  const nameOf = giveNames();
  const reported = new Set<string>();
  const used = new Map<Backend, { readonly name: string; readonly from: Provenance }>();

  /** What there is to say of a backend, once an object that names it; and that it is used. */
  const use = ({ backend, user, reached, name }: Ask): void => {
    if (reached.finding !== undefined) {
      const mark = `${user.document} ${backend.key}`;
      if (!reported.has(mark)) report({ ...reached.finding, at: user.at });
      reported.add(mark);
    }
    if (reached.peers !== undefined && !used.has(backend)) used.set(backend, { name, from: backend.from ?? user.from });
  };
  return {
    reachedBy: reference => backends.find(reference).reached,
    targetOf(reference, user, onAsk) {
      const backend = backends.find(reference);
      const { reached } = backend;
      const ask = { backend, user, reached, name: nameOf(backend) };
      use(ask);
      onAsk?.(ask);
      return reached.peers === undefined
        ? { kind: 'status', code: 503, reason: reached.finding?.message ?? 'the backend cannot be reached' }
        : { kind: 'upstream', upstream: ask.name };
    },
    isUnchanged(asks) {
      for (const ask of asks) {
        backends.refresh(ask.backend);
        if (ask.backend.reached !== ask.reached || nameOf(ask.backend) !== ask.name) return false;
        use(ask);
      }
      return true;
    },
    all() {
      memory.last = upstreamsOf(used, memory.last);
      backends.forgetOthers();
      return memory.last.map(({ upstream }) => upstream);
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

/** The upstreams by name; those of which nothing has changed are the same objects. */
function upstreamsOf(
  used: ReadonlyMap<Backend, { readonly name: string; readonly from: Provenance }>,
  before: readonly NamedUpstream[],
): readonly NamedUpstream[] {
  const current: NamedUpstream[] = [];
  const seen = new Set<Backend>();
  const add = (backend: Backend, known: Upstream | undefined): void => {
    const use = used.get(backend);
    const { peers } = backend.reached;
    if (use === undefined || peers === undefined) return;
    seen.add(backend);
    const isSame = known?.name === use.name && known.peers === peers && known.from[0] === use.from;
    current.push({ backend, upstream: isSame ? known : { name: use.name, peers, from: [use.from] } });
  };
  // Those that were there before come in their order then, so that little is left to sort.
  for (const { backend, upstream } of before) add(backend, upstream);
  for (const backend of used.keys()) if (!seen.has(backend)) add(backend, undefined);
  return current.toSorted((a, b) => (a.upstream.name < b.upstream.name ? -1 : 1));
}
