import type { Report } from '../diagnostics/diagnostic.ts';
import type { ConfigMap, EndpointSet, Ingress, IngressClass, Resource, Secret, Service } from '../resources/model.ts';
import { refuseIngress } from '../resources/refused-ingress.ts';
import { gatherEndpoints, hasKeptEndpoints } from './endpoint-lists.ts';
import { keyOfObject } from './object-name.ts';
import { identity, settleDoubles } from './doubles.ts';
import { promisedSecretsIn } from './promised-secrets.ts';
import type { PromisedSecrets } from './promised-secrets.ts';

/**
 * All objects of the input, looked up by `namespace/name` (classes: by name). What was indexed with a memory holds until
 * the next index with the same memory.
 */
export interface Cluster {
  /** The oldest first, as conflicts are decided. */
  readonly ingresses: readonly Ingress[];
  readonly classes: ReadonlyMap<string, IngressClass>;
  readonly services: ReadonlyMap<string, Service>;
  /** By the Service that they belong to. */
  readonly endpoints: ReadonlyMap<string, readonly EndpointSet[]>;
  /** Whether the input holds any endpoints, be they of no Service. */
  readonly hasEndpoints: boolean;
  readonly stateOfBackends: StateOfBackends;
  /**
   * Whether the input comes from a cluster that was asked for its endpoints: what has none there has none. A Git
   * repository holds no endpoints but those of Services without selector, which are written by hand.
   */
  readonly isDump: boolean;
  /** Only looked up: so that whoever watches a cluster knows which Secrets are needed at all. */
  readonly secrets: Pick<ReadonlyMap<string, Secret>, 'get'>;
  /** The same; those that happen to be in the input can be gone through, too. */
  readonly configMaps: Pick<ReadonlyMap<string, ConfigMap>, 'get' | typeof Symbol.iterator>;
  /** To be asked for what is not among the Secrets. */
  readonly promisedSecrets: PromisedSecrets;
}

/**
 * Orders Ingresses as the controller does: by creationTimestamp, the oldest first; among equals by `namespace/name`,
 * descending. A missing timestamp counts as the oldest, as Go's zero time does.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/store, ListIngresses.
 */
