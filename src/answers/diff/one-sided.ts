import { bytesOf } from '../../routing/bytes.ts';
import { findLocation } from '../../routing/match-location.ts';
import { matchServer } from '../../routing/match-server.ts';
import type { ServerMatch } from '../../routing/match-server.ts';
import type { Location, Server } from '../../routing/model.ts';
import { diffHandshakes } from './certificates.ts';
import { changesFor, heldForHost } from './host-changes.ts';
import type { DiffNote, OneChange } from './model.ts';
import { pairLocations } from './pairing.ts';
import type { Pair } from './policies.ts';
import type { SharedRoute } from './route-changes.ts';
import { alikeIn, diffRoute, goneRoute, newRoute } from './route-changes.ts';
import { hostSample, pathSamples } from './samples.ts';
import type { Search } from './takers.ts';
import { searchIn, takerOf } from './takers.ts';
import { routeOf } from './view.ts';
import type { RoutingView } from './view.ts';

type Side = 'before' | 'after';

interface HostDiff {
  readonly changes: readonly OneChange[];
  readonly notes: readonly DiffNote[];
}

/** A host that one side alone has, and who has its requests on the other one. */
interface Host {
  readonly own: Server;
  /** Which side lacks it. */
  readonly side: Side;
  readonly views: Pair<RoutingView>;
}

/** How requests for a host of one side alone are answered otherwise by the server that has them on the other side. */
export function diffOneSided(host: Host): HostDiff {
  const { own, side, views } = host;
  const name = hostSample(own);
  const asked = (scheme: 'http' | 'https'): Pair<ServerMatch> => ({
    before: matchServer(views.before.routing, { scheme, host: name, sni: name }),
    after: matchServer(views.after.routing, { scheme, host: name, sni: name }),
  });
  const [plain, secure] = [asked('http'), asked('https')];
  const other = serverOf(plain[side]);
  if (other === undefined) return { changes: withoutOther(host), notes: [] };
  const changes = [...changesTo(other, host)];
  const mine = serverOf(secure[side === 'after' ? 'before' : 'after']);
  const others = serverOf(secure[side]);
  // Where there is no default certificate, HTTPS may find another server.
  if (mine === own && others !== undefined && others !== other) {
    const known = new Set(changes.map(change => JSON.stringify(change)));
    for (const change of changesTo(others, host)) if (!known.has(JSON.stringify(change))) changes.push(change);
  }
  if (serves(other, views[side])) {
    const servers = side === 'after' ? { before: own, after: other } : { before: other, after: own };
    const change = changesFor(own.host, servers);
    for (const { kind, texts } of diffHandshakes(secure, views)) changes.push(change(kind, ...texts));
  }
  return { changes, notes: changes.length > 0 ? [] : noteOf(other, host) };
}

function serverOf(match: ServerMatch): Server | undefined {
  return match.kind === 'server' ? match.server : undefined;
}

function noteOf(other: Server, { own, side, views }: Host): readonly DiffNote[] {
  const view = views[side === 'after' ? 'before' : 'after'];
  const served = own.locations.filter(location => !isUnclaimed(location, view));
  if (served.length === 0) return [];
  const text = `a host of its own ${side === 'after' ? 'no more' : 'now'}: ${other.host} serves it alike`;
  return [{ text, routes: served.map(location => routeOf(own, location)) }];
}

function withoutOther({ own, side, views }: Host): readonly OneChange[] {
  const view = views[side === 'after' ? 'before' : 'after'];
  return own.locations
    .filter(location => !isUnclaimed(location, view))
    .map(location =>
      side === 'after'
        ? goneRoute(own, location, { views, now: undefined })
        : newRoute(own, location, { views, was: undefined }),
    );
}

function changesTo(other: Server, host: Host): readonly OneChange[] {
  const { own, side, views } = host;
  const servers = side === 'after' ? { before: own, after: other } : { before: other, after: own };
  const { pairs, added, removed } = pairLocations(servers);
  const search = searchIn(servers, views, alikeIn(views));
  const changes: OneChange[] = serves(other, views[side]) ? [...heldForHost(own.host, servers, views)] : [];
  for (const locations of pairs) {
    const route = routeOf(own, side === 'after' ? locations.before : locations.after);
    for (const change of changesOf({ route, locations, servers }, host)) changes.push(change);
  }
  for (const [alone, lacking] of [
    [removed, 'after'],
    [added, 'before'],
  ] as const) {
    for (const location of alone) {
      for (const change of changesAlone(location, { host, search, lacking })) changes.push(change);
    }
  }
  return changes;
}

interface Alone {
  readonly host: Host;
  readonly search: Search;
  /** The side that has no such location. */
  readonly lacking: Side;
}

/** Of a location that only one of the two servers has: how whatever takes its requests in the other one answers them. */
function changesAlone(location: Location, { host, search, lacking }: Alone): readonly OneChange[] {
  const { servers, views } = search;
  const { own } = host;
  const having = lacking === 'after' ? 'before' : 'after';
  if (isUnclaimed(location, views[having])) return [];
  if (takerOf(location, { ...search, side: lacking }) !== undefined) return [];
  const [path] =
    location.match === 'regex'
      ? pathSamples(location, servers[having], views[having].routing)
      : [bytesOf(location.path)];
  const place = path === undefined ? undefined : findLocation(views[lacking].routing, servers[lacking], path);
  const other = place?.kind === 'location' ? place.location : undefined;
  if (other !== undefined) {
    const locations = lacking === 'after' ? { before: location, after: other } : { before: other, after: location };
    const changes = changesOf({ route: routeOf(own, location), locations, servers }, host);
    if (changes.length > 0) return changes;
  }
  // What it leads to is the same, and not surely for all of its requests.
  return [lacking === 'after' ? gone(location, host, servers) : come(location, host, servers)];
}

function changesOf(shared: SharedRoute, host: Host): readonly OneChange[] {
  const { locations, servers } = shared;
  const { before, after } = locations;
  const { views } = host;
  const isClosed = { before: isUnclaimed(before, views.before), after: isUnclaimed(after, views.after) };
  if (isClosed.before && isClosed.after) return [];
  if (isClosed.after) return [gone(before, host, servers)];
  if (isClosed.before) return [come(after, host, servers)];
  return diffRoute(shared, views);
}

/** Of the default server, nobody asked for what it answers. */
function gone(location: Location, { own, views }: Host, { after }: Pair<Server>): OneChange {
  return goneRoute(own, location, { views, now: after.host === '_' ? undefined : after });
}

function come(location: Location, { own, views }: Host, { before }: Pair<Server>): OneChange {
  return newRoute(own, location, { views, was: before.host === '_' ? undefined : before });
}

function serves({ locations }: Server, view: RoutingView): boolean {
  return locations.some(location => !isUnclaimed(location, view));
}

/** Whether no path of anybody is behind it: it answers as hosts that nobody names are answered. */
function isUnclaimed({ written, target, policies, from }: Location, { otherHost }: RoutingView): boolean {
  if (written !== undefined || target.kind !== 'status') return false;
  const code = otherHost?.kind === 'status' ? otherHost.code : 404;
  return from.length === 0 || (Object.keys(policies).length === 0 && target.code === code);
}
