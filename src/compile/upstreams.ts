import type { BackendRef, HostRef } from '../cluster/backend-ref.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { FieldRef, ObjectName } from '../diagnostics/place.ts';
import type { Table } from '../diagnostics/remember.ts';
import type { Protocol, Target, Upstream } from '../routing/model.ts';
import type { Policies } from '../routing/policies.ts';
import { findingOf } from './assumptions.ts';
import type { Assumptions } from './assumptions.ts';
import type { BackendSettings, BackendWorld } from './backends.ts';
import type { Backend, BackendMemory, Backends, Variant } from './known-backends.ts';
import { followBackends } from './known-backends.ts';
import type { Reached } from './reached.ts';
import type { RouteTls } from './encryption.ts';
import { withTls } from './encryption.ts';
import type { UpstreamPolicies } from './upstream-claims.ts';
import { giveNames } from './upstream-names.ts';
import type { CompileSettings } from './settings.ts';
import { variantOf } from './variants.ts';
import { keyOfBackend } from './service-ports.ts';
import { isJudged } from './world.ts';
import { missingService, missingServicePort } from './rules/backends.ts';

/** A question for the way to a backend. */
export interface Question {
  readonly backend: Backend;
  /** Who names it, and where. */
  readonly who: ObjectName;
  readonly at: FieldRef;
  /** What is asked of its upstream; undefined: what its Ingresses have settled. */
  readonly policies: Policies<'upstream'> | undefined;
  readonly protocol: Protocol;
  /** How connections of TLS are made; undefined where nobody asks. */
  readonly tls: RouteTls | undefined;
  /** Nobody is led there, since the location is closed for another reason: only what is wrong with it is said. */
  readonly isLook: boolean;
  /** What answered it last, where a compilation follows: it is asked again then. */
  found?: FoundVariant;
}

interface FoundVariant {
  readonly settled: Policies<'upstream'>;
  readonly hasTwins: boolean;
  readonly policies: Policies<'upstream'>;
  readonly variant: Variant;
}

/** The same object as long as it is the same. */
export interface Answer {
  readonly reached: Reached;
  /** Of the upstream; empty for a look. */
  readonly name: string;
  readonly target: Target;
}

/**
 * Upstreams as locations come to need them; names are given when all are known. An answer has effects: the upstream is
 * used, and what is wrong with the backend is said, once an object that names it.
 */
export interface Upstreams extends Table<Question, Answer> {
  /** The backend that somebody names, for a question. */
  readonly find: (backend: BackendRef | HostRef) => Backend;
  /** Whether it does no harm to look at the backends of closed locations: to ask for a forward is to start one. */
  readonly looksAtClosed: boolean;
  /** What a backend comes to, without effects. */
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
  readonly settings: BackendSettings & Pick<CompileSettings, 'world'>;
  readonly policiesOf: UpstreamPolicies;
  readonly assumptions: Assumptions;
  readonly report: Report;
}

/** A question, and what answers it now. */
interface Ask {
  readonly question: Question;
  readonly variant: Variant;
  readonly policies: Policies<'upstream'>;
  readonly reached: Reached;
}

/** The upstream of a variant, for a location that leads there. */
function useVariant({ variant, policies, question: { who, at }, reached: { peers } }: Ask, name: string): void {
  if (peers === undefined) return;
  const { upstream, protocol, backend } = variant;
  const last = upstream?.from[0];
  const ofUser = last?.resource === who && last.field === at ? last : { resource: who, field: at };
  const from = backend.from ?? ofUser;
  if (last === from && upstream?.name === name && upstream.peers === peers && upstream.policies === policies) return;
  variant.upstream = {
    name,
    ...serviceOf(backend),
    ...(protocol === 'http' ? {} : { protocol }),
    peers,
    policies,
    from: [from],
  };
}

/** Finds the variants that answer questions. Where a compilation follows, a question keeps its own. */
function openFinder(
  backends: Backends,
  policiesOf: UpstreamPolicies,
  isFollowed: boolean,
): (question: Question) => FoundVariant {
  const { hasTwins } = backends;
  return question => {
    const { backend: named, policies: own, protocol, tls, found } = question;
    const settled = own ?? ('host' in named.reference ? NO_POLICIES : policiesOf(named.key));
    if (found?.settled === settled && found.hasTwins === hasTwins) {
      backends.asked(named, found.policies);
      return found;
    }
    const policies = withTls(settled, tls);
    const variant = variantOf(backends.asked(named, policies), policies, protocol);
    const now = { settled, hasTwins, policies, variant };
    if (isFollowed) question.found = now;
    return now;
  };
}

