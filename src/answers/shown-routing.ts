import type { Routing } from '../routing/model.ts';

/** A routing as others may see it: all but its files, which are secret. */
export function shownRouting(routing: Routing): Omit<Routing, 'files'> {
  const { files: _, ...shown } = routing;
  return shown;
}
