import { isRecord } from '../json/value.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { Ingress, Resource } from '../resources/model.ts';
import { refOf } from '../resources/model.ts';
import { keyOfObject } from './object-name.ts';
import { duplicateObject, repeatedObject } from './rules/doubles.ts';

/** Values without the places where they were read. Keys of data are kept whatever their name: their values are texts. */
function withoutPlaces(key: string, value: unknown): unknown {
  if (!isRecord(value)) return value;
  if (key === 'at') return undefined;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The texts of `contentOf`, each made once: a large object may be there beside many others of its name. */
type Fingerprints = Map<Resource, string>;

function recall(resource: Resource, known: Fingerprints): string {
  const text = known.get(resource) ?? contentOf(resource);
  known.set(resource, text);
  return text;
}

/** The content of a resource as text, without what only says where and in which version it was read. */
export function contentOf(resource: Resource): string {
  const content = resource.kind === 'Ingress' ? { ...resource, apiVersion: '', labels: undefined } : resource;
  return JSON.stringify({ ...content, document: '' }, withoutPlaces);
}

/** Equal for two objects that a cluster could not hold both. */
export function identity(resource: Resource): string {
  // What is refused stands for no object of the cluster: it is there to be closed, however many bear its name.
  if (resource.kind === 'Ingress' && resource.isRefused) return `refused ${resource.document}`;
  // Several may make the same Secret, one after the other.
  if (resource.kind === 'PromisedSecret') return `promised ${resource.document} ${resource.name}`;
  const kind = resource.kind === 'EndpointSet' ? resource.from : resource.kind;
  return `${kind} ${keyOfObject(resource.namespace, resource.name)}`;
}

function isRefused(resource: Resource): boolean {
  return 'isRefused' in resource && resource.isRefused;
}

/** The one of two objects of a name that is kept: chosen by content alone, so that the order of files cannot decide. */
function settle(kept: Resource, other: Resource, report: Report, known: Fingerprints): Resource {
  // That one is refused has been said, and the other one is not.
  if (isRefused(kept) || isRefused(other)) {
    if (isRefused(kept) && isRefused(other)) return kept.document <= other.document ? kept : other;
    return isRefused(kept) ? other : kept;
  }
  const [first, second] = [recall(kept, known), recall(other, known)];
  const isSame = first === second;
  report({
    rule: isSame ? repeatedObject : duplicateObject,
    message: `${identity(other)} is in the input ${isSame ? 'twice' : 'twice, with different content'}`,
    help: 'remove one of the two, or read the folders of one environment only',
    at: refOf(other, 'metadata', 'name'),
    related: [{ message: 'the other one is here', at: refOf(kept, 'metadata', 'name') }],
  });
  if (isSame) return kept.document <= other.document ? kept : other;
  return first < second ? kept : other;
}

/** What is left of objects that are there more than once. */
export interface Settled {
  /** One object of each name. */
  readonly byIdentity: Map<string, Resource>;
  /** Ingresses of which it cannot be told which is meant, by the one that stands for them: none of them is served. */
  readonly contested: ReadonlyMap<Resource, readonly Ingress[]>;
}

/** Reports objects of the same kind and name. What is left does not depend on their order. */
export function settleDoubles(resources: readonly Resource[], report: Report): Settled {
  const byIdentity = new Map<string, Resource>();
  const fingerprints: Fingerprints = new Map();
  const versions = new Map<string, Map<string, Resource>>();
  for (const resource of resources) {
    const key = identity(resource);
    const kept = byIdentity.get(key);
    if (kept !== undefined && !isRefused(kept) && !isRefused(resource)) {
      const known = versions.get(key) ?? new Map<string, Resource>();
      for (const each of [kept, resource]) keepFirst(known, recall(each, fingerprints), each);
      versions.set(key, known);
    }
    byIdentity.set(key, kept === undefined ? resource : settle(kept, resource, report, fingerprints));
  }
  const contested = new Map<Resource, readonly Ingress[]>();
  for (const [key, known] of versions) {
    const kept = byIdentity.get(key);
    if (kept === undefined || known.size < 2) continue;
    byIdentity.set(key, emptied(kept));
    const sorted = [...known].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, version]) => version);
    if (kept.kind === 'Ingress')
      contested.set(
        kept,
        sorted.filter(version => version.kind === 'Ingress'),
      );
  }
  return { byIdentity, contested };
}

/** Of equal objects the one of the first document. */
function keepFirst(known: Map<string, Resource>, content: string, resource: Resource): void {
  const holder = known.get(content);
  if (holder === undefined || resource.document < holder.document) known.set(content, resource);
}

/** Who stands for objects of which it cannot be told which is meant, where to take one of them could open a door. */
function emptied(resource: Resource): Resource {
  switch (resource.kind) {
    case 'Service':
      return { ...resource, type: 'ClusterIP', ports: [], isRefused: true };
    case 'Secret':
      return { ...resource, data: {}, plainKeys: [], isRefused: true };
    case 'Ingress':
    case 'IngressClass':
    case 'EndpointSet':
    case 'ConfigMap':
    case 'PromisedSecret':
      return resource;
  }
}
