import type { Routing } from '../../routing/model.ts';
import { withExamples } from './examples.ts';
import { diffGlobals } from './globals.ts';
import { groupChanges } from './group.ts';
import type { Change, RoutingDiff } from './model.ts';
import { diffServers, routeKeys } from './servers.ts';
import { keyOfRoute, viewOf } from './view.ts';

/**
 * What clients get of two routings that is not the same. How things are called, and who asked for them, is not looked at:
 * routings that serve the same are equal, whatever Ingresses they come of.
 */
export function diffRoutings(before: Routing, after: Routing): RoutingDiff {
  const keys = { before: routeKeys(before), after: routeKeys(after) };
  const views = {
    before: viewOf(before, key => keys.after.has(key)),
    after: viewOf(after, key => keys.before.has(key)),
  };
  const { changes: ofServers, notes, shared } = diffServers(views);
  const changes = withExamples(groupChanges([...diffGlobals(views), ...ofServers]), { before, after });
  const isTouched = touchedBy(changes);
  const unchanged = shared.filter(({ route }) => !isTouched(keyOfRoute(route), route.host)).length;
  return { changes, notes, counts: { before: keys.before.size, after: keys.after.size, unchanged } };
}

/** Whether a change is about a route, or about its host. */
function touchedBy(changes: readonly Change[]): (key: string, host: string) => boolean {
  const routes = new Set(changes.flatMap(change => change.routes.map(keyOfRoute)));
  const hosts = new Set(changes.flatMap(({ subject, routes: own }) => (own.length === 0 ? (subject ?? []) : [])));
  return (key, host) => routes.has(key) || hosts.has(host);
}
