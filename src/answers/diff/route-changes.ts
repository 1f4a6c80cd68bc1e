import type { Location, Server } from '../../routing/model.ts';
import { fieldsOf } from './fields.ts';
import type { OneChange, RouteName } from './model.ts';
import type { Pair } from './policies.ts';
import { diffLocationPolicies } from './policies.ts';
import { diffDestinations, diffTargets, targetWords } from './targets.ts';
import { removedGuard } from './unguarded.ts';
import { routeOf } from './view.ts';
import type { RoutingView } from './view.ts';

/** A route of both sides. */
export interface SharedRoute {
  readonly route: RouteName;
  readonly servers: Pair<Server>;
  readonly locations: Pair<Location>;
}

/** A route that is served no more. */
export function goneRoute(
  server: Pick<Server, 'host'>,
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

/** A route that was not served. */
export function newRoute(
  server: Pick<Server, 'host'>,
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

/** Whether a route answers the same on both sides. */
export function alikeIn(views: Pair<RoutingView>): (route: SharedRoute) => boolean {
  return route => diffRoute(route, views).length === 0;
}

/** How the answers of a route differ. */
export function diffRoute(shared: SharedRoute, views: Pair<RoutingView>): readonly OneChange[] {
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
