import type { FieldRef, ObjectName } from '../diagnostics/place.ts';
import type { Provenance } from '../diagnostics/provenance.ts';
import type { ConfigMap, Ingress, Secret, Service } from './model.ts';

/** What parts of the routing are made of. */
type Source = Ingress | Service | Secret | ConfigMap;

/** A name a resource, so that asking whether two are the same is enough. */
const NAMES = new WeakMap<Source, ObjectName>();

/** Where the parts of the routing come from that a resource makes. */
export function cameFrom(resource: Source, field: FieldRef): Provenance {
  return { resource: nameOf(resource), field };
}

/** The name of a resource as parts of the routing have it: one object for all of them. */
export function nameOf(resource: Source): ObjectName {
  const known = NAMES.get(resource);
  if (known !== undefined) return known;
  const { kind, namespace, name } = resource;
  const made = { kind, namespace, name };
  NAMES.set(resource, made);
  return made;
}