function byAge(a: Ingress, b: Ingress): number {
  const age = (a.createdAt ?? 0) - (b.createdAt ?? 0);
  if (age !== 0) return age;
  if (a.namespace === b.namespace) return compare(b.name, a.name);
  return compare(keyOfObject(b.namespace, b.name), keyOfObject(a.namespace, a.name));
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The same object as long as all Services and endpoints are the same. */
export interface StateOfBackends {
  /** The index that they stand in. */
  readonly of: object;
  /** Counts the states of one index. */
  readonly number: number;
  /** The Services (`namespace/name`) of which they, or their endpoints, differ from the state with the number before. */
  readonly changed: ReadonlySet<string>;
}

/** The look-ups while they are made. */
interface Index {
  /** Sorted. */
  ingresses: Ingress[];
  readonly classes: Map<string, IngressClass>;
  readonly services: Map<string, Service>;
  /** The lists are never changed: who holds one sees by its identity whether it is still the same. */
  readonly endpoints: Map<string, readonly EndpointSet[]>;
  stateOfBackends: StateOfBackends;
  endpointSets: number;
  setsFromCluster: number;
  readonly secrets: Map<string, Secret>;
  readonly configMaps: Map<string, ConfigMap>;
}

/** Adds a resource whose name nobody has yet; Ingresses are left to be sorted, endpoints to be gathered. */
function add(index: Index, resource: Resource): void {
  const key = keyOfObject(resource.namespace, resource.name);
  switch (resource.kind) {
    case 'Ingress':
      index.ingresses.push(resource);
      break;
    case 'IngressClass':
      index.classes.set(resource.name, resource);
      break;
    case 'Service':
      index.services.set(key, resource);
      break;
    case 'EndpointSet':
      index.endpointSets += 1;
      if (resource.isFromCluster) index.setsFromCluster += 1;
      break;
    case 'Secret':
      index.secrets.set(key, resource);
      break;
    case 'ConfigMap':
      index.configMaps.set(key, resource);
      break;
    case 'PromisedSecret':
      break;
  }
}

/** Takes a resource out that was added; Ingresses and endpoints are left to the caller. */
function take(index: Index, resource: Resource): void {
  const key = keyOfObject(resource.namespace, resource.name);
  switch (resource.kind) {
    case 'Ingress':
      break;
    case 'IngressClass':
      index.classes.delete(resource.name);
      break;
    case 'Service':
      index.services.delete(key);
      break;
    case 'EndpointSet':
      index.endpointSets -= 1;
      if (resource.isFromCluster) index.setsFromCluster -= 1;
      break;
    case 'Secret':
      index.secrets.delete(key);
      break;
    case 'ConfigMap':
      index.configMaps.delete(key);
      break;
    case 'PromisedSecret':
      break;
  }
}

/** An index with what it was made of. */
interface Indexed {
  resources: readonly Resource[];
  readonly byIdentity: Map<string, Resource>;
  readonly hasDoubles: boolean;
  readonly index: Index;
}

/** Keeps an index from one call to the next, which then looks at what has changed only. */
export interface ClusterMemory {
  last: Indexed | undefined;
}

/** Indexes from scratch; two of the same kind and name are reported. */
function indexAll(resources: readonly Resource[], report: Report): Indexed {
  const { byIdentity, contested } = settleDoubles(resources, report);
  const index: Index = {
    ingresses: [],
    classes: new Map(),
    services: new Map(),
    endpoints: new Map(),
    stateOfBackends: { of: {}, number: 0, changed: new Set() },
    endpointSets: 0,
    setsFromCluster: 0,
    secrets: new Map(),
    configMaps: new Map(),
  };
  for (const resource of byIdentity.values()) if (!contested.has(resource)) add(index, resource);
  for (const versions of contested.values()) index.ingresses.push(...versions.map(refuseIngress));
  gatherEndpoints(index.endpoints, new Set(), byIdentity.values());
  index.ingresses.sort(byAge);
  return { resources, byIdentity, hasDoubles: byIdentity.size < resources.length, index };
}

/** Brings an index up to date; false, and nothing is changed, where a name is there twice. */
function update(indexed: Indexed, resources: readonly Resource[]): boolean {
  if (indexed.hasDoubles) return false;
  const { byIdentity, index } = indexed;
  const { gone, come } = differenceOf(indexed.resources, resources);
  const names = new Set<string>();
  for (const resource of come) {
    const key = identity(resource);
    const holder = byIdentity.get(key);
    if (names.has(key) || (holder !== undefined && !gone.has(holder))) return false;
    names.add(key);
  }
  for (const resource of gone) {
    byIdentity.delete(identity(resource));
    take(index, resource);
  }
  if ([...gone].some(({ kind }) => kind === 'Ingress'))
    index.ingresses = index.ingresses.filter(ingress => !gone.has(ingress));
  for (const resource of come) {
    byIdentity.set(identity(resource), resource);
    add(index, resource);
  }
  gatherEndpoints(index.endpoints, gone, come);
  const changed = new Set([...gone, ...come].flatMap(serviceOf));
  const { of, number } = index.stateOfBackends;
  if (changed.size > 0) index.stateOfBackends = { of, number: number + 1, changed };
  if (come.some(({ kind }) => kind === 'Ingress')) index.ingresses.sort(byAge);
  indexed.resources = resources;
  return true;
}

/** The Service that a resource is, or has endpoints of; what is neither changes no backend. */
function serviceOf(resource: Resource): readonly string[] {
  if (resource.kind === 'Service') return [keyOfObject(resource.namespace, resource.name)];
  return resource.kind === 'EndpointSet' ? [keyOfObject(resource.namespace, resource.service ?? '')] : [];
}

interface Difference {
  readonly gone: ReadonlySet<Resource>;
  readonly come: readonly Resource[];
}

/** Which resources are not there any more, and which are new: the same object is the same resource. */
function differenceOf(before: readonly Resource[], after: readonly Resource[]): Difference {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const [old, fresh] = [before, after].map(all => all.slice(start, all.length - end));
  const gone = new Set(old);
  const come = (fresh ?? []).filter(resource => !gone.delete(resource));
  return { gone, come };
}

/** Indexes the resources; two of the same kind and name are reported. Without a memory, everything is looked at. */
export function indexCluster(
  resources: readonly Resource[],
  report: Report,
  memory: ClusterMemory = { last: undefined },
): Cluster {
  if (memory.last === undefined || !update(memory.last, resources)) memory.last = indexAll(resources, report);
  const { byIdentity } = memory.last;
  const { endpointSets, setsFromCluster, ...index } = memory.last.index;
  return {
    ...index,
    hasEndpoints: endpointSets > 0,
    isDump: setsFromCluster > 0 || hasKeptEndpoints(index),
    promisedSecrets: promisedSecretsIn(() => byIdentity.values()),
  };
}
