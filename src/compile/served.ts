import { keyOfObject } from '../cluster/object-name.ts';
import type { Ingress } from '../resources/model.ts';
import type { Routing } from '../routing/model.ts';

/** An Ingress by its name. */
export interface ServedIngress {
  readonly namespace: string;
  readonly name: string;
  /** Milliseconds since 1970; tells one from another that had its name before. */
  readonly createdAt: number | undefined;
}

/**
 * The Ingresses that the routing serves: those of our class that are valid, and that a server or a location comes from.
 * Canaries, which serve nothing here, are not among them.
 */
export function servedIngresses(routing: Routing, ingresses: readonly Ingress[]): readonly ServedIngress[] {
  const sources = new Set<string>();
  for (const server of routing.servers) {
    for (const { resource } of server.from) sources.add(resource);
    for (const location of server.locations) for (const { resource } of location.from) sources.add(resource);
  }
  return ingresses
    .filter(({ namespace, name, isRefused }) => !isRefused && sources.has(`Ingress ${keyOfObject(namespace, name)}`))
    .map(({ namespace, name, createdAt }) => ({ namespace, name, createdAt }));
}
