import { bytesOf } from '../../routing/bytes.ts';
import { matchLocation } from '../../routing/match-location.ts';
import type { Location, Server } from '../../routing/model.ts';
import type { Pair } from './policies.ts';
import { locationOf } from './samples.ts';
import type { SharedRoute } from './servers.ts';
import { routeOf } from './view.ts';
import type { RoutingView } from './view.ts';

interface Search {
  readonly servers: Pair<Server>;
  readonly views: Pair<RoutingView>;
  /** The side that lacks the location. */
  readonly side: 'before' | 'after';
  /** Whether two locations answer the same. */
  readonly isAlike: (route: SharedRoute) => boolean;
}

/**
 * The location of the other side that takes all requests of one that is on one side alone, and answers them the same.
 * Where expressions decide, nobody can be sure of all.
 */
export function takerOf(location: Location, { servers, views, side, isAlike }: Search): Location | undefined {
  const other = servers[side];
  const isPlain = [...servers.before.locations, ...servers.after.locations].every(({ match }) => match !== 'regex');
  const own = side === 'after' ? 'before' : 'after';
  if (!isPlain || hasSlashRedirect(location, servers[own], views[own])) return undefined;
  const found = matchLocation(views[side].routing, other, bytesOf(location.path));
  const taker = found.kind === 'found' ? locationOf(found) : undefined;
  // An exact path takes nothing of what is below it.
  if (taker === undefined || (location.match === 'prefix' && taker.match !== 'prefix')) return undefined;
  const locations = side === 'after' ? { before: location, after: taker } : { before: taker, after: location };
  return isAlike({ route: routeOf(other, location), servers, locations }) ? taker : undefined;
}

/** Whether nginx redirects `/foo` to the folder `/foo/`, only since that is there. */
function hasSlashRedirect({ match, path }: Location, server: Server, { routing }: RoutingView): boolean {
  if (match !== 'prefix' || !path.endsWith('/') || path === '/') return false;
  const found = matchLocation(routing, server, bytesOf(path.slice(0, -1)));
  return found.kind === 'found' && found.place.kind === 'slash';
}
