import type { Location, Server } from '../../routing/model.ts';
import type { Pair } from './policies.ts';

/** The locations of a host on both sides. */
export interface PairedLocations {
  readonly pairs: readonly Pair<Location>[];
  readonly added: readonly Location[];
  readonly removed: readonly Location[];
}

/**
 * Those that are the same: by match and path, and where a host has become one of expressions, or no longer is one, by the
 * path that its rule has.
 */
export function pairLocations({ before, after }: Pair<Server>): PairedLocations {
  const earlier = new Map(before.locations.map(location => [keyOf(location), location]));
  const pairs: Pair<Location>[] = [];
  const come: Location[] = [];
  for (const location of after.locations) {
    const other = earlier.get(keyOf(location));
    if (other === undefined) come.push(location);
    else pairs.push({ before: other, after: location });
    earlier.delete(keyOf(location));
  }
  const gone = [...earlier.values()];
  if (isRegex(before) === isRegex(after)) return { pairs, added: come, removed: gone };
  return pairWritten({ pairs, added: come, removed: gone });
}

export function isRegex(server: Server): boolean {
  return server.regexFrom !== undefined;
}

function keyOf({ match, path }: Location): string {
  return `${match} ${path}`;
}

/** A path may have two locations on one side, and one on the other. */
function pairWritten({ pairs, added, removed }: PairedLocations): PairedLocations {
  const gone = new Map<string, Location[]>();
  for (const location of removed) {
    const key = writtenKey(location);
    gone.set(key, [...(gone.get(key) ?? []), location]);
  }
  const known = new Set<string>();
  const found = added.flatMap(after => {
    const key = writtenKey(after);
    const [before] = gone.get(key) ?? [];
    if (before === undefined) return [];
    known.add(key);
    return [{ before, after }];
  });
  const isLeft = (location: Location): boolean => !known.has(writtenKey(location));
  return { pairs: [...pairs, ...found], added: added.filter(isLeft), removed: removed.filter(isLeft) };
}

function writtenKey({ written, path }: Location): string {
  return written === undefined ? ` ${path}` : `${written.pathType} ${written.path}`;
}
