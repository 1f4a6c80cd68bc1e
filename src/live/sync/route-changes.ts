import type { RouteRow } from '../../answers/routes.ts';
import type { SyncEvent } from '../events.ts';

/**
 * How many routes there are, and how they differ from those before. A route is known by its host and path; the same object
 * is the same route, unchanged.
 */
export function routeChanges(before: readonly RouteRow[], after: readonly RouteRow[]): SyncEvent['routes'] {
  const gone = new Set(before);
  const come = after.filter(row => !gone.delete(row));
  const earlier = new Map([...gone].map(row => [keyOf(row), row]));
  let [added, changed] = [0, 0];
  for (const row of come) {
    const other = earlier.get(keyOf(row));
    earlier.delete(keyOf(row));
    if (other === undefined) added += 1;
    else if (JSON.stringify(other) !== JSON.stringify(row)) changed += 1;
  }
  return { total: after.length, added, removed: earlier.size, changed };
}

function keyOf({ host, match, path }: RouteRow): string {
  return `${host} ${match} ${path}`;
}
