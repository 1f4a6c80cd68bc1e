import { findLocation } from '../../routing/match-location.ts';
import type { Location, Server } from '../../routing/model.ts';
import { fieldsOf } from './fields.ts';
import type { OneChange } from './model.ts';
import type { Pair } from './policies.ts';
import { pathSamples, shownPath } from './samples.ts';
import type { SharedRoute } from './route-changes.ts';
import { targetWords } from './targets.ts';
import { routeOf } from './view.ts';
import type { RoutingView } from './view.ts';

/**
 * Routes that are still there, and do not get the requests any more that they got.
 *
 * @param isAlike whether the location that takes them answers the same
 */
export function shadowedRoutes(
  shared: readonly SharedRoute[],
  { before, after }: Pair<Server>,
  { views, isAlike }: { readonly views: Pair<RoutingView>; readonly isAlike: (route: SharedRoute) => boolean },
): readonly OneChange[] {
  return shared.flatMap(route => {
    const { locations } = route;
    // The one that stands for the path: of others that something new takes, that is said of what is new.
    const [path] = pathSamples(locations.before, before, views.before.routing);
    const place = path === undefined ? undefined : findLocation(views.after.routing, after, path);
    const taker = place?.kind === 'location' ? place.location : undefined;
    if (path === undefined || taker === undefined || taker === locations.after) return [];
    if (isAlike({ ...route, locations: { before: locations.before, after: taker } })) return [];
    return [shadowed(path, { locations, taker, after, views })];
  });
}

interface Shadow {
  readonly locations: Pair<Location>;
  readonly taker: Location;
  readonly after: Server;
  readonly views: Pair<RoutingView>;
}

function shadowed(path: string, { locations, taker, after, views }: Shadow): OneChange {
  const sign = { exact: '=', prefix: '', regex: '~' }[taker.match];
  const name = `${sign} ${taker.path}`.trim();
  return {
    kind: 'shadowed-route',
    subject: undefined,
    route: routeOf(after, locations.after),
    before: {
      text: `requests such as ${shownPath(path)} go to ${targetWords(locations.before.target, views.before)}`,
      causes: fieldsOf(locations.before.from),
    },
    after: {
      text: `the location ${name} takes them, and leads to ${targetWords(taker.target, views.after)}`,
      causes: fieldsOf(taker.from),
    },
  };
}
