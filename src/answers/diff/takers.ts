import { bytesOf } from '../../routing/bytes.ts';
import { findLocation } from '../../routing/match-location.ts';
import type { Location, Server } from '../../routing/model.ts';
import type { Pair } from './policies.ts';
import type { SharedRoute } from './route-changes.ts';
import { routeOf } from './view.ts';
import type { RoutingView } from './view.ts';

/** Where to look for who takes the requests of a location. */
export interface Search {
  readonly servers: Pair<Server>;
  readonly views: Pair<RoutingView>;
  /** Whether two locations answer the same. */
  readonly isAlike: (route: SharedRoute) => boolean;
  /** Whether no location is an expression. */
  readonly isPlain: boolean;
}

/** Of a host, once for all of its locations. */
export function searchIn(servers: Pair<Server>, views: Pair<RoutingView>, isAlike: Search['isAlike']): Search {
  const isPlain = [servers.before, servers.after].every(each => each.locations.every(({ match }) => match !== 'regex'));
  return { servers, views, isAlike, isPlain };
}

/**
 * The location of the other side, `side`, that takes all requests of one that is on one side alone, and answers them the same.
 * Where expressions decide, nobody can be sure of all.
 */
export function takerOf(
  location: Location,
  { servers, views, side, isAlike, isPlain }: Search & { readonly side: 'before' | 'after' },
): Location | undefined {
  const other = servers[side];
  const own = side === 'after' ? 'before' : 'after';
  if (!isPlain || hasSlashRedirect(location, servers[own], views[own])) return undefined;
  const place = findLocation(views[side].routing, other, bytesOf(location.path));
  const taker = place?.kind === 'location' ? place.location : undefined;
  // An exact path takes nothing of what is below it.
  if (taker === undefined || (location.match === 'prefix' && taker.match !== 'prefix')) return undefined;
  const locations = side === 'after' ? { before: location, after: taker } : { before: taker, after: location };
  return isAlike({ route: routeOf(other, location), servers, locations }) ? taker : undefined;
}

/** Whether nginx redirects `/foo` to the folder `/foo/`, only since that is there. */
function hasSlashRedirect({ match, path }: Location, server: Server, { routing }: RoutingView): boolean {
  if (match !== 'prefix' || !path.endsWith('/') || path === '/') return false;
  return findLocation(routing, server, bytesOf(path.slice(0, -1)))?.kind === 'slash';
}
