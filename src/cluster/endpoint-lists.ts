import type { EndpointSet, Resource } from '../resources/model.ts';
import type { Cluster } from './cluster.ts';
import { keyOfObject } from './object-name.ts';

/**
 * Brings the lists of endpoints, by Service, up to date: each list once, since a Service may have thousands of slices.
 * Endpoints of no Service are in no list.
 */
export function gatherEndpoints(
  endpoints: Map<string, readonly EndpointSet[]>,
  gone: ReadonlySet<Resource>,
  come: Iterable<Resource>,
): void {
  const changed = new Map<string, EndpointSet[]>();
  const listFor = (set: EndpointSet): EndpointSet[] => {
    const service = set.service === undefined ? '' : keyOfObject(set.namespace, set.service);
    const known = changed.get(service);
    if (known !== undefined) return known;
    const list = (endpoints.get(service) ?? []).filter(each => !gone.has(each));
    changed.set(service, list);
    return list;
  };
  for (const resource of gone) if (resource.kind === 'EndpointSet') listFor(resource);
  for (const resource of come) if (resource.kind === 'EndpointSet') listFor(resource).push(resource);
  changed.delete('');
  for (const [service, list] of changed) {
    if (list.length === 0) endpoints.delete(service);
    else endpoints.set(service, list);
  }
}

/** Whether there are endpoints of a Service with a selector: nobody but a cluster writes those. */
export function hasKeptEndpoints({ endpoints, services }: Pick<Cluster, 'endpoints' | 'services'>): boolean {
  for (const service of endpoints.keys()) if (services.get(service)?.hasSelector === true) return true;
  return false;
}
