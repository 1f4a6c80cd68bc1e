import type { Asker, Askers } from './policies.ts';

/** The annotations among those that asked for a policy. */
export function askingAnnotations(from: Askers): readonly Exclude<Asker, { readonly by: 'default' }>[] {
  return from.flatMap(asker => (asker.by === 'annotation' ? [asker] : []));
}