/** Gathers the upstreams of a routing: one a backend, shared by all locations that name it. */
export function gatherUpstreams(gathering: Gathering, memory: UpstreamMemory | undefined): Upstreams {
  const { world, settings, policiesOf } = gathering;
  const backends = followBackends(world, settings, memory?.backends);
  const { run } = backends;
  const nameFor = giveNames();
  const tell = tellerFor(gathering);
  const used: Variant[] = [];
  const find = openFinder(backends, policiesOf, memory !== undefined);
  return {
    looksAtClosed: settings.backendAddress !== 'port-forward',
    find: backends.find,
    get(question) {
      const { variant, policies } = find(question);
      const { reached } = variant.backend;
      // Most backends are as they should be, and servers that are remembered ask for thousands of them.
      const isQuiet = reached.finding === undefined && reached.assumptions.length === 0;
      if (!isQuiet) tell({ question, variant, policies, reached });
      if (question.isLook) return lookOf(variant, reached);
      if (variant.namedBy !== run) {
        variant.name = nameFor(variant);
        variant.namedBy = run;
      }
      if (reached.peers !== undefined && variant.usedBy !== run) {
        variant.usedBy = run;
        used.push(variant);
        useVariant({ question, variant, policies, reached }, variant.name);
      }
      return answerOf(variant, reached, variant.name);
    },
    reachedBy(reference) {
      const backend = backends.find(reference);
      return backends.asked(backend, policiesOf(backend.key)).reached;
    },
    all() {
      const ordered = inOrder(used, run, memory);
      if (memory !== undefined) Object.assign(memory, ordered);
      backends.forgetOthers();
      return ordered.all;
    },
  };
}

/** The answer of a variant to who is led there; the same object as before where it is the same. */
function answerOf(variant: Variant, reached: Reached, name: string): Answer {
  const { answer } = variant;
  if (answer?.reached === reached && answer.name === name) return answer;
  return (variant.answer = { reached, name, target: targetFor(variant.backend, reached, name) });
}

/** The same to who only looks. */
function lookOf(variant: Variant, reached: Reached): Answer {
  if (variant.look?.reached === reached) return variant.look;
  return (variant.look = { reached, name: '', target: targetFor(variant.backend, reached, '') });
}

/** The port of a Service that is meant, unless it is the host of a URL. */
function serviceOf({ reference }: Backend): Pick<Upstream, 'service'> {
  return 'host' in reference ? {} : { service: keyOfBackend(reference) };
}

function targetFor(backend: Backend, { peers, finding, notReady }: Reached, name: string): Target {
  if (peers !== undefined) return { kind: 'proxy', to: { kind: 'upstream', name } };
  const reason = finding?.message ?? 'the backend is not valid';
  return { kind: 'status', code: 503, reason, ...serviceOf(backend), ...(notReady === undefined ? {} : { notReady }) };
}

/** Tells what there is to say of a backend: its finding once an object that names it, what is assumed once for all. */
function tellerFor({ assumptions, settings, report }: Gathering): (ask: Ask) => void {
  const said = new Set<string>();
  const isCheck = isJudged(settings.world);
  return ({ variant: { backend }, question: { at: user, isLook }, reached }) => {
    const { assumptions: assumed } = reached;
    const finding = isCheck ? (reached.finding ?? findingOf(backend.service, reached)) : reached.finding;
    // That nobody is ready is no mistake of whoever names it; nor is anything assumed where nobody leads.
    if (isLook && finding?.rule !== missingService && finding?.rule !== missingServicePort) return;
    const at = backend.from?.field ?? user;
    for (const assumption of assumed) assumptions.add({ assumption, service: backend.service, at });
    if (finding === undefined) return;
    const mark = `${user.document} ${backend.key}`;
    if (!said.has(mark)) report({ ...finding, at: user });
    said.add(mark);
  };
}

/** The upstreams by name; most of the time the names are those that were there before. */
function inOrder(
  used: readonly Variant[],
  run: number,
  before: Pick<UpstreamMemory, 'used' | 'all'> | undefined,
): Pick<UpstreamMemory, 'used' | 'all'> {
  const isSame =
    before !== undefined &&
    used.length === before.used.length &&
    before.used.every(({ usedBy, upstream }, index) => usedBy === run && upstream?.name === before.all[index]?.name);
  const sorted = isSame ? before.used : used.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  return { used: sorted, all: sorted.map(({ upstream }) => upstream).filter(upstream => upstream !== undefined) };
}

function nameOf({ upstream }: Variant): string {
  return upstream?.name ?? '';
}
