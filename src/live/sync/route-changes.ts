import type { RouteRow } from '../../answers/routes.ts';
import type { SyncEvent } from '../events.ts';

/** How many routes there are, and how they differ from those before. A route is known by its host and path. */
export function routeChanges(before: readonly RouteRow[], after: readonly RouteRow[]): SyncEvent['routes'] {
  const earlier = new Map(before.map(row => [keyOf(row), row]));
  let [added, changed, kept] = [0, 0, 0];
  for (const row of after) {
    const other = earlier.get(keyOf(row));
    if (other === undefined) added += 1;
    else kept += 1;
    if (other !== undefined && other !== row && JSON.stringify(other) !== JSON.stringify(row)) changed += 1;
  }
  return { total: after.length, added, removed: earlier.size - kept, changed };
}

function keyOf({ host, match, path }: RouteRow): string {
  return `${host} ${match} ${path}`;
}
