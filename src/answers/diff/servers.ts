import { matchServer } from '../../routing/match-server.ts';
import type { Location, Routing, Server } from '../../routing/model.ts';
import { objectText } from '../../diagnostics/place.ts';
import type { Cause } from '../explain/model.ts';
import type { ChangeKind } from './kinds.ts';
import type { DiffNote, OneChange, RouteName } from './model.ts';
import { isRegex, pairLocations } from './pairing.ts';
import { diffCertificates } from './certificates.ts';
import { beyond } from './differ.ts';
import { fieldsOf } from './fields.ts';
import { hostSample } from './samples.ts';
import { takerOf } from './takers.ts';
import { removedGuard } from './unguarded.ts';
import { shadowedRoutes } from './shadows.ts';
import type { Pair } from './policies.ts';
import { diffLocationPolicies, diffPolicies } from './policies.ts';
import { diffDestinations, diffTargets, targetWords } from './targets.ts';
import { keyOfRoute, routeOf } from './view.ts';
import type { RoutingView } from './view.ts';

/** What the hosts of two routings come to. */
export interface ServersDiff {
  readonly changes: readonly OneChange[];
  readonly notes: readonly DiffNote[];
  /** Routes of both sides. */
  readonly shared: readonly SharedRoute[];
}

export interface SharedRoute {
  readonly route: RouteName;
  readonly servers: Pair<Server>;
  readonly locations: Pair<Location>;
}

/** What differs host by host: routes that come, go or change, and what holds for a host. */
export function diffServers(views: Pair<RoutingView>): ServersDiff {
  const changes: OneChange[] = [];
  const notes: DiffNote[] = [];
  const shared: SharedRoute[] = [];
  for (const before of views.before.routing.servers) {
    if (views.after.servers.has(before.host)) continue;
    const gone = locationsOf(before, 'after', views);
    for (const location of gone.locations) changes.push(goneRoute(before, location, { views, now: undefined }));
    notes.push(...gone.notes);
  }
  for (const after of views.after.routing.servers) {
    const before = views.before.servers.get(after.host);
    if (before === undefined) {
      const come = locationsOf(after, 'before', views);
      for (const location of come.locations) changes.push(newRoute(after, location, { views, was: undefined }));
      notes.push(...come.notes);
      continue;
    }
    const found = diffServer({ before, after }, views);
    for (const change of found.changes) changes.push(change);
    notes.push(...found.notes);
    for (const each of found.shared) shared.push(each);
  }
  return { changes, notes, shared };
}

/** What of a host that is on one side alone is answered otherwise by the server that has its requests on the other side. */
function locationsOf(
  server: Server,
  side: 'before' | 'after',
  views: Pair<RoutingView>,
): { readonly locations: readonly Location[]; readonly notes: readonly DiffNote[] } {
  const own = views[side === 'after' ? 'before' : 'after'];
  const locations = server.locations.filter(location => !isOtherHost(location, own));
  const host = hostSample(server);
  const found = matchServer(views[side].routing, { scheme: 'http', host, sni: undefined });
  if (found.kind !== 'server' || found.server.certificate !== server.certificate) return { locations, notes: [] };
  const servers = side === 'after' ? { before: server, after: found.server } : { before: found.server, after: server };
  const isHostAlike = ofHost(servers, views).length === 0;
  const search = { servers, views, side, isAlike: alikeIn(views) };
  if (!isHostAlike || server.locations.some(each => takerOf(each, search) === undefined))
    return { locations, notes: [] };
  const text = `a host of its own ${side === 'after' ? 'no more' : 'now'}: ${found.server.host} serves it alike`;
  return { locations: [], notes: [{ text, routes: locations.map(location => routeOf(server, location)) }] };
}

/** Whether it answers what no path of the host takes, as hosts that nobody names are answered. */
function isOtherHost({ written, target, policies }: Location, { servers }: RoutingView): boolean {
  const other = servers.get('_')?.locations.find(({ path }) => path === '/')?.target;
  const isPlain = written === undefined && Object.keys(policies).length === 0;
  return isPlain && target.kind === 'status' && other?.kind === 'status' && target.code === other.code;
}

/** Not what says 404 for all that nobody asks for, which is another location where paths are expressions. */
function isAnybodys({ written, target }: Location): boolean {
  return written !== undefined || target.kind !== 'status' || target.code !== 404;
}

function goneRoute(
  server: Server,
  location: Location,
  { views, now }: { readonly views: Pair<RoutingView>; readonly now: Server | undefined },
): OneChange {
  return {
    kind: 'removed-route',
    subject: undefined,
    route: routeOf(server, location),
    before: { text: targetWords(location.target, views.before), causes: fieldsOf(location.from) },
    after: now === undefined ? undefined : { text: 'no such path', causes: fieldsOf(now.from.slice(0, 1)) },
  };
}

