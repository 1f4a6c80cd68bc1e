import type { Report } from '../diagnostics/diagnostic.ts';
import type { ConfigMap, EndpointSet, Ingress, IngressClass, Resource, Secret, Service } from '../resources/model.ts';
import { refOf } from '../resources/model.ts';
import { keyOfObject } from './object-name.ts';
import { duplicateObject, repeatedObject } from './rules.ts';

/** All objects of the input, looked up by `namespace/name` (classes: by name). */
export interface Cluster {
  /** The oldest first, as conflicts are decided. */
  readonly ingresses: readonly Ingress[];
  readonly classes: ReadonlyMap<string, IngressClass>;
  readonly services: ReadonlyMap<string, Service>;
  /** By the Service that they belong to. */
  readonly endpoints: ReadonlyMap<string, readonly EndpointSet[]>;
  /** Whether the input holds any endpoints, be they of no Service: a Git repository has none. */
  readonly hasEndpoints: boolean;
  /** Only looked up: so that whoever watches a cluster knows which Secrets are needed at all. */
  readonly secrets: Pick<ReadonlyMap<string, Secret>, 'get'>;
  readonly configMaps: ReadonlyMap<string, ConfigMap>;
}

/**
 * Orders Ingresses as the controller does: by creationTimestamp, the oldest first; among equals by `namespace/name`,
 * descending. A missing timestamp counts as the oldest, as Go's zero time does.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/store, ListIngresses.
 */
function byAge(a: Ingress, b: Ingress): number {
  const age = (a.createdAt ?? 0) - (b.createdAt ?? 0);
  if (age !== 0) return age;
  const [nameOfA, nameOfB] = [keyOfObject(a.namespace, a.name), keyOfObject(b.namespace, b.name)];
  if (nameOfA === nameOfB) return 0;
  return nameOfA < nameOfB ? 1 : -1;
}

/** Values without the places where they were read. Keys of data are kept whatever their name: their values are texts. */
function withoutPlaces(key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if (key === 'at') return undefined;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The content of a resource as text, without what only says where and in which version it was read. */
function fingerprint(resource: Resource): string {
  const content = resource.kind === 'Ingress' ? { ...resource, apiVersion: '' } : resource;
  return JSON.stringify({ ...content, document: '' }, withoutPlaces);
}

function identity(resource: Resource): string {
  const kind = resource.kind === 'EndpointSet' ? resource.from : resource.kind;
  return `${kind} ${keyOfObject(resource.namespace, resource.name)}`;
}

/** The one of two objects of a name that is kept: chosen by content alone, so that the order of files cannot decide. */
function settle(kept: Resource, other: Resource, report: Report): Resource {
  const [first, second] = [fingerprint(kept), fingerprint(other)];
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

/** Indexes the resources; two of the same kind and name are reported. */
export function indexCluster(resources: readonly Resource[], report: Report): Cluster {
  const byIdentity = new Map<string, Resource>();
  for (const resource of resources) {
    const key = identity(resource);
    const kept = byIdentity.get(key);
    byIdentity.set(key, kept === undefined ? resource : settle(kept, resource, report));
  }
  const ingresses: Ingress[] = [];
  const classes = new Map<string, IngressClass>();
  const services = new Map<string, Service>();
  const endpoints = new Map<string, EndpointSet[]>();
  const secrets = new Map<string, Secret>();
  const configMaps = new Map<string, ConfigMap>();
  let hasEndpoints = false;
  for (const resource of byIdentity.values()) {
    const key = keyOfObject(resource.namespace, resource.name);
    switch (resource.kind) {
      case 'Ingress':
        ingresses.push(resource);
        break;
      case 'IngressClass':
        classes.set(resource.name, resource);
        break;
      case 'Service':
        services.set(key, resource);
        break;
      case 'EndpointSet': {
        hasEndpoints = true;
        if (resource.service === undefined) break;
        const service = keyOfObject(resource.namespace, resource.service);
        const sets = endpoints.get(service);
        if (sets === undefined) endpoints.set(service, [resource]);
        else sets.push(resource);
        break;
      }
      case 'Secret':
        secrets.set(key, resource);
        break;
      case 'ConfigMap':
        configMaps.set(key, resource);
        break;
    }
  }
  return { ingresses: ingresses.toSorted(byAge), classes, services, endpoints, hasEndpoints, secrets, configMaps };
}
