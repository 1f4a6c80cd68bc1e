import { objectText } from '../../diagnostics/place.ts';
import type { Location, Routing, Server } from '../../routing/model.ts';
import { ofHost } from './host-changes.ts';
import type { DiffNote, OneChange, RouteName } from './model.ts';
import { diffOneSided } from './one-sided.ts';
import { isRegex, pairLocations } from './pairing.ts';
import type { Pair } from './policies.ts';
import type { SharedRoute } from './route-changes.ts';
import { alikeIn, diffRoute, goneRoute, newRoute } from './route-changes.ts';
import { shadowedRoutes } from './shadows.ts';
import { searchIn, takerOf } from './takers.ts';
import { keyOfRoute, routeOf } from './view.ts';
import type { RoutingView } from './view.ts';

/** What the hosts of two routings come to. */
export interface ServersDiff {
  readonly changes: readonly OneChange[];
  readonly notes: readonly DiffNote[];
  /** Routes of both sides. */
  readonly shared: readonly SharedRoute[];
}

/** What differs host by host: routes that come, go or change, and what holds for a host. */
export function diffServers(views: Pair<RoutingView>): ServersDiff {
  const changes: OneChange[] = [];
  const notes: DiffNote[] = [];
  const shared: SharedRoute[] = [];
  const keep = (found: Pick<ServersDiff, 'changes' | 'notes'>): void => {
    for (const change of found.changes) changes.push(change);
    for (const note of found.notes) notes.push(note);
  };
  for (const before of views.before.routing.servers) {
    if (views.after.servers.has(before.host)) continue;
    keep(diffOneSided({ own: before, side: 'after', views }));
  }
  for (const after of views.after.routing.servers) {
    const before = views.before.servers.get(after.host);
    if (before === undefined) {
      keep(diffOneSided({ own: after, side: 'before', views }));
      continue;
    }
    const found = diffServer({ before, after }, views);
    keep(found);
    for (const each of found.shared) shared.push(each);
  }
  return { changes, notes, shared };
}

function diffServer(servers: Pair<Server>, views: Pair<RoutingView>): ServersDiff {
  const { before, after } = servers;
  if (before === after && views.before === views.after) return { changes: [], notes: [], shared: [] };
  const { pairs, added, removed } = pairLocations(servers);
  const shared = pairs.map(locations => ({ route: routeOf(after, locations.after), servers, locations }));
  const changes: OneChange[] = [...ofHost(servers, views)];
  const notes: DiffNote[] = [];
  const search = searchIn(servers, views, alikeIn(views));
  for (const location of removed.filter(isAnybodys)) {
    const taker = takerOf(location, { ...search, side: 'after' });
    if (taker === undefined) changes.push(goneRoute(before, location, { views, now: after }));
    else
      notes.push({
        text: `a path of its own no more: ${taker.path} serves it alike`,
        routes: [routeOf(before, location)],
      });
  }
  for (const location of added.filter(isAnybodys)) {
    const taker = takerOf(location, { ...search, side: 'before' });
    if (taker === undefined) changes.push(newRoute(after, location, { views, was: before }));
    else
      notes.push({ text: `a path of its own now: ${taker.path} served it alike`, routes: [routeOf(after, location)] });
  }
  for (const each of shared) for (const change of diffRoute(each, views)) changes.push(change);
  // What was there before takes no more than it took, unless all paths of the host are read in another way.
  if (added.length > 0 || isRegex(before) !== isRegex(after)) {
    for (const change of shadowedRoutes(shared, servers, search)) changes.push(change);
  }
  return { changes, notes: [...notes, ...ownersOf(shared)], shared };
}

/** Not what says 404 for all that nobody asks for, which is another location where paths are expressions. */
function isAnybodys({ written, target }: Location): boolean {
  return written !== undefined || target.kind !== 'status' || target.code !== 404;
}

/** Routes that another Ingress asks for now. */
function ownersOf(shared: readonly SharedRoute[]): readonly DiffNote[] {
  const groups = new Map<string, RouteName[]>();
  for (const { route, locations } of shared) {
    const [was, is] = [ownerOf(locations.before), ownerOf(locations.after)];
    if (was === is) continue;
    const text = `now of ${is}, before of ${was}`;
    const known = groups.get(text);
    if (known === undefined) groups.set(text, [route]);
    else known.push(route);
  }
  return Array.from(groups, ([text, routes]) => ({ text, routes }));
}

function ownerOf({ from }: Location): string {
  const [first] = from;
  return first === undefined ? 'no Ingress' : objectText(first.resource);
}

/** The keys of all routes of a routing. */
export function routeKeys({ servers }: Routing): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const server of servers)
    for (const location of server.locations) keys.add(keyOfRoute(routeOf(server, location)));
  return keys;
}