function newRoute(
  server: Server,
  location: Location,
  { views, was }: { readonly views: Pair<RoutingView>; readonly was: Server | undefined },
): OneChange {
  return {
    kind: 'added-route',
    subject: undefined,
    route: routeOf(server, location),
    before: was === undefined ? undefined : { text: 'no such path', causes: fieldsOf(was.from.slice(0, 1)) },
    after: { text: targetWords(location.target, views.after), causes: fieldsOf(location.from) },
  };
}

function diffServer(servers: Pair<Server>, views: Pair<RoutingView>): ServersDiff {
  const { before, after } = servers;
  if (before === after && views.before === views.after) return { changes: [], notes: [], shared: [] };
  const { pairs, added, removed } = pairLocations(servers);
  const shared = pairs.map(locations => ({ route: routeOf(after, locations.after), servers, locations }));
  const changes: OneChange[] = [...ofHost(servers, views)];
  const notes: DiffNote[] = [];
  const search = { servers, views, isAlike: alikeIn(views) };
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
    changes.push(...shadowedRoutes(shared, servers, search));
  }
  return { changes, notes: [...notes, ...ownersOf(shared)], shared };
}

/** Whether a route answers the same on both sides. */
function alikeIn(views: Pair<RoutingView>): (route: SharedRoute) => boolean {
  return route => diffRoute(route, views).length === 0;
}

/** What differs for all requests for a host. */
function ofHost({ before, after }: Pair<Server>, views: Pair<RoutingView>): readonly OneChange[] {
  const { host } = after;
  const whose = { before: fieldsOf(before.from), after: fieldsOf(after.from) };
  const change = (kind: ChangeKind, was: string, is: string, causes: Pair<readonly Cause[]> = whose): OneChange => ({
    kind,
    subject: host,
    route: undefined,
    before: { text: was, causes: causes.before },
    after: { text: is, causes: causes.after },
  });
  const changes: OneChange[] = [];
  if (isRegex(before) !== isRegex(after)) {
    const causes = {
      before: before.regexFrom === undefined ? whose.before : fieldsOf([before.regexFrom]),
      after: after.regexFrom === undefined ? whose.after : fieldsOf([after.regexFrom]),
    };
    const [plain, regex] = ['paths as they are written', 'regular expressions, regardless of case'];
    changes.push(
      isRegex(after) ? change('regex-host', plain, regex, causes) : change('plain-host', regex, plain, causes),
    );
  }
  const [was, is] = [before.aliases ?? [], after.aliases ?? []];
  const [lost, won] = [beyond(is, was), beyond(was, is)];
  if (lost.length > 0) changes.push(change('removed-alias', lost.join(', '), 'no such name'));
  if (won.length > 0) changes.push(change('added-alias', 'no such name', won.join(', ')));
  const policies = diffPolicies('server', { before: before.policies, after: after.policies }, { views, whose });
  return [
    ...changes,
    ...policies.map(found => ({ ...found, subject: host, route: undefined })),
    ...diffCertificates({ before, after }, views).map(({ kind, texts }) => change(kind, ...texts)),
  ];
}

function diffRoute(shared: SharedRoute, views: Pair<RoutingView>): readonly OneChange[] {
  const {
    route,
    locations: { before, after },
  } = shared;
  if (before === after && views.before === views.after) return [];
  const whose = { before: fieldsOf(before.from), after: fieldsOf(after.from) };
  const ends = { views, whose };
  const guard = removedGuard(shared);
  const targets = diffTargets({ before: before.target, after: after.target }, ends).map(found =>
    found.kind === 'opened-route' && guard !== undefined ? { ...found, kind: guard } : found,
  );
  const policies = diffLocationPolicies({ before: before.policies, after: after.policies }, ends);
  const asked = destinationsOf(before).flatMap((to, index) => {
    const other = destinationsOf(after)[index];
    return to === undefined || other === undefined ? [] : diffDestinations({ before: to, after: other }, ends);
  });
  // The cookie of a session is said with its Service.
  const isSaid = targets.some(({ kind }) => kind === 'affinity-changed');
  const others = policies.filter(({ kind }) => !isSaid || kind !== 'affinity-changed');
  return [...targets, ...asked, ...others].map(found => ({ subject: undefined, ...found, route }));
}

/** Where else requests of a location are sent. */
function destinationsOf({ policies: { mirror, customErrors, externalAuth, globalAuth } }: Location) {
  const all = [mirror?.asks.to, customErrors?.asks.to, externalAuth?.asks.to, globalAuth?.asks.to];
  return all.map(to => (to === undefined || to.kind === 'self' ? undefined : to));
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
