import { shortHash } from '../cluster/object-name.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { FieldRef } from '../diagnostics/place.ts';
import type { Provenance } from '../diagnostics/provenance.ts';
import type { Target, Upstream } from '../routing/model.ts';
import type { Assumptions } from './assumptions.ts';
import type { BackendRef, BackendSettings, BackendWorld } from './backends.ts';
import type { Backend, BackendMemory } from './known-backends.ts';
import { followBackends } from './known-backends.ts';
import type { Reached } from './reached.ts';
import { missingService, missingServicePort } from './rules/backends.ts';

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
  /** Undefined: nobody leads there, and only what is wrong with it is said. */
  readonly name: string | undefined;
}

/** Upstreams as locations come to need them; names are given when all are known. */
export interface Upstreams {
  /** The target for a backend; its finding is reported once an object that names it. `onAsk` is told of it. */
  readonly targetOf: (backend: BackendRef, user: BackendUser, onAsk?: (ask: Ask) => void) => Target;
  /** Whether `lookAt` does so: to ask for a forward is to start one. */
  readonly looksAtClosed: boolean;
  /** Says what is wrong with a backend that nobody is led to, since its location is closed for another reason. */
  readonly lookAt: (backend: BackendRef, user: BackendUser, onAsk?: (ask: Ask) => void) => void;
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
  readonly world: BackendWorld;
  readonly settings: BackendSettings;
  readonly assumptions: Assumptions;
  readonly report: Report;
}

interface Uses {
  /** Says what there is to say of a backend, and remembers that it is used. */
  readonly use: (ask: Ask) => void;
  readonly used: readonly Backend[];
}

function openUses(run: number, tell: (ask: Ask) => void): Uses {
  const used: Backend[] = [];
  const use = (ask: Ask): void => {
    const { backend, user, reached, name } = ask;
    const { peers } = reached;
    tell(ask);
    if (name === undefined || peers === undefined || backend.usedBy === run) return;
    backend.usedBy = run;
    used.push(backend);
    const from = backend.from ?? user.from;
    const { upstream } = backend;
    if (upstream?.name === name && upstream.peers === peers && upstream.from[0] === from) return;
    backend.upstream = { name, peers, from: [from] };
  };
  return { use, used };
}

/** Gathers the upstreams of a routing: one a backend, shared by all locations that name it. */
export function gatherUpstreams(
  { world, settings, assumptions, report }: Gathering,
  memory: UpstreamMemory,
): Upstreams {
  const backends = followBackends(world, settings, memory.backends);
  const { run } = memory.backends;
  const looksAtClosed = settings.backendAddress !== 'port-forward';
  const nameFor = giveNames();
  const { use, used } = openUses(run, tellerFor(assumptions, report));
  return {
    looksAtClosed,
    reachedBy: reference => backends.find(reference).reached,
    targetOf(reference, user, onAsk) {
      const backend = backends.find(reference);
      const { reached } = backend;
      const name = nameFor(backend);
      const ask = { backend, user, reached, name };
      use(ask);
      onAsk?.(ask);
      return targetFor(reached, name);
    },
    lookAt(reference, user, onAsk) {
      if (!looksAtClosed) return;
      const backend = backends.find(reference);
      const ask = { backend, user, reached: backend.reached, name: undefined };
      use(ask);
      onAsk?.(ask);
    },
    isUnchanged(asks) {
      for (const ask of asks) {
        backends.refresh(ask.backend);
        const name = ask.name === undefined ? undefined : nameFor(ask.backend);
        if (ask.backend.reached !== ask.reached || name !== ask.name) return false;
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

function targetFor({ peers, finding }: Reached, name: string): Target {
  if (peers !== undefined) return { kind: 'upstream', upstream: name };
  return { kind: 'status', code: 503, reason: finding?.message ?? 'the backend is not valid' };
}

/** Tells what there is to say of a backend: its finding once an object that names it, what is assumed once for all. */
function tellerFor(assumptions: Assumptions, report: Report): (ask: Ask) => void {
  const said = new Set<string>();
  return ({ backend, user, reached: { finding, assumptions: assumed }, name }) => {
    // That nobody is ready is no mistake of whoever names it; nor is anything assumed where nobody leads.
    if (name === undefined && finding?.rule !== missingService && finding?.rule !== missingServicePort) return;
    const at = backend.from?.field ?? user.at;
    for (const assumption of assumed) assumptions.add({ assumption, service: backend.service, at });
    if (finding === undefined) return;
    const mark = `${user.document} ${backend.key}`;
    if (!said.has(mark)) report({ ...finding, at: user.at });
    said.add(mark);
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
