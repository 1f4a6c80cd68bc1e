import type { BackendRef, HostRef } from '../cluster/backend-ref.ts';
import type { StateOfBackends } from '../cluster/cluster.ts';
import { keyOfObject } from '../cluster/object-name.ts';
import type { Provenance } from '../diagnostics/provenance.ts';
import type { Memory, Remembered } from '../diagnostics/remember.ts';
import { remember } from '../diagnostics/remember.ts';
import type { Service } from '../resources/model.ts';
import { refOf } from '../resources/model.ts';
import type { Protocol, Upstream } from '../routing/model.ts';
import type { Policies } from '../routing/policies.ts';
import type { BackendSettings, BackendWorld } from './backends.ts';
import { reach } from './backends.ts';
import type { Answer } from './upstreams.ts';
import type { Reached } from './reached.ts';
import { REFUSED } from './reached.ts';
import { knownResolvers } from './resolvers.ts';
import { keyOfBackend, portText } from './service-ports.ts';

/** A backend, the same object from one compilation to the next; the compilation that has it from `Backends` may read it. */
export interface Backend {
  readonly reference: BackendRef | HostRef;
  /** `namespace/service:port`, or `//host:port` of a URL; that of a twin has more. */
  readonly key: string;
  /** `namespace/service`, or the host of a URL */
  readonly service: string;
  /** The name of its upstream, as the controller has it, unless another backend has it already. */
  readonly plainName: string;
  /** The same object as before where it comes to the same. */
  reached: Reached;
  /** What that was made of; undefined where no compilation follows. */
  known: Remembered<Reached> | undefined;
  /** The Service, if it is in the input. */
  source: Service | undefined;
  /** The same object as long as the Service is. */
  from: Provenance | undefined;
  /** The number of the compilation that has looked at it, and the state of everything then. */
  run: number;
  state: BackendState | undefined;
  /** The same Service at its cluster IP, once somebody asks for that; it has none itself. */
  twin: Backend | undefined;
  /** Its upstream of which nothing is asked, and the others, by what is asked of them: most backends have none. */
  plain: Variant | undefined;
  variants: Map<string, Variant> | undefined;
}

/** A backend with what is asked of its upstream. Variants of which equal is asked are the same object. */
export interface Variant {
  readonly backend: Backend;
  readonly protocol: Protocol;
  /** `namespace/service:port`, and what is asked. */
  readonly key: string;
  /** As `Backend.plainName`; with the protocol, if it is not HTTP, and a hash of what else is asked, if something is. */
  readonly plainName: string;
  /** Its upstream, once a location leads to it, and the number of the compilation that needs it. */
  upstream: Upstream | undefined;
  usedBy: number;
  /** The name in the compilation with the number. */
  name: string;
  namedBy: number;
  /** The last answer to who is led there, under the name of the upstream, and to who only looks. */
  answer: Answer | undefined;
  look: Answer | undefined;
}

/** Backends from one compilation to the next. */
export interface BackendMemory {
  run: number;
  state: BackendState | undefined;
  readonly byKey: Map<string, Backend>;
}

/** All that decides where backends are reached; the same object as long as it is the same. */
interface BackendState {
  readonly world: StateOfBackends;
  readonly facts: string;
  /** That which came before, if only a few Services differ from it. */
  readonly before: object | undefined;
}

/** The backends of one compilation. */
export interface Backends {
  /** The number of the compilation. */
  readonly run: number;
  /** Whether a Service may be reached in another way than the others. */
  readonly hasTwins: boolean;
  /** The backend that somebody names, up to date. */
  readonly find: (reference: BackendRef | HostRef) => Backend;
  /** The same backend, or its twin, where that is asked for; up to date, though an earlier compilation may have found it. */
  readonly asked: (backend: Backend, policies: Policies<'upstream'>) => Backend;
  /** Forgets the backends that nobody has asked for. */
  readonly forgetOthers: () => void;
}

/** What most names are: looking for it is faster than replacing the rest. */
const PLAIN_NAME = /^[a-z0-9_.-]+$/;

function plainNameOf(reference: BackendRef | HostRef): string {
  const name =
    'host' in reference
      ? `${reference.host}_${reference.port}`
      : `${reference.namespace}-${reference.service}-${portText(reference.port)}`;
  return PLAIN_NAME.test(name) ? name : name.toLowerCase().replace(/[^a-z0-9_.-]/g, '_');
}

function keyOf(reference: BackendRef | HostRef): string {
  return 'host' in reference ? `//${reference.host}:${reference.port}` : keyOfBackend(reference);
}

function factsOf(world: BackendWorld, settings: BackendSettings): string {
  const { backendAddress, clusterDomain, machineResolvers, nodeAddresses } = settings;
  const resolvers = [knownResolvers(settings, world).length > 0, machineResolvers.length > 0];
  const kind = [world.services.size === 0, world.hasEndpoints, world.isDump];
  return JSON.stringify([backendAddress, clusterDomain, nodeAddresses, resolvers, kind]);
}

