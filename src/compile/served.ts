import { objectText } from '../diagnostics/place.ts';
import type { Provenance } from '../diagnostics/provenance.ts';
import { resourceTexts } from '../diagnostics/provenance.ts';
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
 * The Ingresses that the routing serves: those of our class that are valid, and that a server, a location or a share of
 * requests comes from.
 */
export function servedIngresses(routing: Routing, ingresses: readonly Ingress[]): readonly ServedIngress[] {
  const sources = resourceTexts(provenancesOf(routing));
  return ingresses
    .filter(ingress => !ingress.isRefused && sources.has(objectText(ingress)))
    .map(({ namespace, name, createdAt }) => ({ namespace, name, createdAt }));
}

function* provenancesOf({ servers, splits }: Routing): Iterable<Provenance> {
  for (const { from, locations } of servers) {
    yield* from;
    for (const location of locations) yield* location.from;
  }
  for (const { from } of splits) yield* from;
}
