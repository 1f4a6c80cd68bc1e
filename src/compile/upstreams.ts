import type { BackendRef } from '../cluster/backend-ref.ts';
import { shortHash } from '../cluster/object-name.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { FieldRef } from '../diagnostics/place.ts';
import type { Provenance } from '../diagnostics/provenance.ts';
import type { Target, Upstream } from '../routing/model.ts';
import type { Policies } from '../routing/policies.ts';
import type { Assumptions } from './assumptions.ts';
import type { BackendSettings, BackendWorld } from './backends.ts';
import type { BackendMemory, Variant } from './known-backends.ts';
import { followBackends, variantOf } from './known-backends.ts';
import type { Reached } from './reached.ts';
import type { UpstreamPolicies } from './upstream-claims.ts';
import { missingService, missingServicePort } from './rules/backends.ts';

/** Who names a backend. */
export interface BackendUser {
  readonly document: string;
  readonly at: FieldRef;
  readonly from: Provenance;
}

/** A question for the target of a backend, with what the answer was made of. */
export interface Ask {
  readonly reference: BackendRef;
  readonly variant: Variant;
  readonly policies: Policies<'upstream'>;
  /** They are those of the backend, which other Ingresses may change. */
  readonly isSettled: boolean;
  readonly user: BackendUser;
  readonly reached: Reached;
  /** Undefined: nobody leads there, and only what is wrong with it is said. */
  readonly name: string | undefined;
}

/** What is asked of an upstream, if not what its Ingresses have settled; and who is told. */
export interface AskedOfUpstream {
  readonly policies?: Policies<'upstream'>;
  readonly onAsk?: (ask: Ask) => void;
}

/** Upstreams as locations come to need them; names are given when all are known. */
export interface Upstreams {
  /** The target for a backend; its finding is reported once an object that names it. `onAsk` is told of it. */
  readonly targetOf: (backend: BackendRef, user: BackendUser, more?: AskedOfUpstream) => Target;
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
  used: readonly Variant[];
  all: readonly Upstream[];
}

/** Of an upstream of which nothing is asked, whatever its Ingresses do. */
export const NO_POLICIES: Policies<'upstream'> = Object.freeze({});

interface Gathering {
  readonly world: BackendWorld;
  readonly settings: BackendSettings;
  readonly policiesOf: UpstreamPolicies;
  readonly assumptions: Assumptions;
  readonly report: Report;
}

interface Uses {
  /** Says what there is to say of a backend, and remembers that it is used. */
  readonly use: (ask: Ask) => void;
  readonly used: readonly Variant[];
}

function openUses(run: number, tell: (ask: Ask) => void): Uses {
  const used: Variant[] = [];
  const use = (ask: Ask): void => {
    const { variant, policies, user, reached, name } = ask;
    const { peers } = reached;
    tell(ask);
    if (name === undefined || peers === undefined || variant.usedBy === run) return;
    variant.usedBy = run;
    used.push(variant);
    const from = variant.backend.from ?? user.from;
    const { upstream } = variant;
    const isSame = upstream?.name === name && upstream.peers === peers && upstream.policies === policies;
    if (isSame && upstream.from[0] === from) return;
    variant.upstream = { name, peers, policies, from: [from] };
  };
  return { use, used };
}

/** Gathers the upstreams of a routing: one a backend, shared by all locations that name it. */
export function gatherUpstreams(
  { world, settings, policiesOf, assumptions, report }: Gathering,
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
    targetOf(reference, user, { policies: own, onAsk } = {}) {
      const backend = backends.find(reference);
      const { reached } = backend;
      const policies = own ?? policiesOf(reference);
      const variant = variantOf(backend, policies);
      const name = nameFor(variant);
      const ask = { reference, variant, policies, isSettled: own === undefined, user, reached, name };
      use(ask);
      onAsk?.(ask);
      return targetFor(reached, name);
    },
    lookAt(reference, user, onAsk) {
      if (!looksAtClosed) return;
      const backend = backends.find(reference);
      const variant = variantOf(backend, NO_POLICIES);
      const policies = NO_POLICIES;
      const ask = { reference, variant, policies, isSettled: false, user, reached: backend.reached, name: undefined };
      use(ask);
      onAsk?.(ask);
    },
    isUnchanged(asks) {
      for (const last of asks) {
        const { variant, reached, name } = last;
        backends.refresh(variant.backend);
        const ask = withPolicies(last, policiesOf);
        const nameNow = name === undefined ? undefined : nameFor(variant);
        if (ask.variant !== variant || variant.backend.reached !== reached || nameNow !== name) return false;
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

/** The same question with what is asked of its upstream now. */
function withPolicies(last: Ask, policiesOf: UpstreamPolicies): Ask {
  if (!last.isSettled) return last;
  const policies = policiesOf(last.reference);
  if (policies === last.policies) return last;
  return { ...last, policies, variant: variantOf(last.variant.backend, policies) };
}

function targetFor({ peers, finding }: Reached, name: string): Target {
  if (peers !== undefined) return { kind: 'proxy', to: { kind: 'upstream', name } };
  return { kind: 'status', code: 503, reason: finding?.message ?? 'the backend is not valid' };
}

/** Tells what there is to say of a backend: its finding once an object that names it, what is assumed once for all. */
function tellerFor(assumptions: Assumptions, report: Report): (ask: Ask) => void {
  const said = new Set<string>();
  return ({ variant: { backend }, user, reached: { finding, assumptions: assumed }, name }) => {
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
function giveNames(): (variant: Variant) => string {
  const holders = new Map<string, Variant>();
  return variant => {
    const plain = variant.plainName;
    let name = plain;
    for (;;) {
      const holder = holders.get(name);
      if (holder === variant) return name;
      if (holder === undefined) break;
      name = `${plain}_${shortHash(`${name} ${variant.key}`)}`;
    }
    holders.set(name, variant);
    return name;
  };
}

/** The upstreams by name; most of the time the names are those that were there before. */
function inOrder(
  used: readonly Variant[],
  run: number,
  before: Pick<UpstreamMemory, 'used' | 'all'>,
): Pick<UpstreamMemory, 'used' | 'all'> {
  const isSame =
    used.length === before.used.length &&
    before.used.every(({ usedBy, upstream }, index) => usedBy === run && upstream?.name === before.all[index]?.name);
  const sorted = isSame ? before.used : used.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  return { used: sorted, all: sorted.map(({ upstream }) => upstream).filter(upstream => upstream !== undefined) };
}

function nameOf({ upstream }: Variant): string {
  return upstream?.name ?? '';
}
