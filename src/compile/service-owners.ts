import type { BackendRef } from '../cluster/backend-ref.ts';
import type { Ingress, IngressBackend } from '../resources/model.ts';
import { keyOfBackend, referenceOf } from './service-ports.ts';

/** An Ingress that may take a share of the requests of others, and no path of its own. */
export interface Sharing {
  readonly ingress: Ingress;
  readonly share: object | undefined;
}

/** A Service, and whose it is. */
export interface Owned<P> {
  readonly owner: P;
  readonly backend: BackendRef;
}

/** A place that names a Service. */
interface Naming {
  readonly backend: IngressBackend;
  readonly isDefault: boolean;
}

function namingsOf({ defaultBackend, rules }: Ingress): readonly Naming[] {
  const ofPaths = rules.flatMap(({ paths = [] }) => paths.map(({ backend }) => ({ backend, isDefault: false })));
  return defaultBackend === undefined ? ofPaths : [{ backend: defaultBackend, isDefault: true }, ...ofPaths];
}

/**
 * Whose a Service is: that of the oldest Ingress with a path to it, or of the youngest that has it as its default
 * backend. Only Services that somebody names who takes a share are looked at.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/controller.go, createUpstreams.
 *
 * @param all the oldest first
 */
export function ownersOf<P extends Sharing>(all: readonly P[]): ReadonlyMap<string, Owned<P>> {
  const names = new Set<string>();
  for (const { ingress, share } of all) {
    if (share === undefined) continue;
    for (const { backend } of namingsOf(ingress)) if (backend.kind === 'service') names.add(backend.service);
  }
  const owners = new Map<string, Owned<P>>();
  for (const each of all) {
    for (const { backend, isDefault } of namingsOf(each.ingress)) {
      // A name is looked up faster than a key is made, and most Ingresses have none of these.
      if (backend.kind !== 'service' || !names.has(backend.service)) continue;
      const reference = referenceOf(each.ingress, backend);
      if (reference === undefined) continue;
      const key = keyOfBackend(reference);
      if (isDefault || !owners.has(key)) owners.set(key, { owner: each, backend: reference });
    }
  }
  return owners;
}