/** What each backend was reached by, beside it. */
const REACHED: Memory<Backend, Reached> = {
  get: backend => backend.known,
  set: (backend, known) => {
    backend.known = known;
  },
};

interface Way {
  readonly world: BackendWorld;
  readonly settings: BackendSettings;
  /** All that decides besides the Service and its endpoints; undefined where no compilation follows. */
  readonly facts: readonly unknown[] | undefined;
}

/** The way to a backend, the same object as before where it comes to the same. */
function reachAgain(backend: Backend, { world, settings, facts }: Way): Reached {
  if (facts === undefined) return reach(backend.reference, world, settings);
  const { services, endpoints } = world;
  // What is wrong with it is a part of the result: it is said at each object that names the backend.
  const making = { facts, tables: [services, endpoints] };
  return remember(REACHED, backend, making, (watch, _, last) => {
    const watched = { ...watch(services), size: services.size };
    const reached = reach(backend.reference, { ...world, services: watched, endpoints: watch(endpoints) }, settings);
    return last !== undefined && JSON.stringify(reached) === JSON.stringify(last) ? last : reached;
  });
}

/** A name of its own, since few Services have more than one backend. */
function sourceOf(service: Service): Provenance {
  const { kind, namespace, name } = service;
  return { resource: { kind, namespace, name }, field: refOf(service) };
}

/** Where a Service comes from, the same object as long as the Service is. */
function followSource(backend: Backend, service: Service | undefined): void {
  if (service === backend.source) return;
  backend.source = service;
  backend.from = service === undefined ? undefined : sourceOf(service);
}

/** @param memory undefined where no compilation follows */
export function followBackends(
  world: BackendWorld,
  settings: BackendSettings,
  memory: BackendMemory | undefined,
): Backends {
  const known = nextRun(memory);
  const { run, byKey } = known;
  const state = stateOf(world, settings, known);
  const wayBy = (settings: BackendSettings): Way => ({
    world,
    settings,
    facts: memory && [factsOf(world, settings), settings.backendAddress === 'port-forward' ? run : 0],
  });
  const way = wayBy(settings);
  // Who asks nginx to find Services in one way by a flag means all of them.
  const twins = settings.backendAddress === 'auto' ? wayBy({ ...settings, backendAddress: 'cluster-ip' }) : undefined;
  const update = (backend: Backend, how = way): Backend => {
    if (backend.run === run) return backend;
    backend.run = run;
    // Local ports come and go without a trace in the cluster; and whoever keeps them must hear who needs them.
    const isKnown = backend.state === state || (backend.state === state.before && !isTouched(backend, state));
    backend.state = state;
    if (isKnown && settings.backendAddress !== 'port-forward') return backend;
    backend.reached = reachAgain(backend, how);
    followSource(backend, world.services.get(backend.service));
    return backend;
  };
  return {
    run,
    hasTwins: twins !== undefined,
    find(reference) {
      const key = keyOf(reference);
      let backend = byKey.get(key);
      if (backend === undefined) {
        backend = backendOf(key, reference);
        byKey.set(key, backend);
      }
      return update(backend);
    },
    asked(backend, policies) {
      if (policies.serviceUpstream === undefined || twins === undefined) return update(backend);
      backend.twin ??= backendOf(`${backend.key} cluster-ip`, backend.reference);
      return update(backend.twin, twins);
    },
    forgetOthers() {
      for (const [key, { run: last, twin }] of byKey) if (last !== run && twin?.run !== run) byKey.delete(key);
    },
  };
}

/** That of before, where it is the same. */
function stateOf(world: BackendWorld, settings: BackendSettings, memory: BackendMemory): BackendState {
  const facts = factsOf(world, settings);
  const { state: last } = memory;
  const { stateOfBackends: now } = world;
  if (last?.world === now && last.facts === facts) return last;
  const isNext = last?.world.of === now.of && last.world.number + 1 === now.number && last.facts === facts;
  // Without that which came before it: else none would ever be forgotten.
  const before = isNext ? Object.assign(last, { before: undefined }) : undefined;
  memory.state = { world: now, facts, before };
  return memory.state;
}

/** Whether a backend was made of any of the Services that have changed, or of their endpoints. */
function isTouched({ known }: Backend, { world: { changed } }: BackendState): boolean {
  return known === undefined || known.notes.some(({ question }) => changed.has(String(question)));
}

function nextRun(memory: BackendMemory = { run: 0, state: undefined, byKey: new Map() }): BackendMemory {
  memory.run += 1;
  return memory;
}

/** A backend of which nothing is known yet. */
function backendOf(key: string, reference: BackendRef | HostRef): Backend {
  const isHost = 'host' in reference;
  return {
    key,
    plainName: plainNameOf(reference),
    service: isHost ? reference.host : keyOfObject(reference.namespace, reference.service),
    reference,
    reached: REFUSED,
    known: undefined,
    source: undefined,
    from: undefined,
    run: 0,
    state: undefined,
    twin: undefined,
    plain: undefined,
    variants: undefined,
  };
}
