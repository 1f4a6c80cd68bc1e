import { isSameText } from './said-once.ts';

import type { Composed } from '../compose.ts';
import type { Way } from '../ways.ts';
import { isSameObject } from '../../diagnostics/place.ts';
import type { Location } from '../../routing/model.ts';

const NONE: ReadonlyMap<Location, Location> = new Map();

/**
 * Locations that nginx.conf can do without, each with the broader one that takes its requests then and does the same with
 * them, for the same Ingress: `/cart/` beside `/`. Each one less spares nginx some 10 kB and a search of all upstreams.
 *
 * @param composed what the policies of each come to
 * @param ways where each leads; undefined where it answers by itself
 */
export function coveredLocations(
  locations: readonly Location[],
  composed: readonly Composed[],
  ways: readonly (Way | undefined)[],
): ReadonlyMap<Location, Location> {
  if (locations.length < 2 || !locations.every(isPlain)) return NONE;
  const folders = new Map<string, number>();
  const exact = new Set<string>();
  for (const [index, { match, path }] of locations.entries()) {
    if (match === 'exact') exact.add(path);
    else folders.set(path, index);
  }
  const covered = new Map<Location, Location>();
  const coverAll = (match: Location['match'], mayGo: (location: Location) => boolean): void => {
    for (const [index, location] of locations.entries()) {
      if (location.match !== match || !mayGo(location)) continue;
      const above = indexAbove(location, folders);
      const broader = above === undefined ? undefined : locations[above];
      if (broader === undefined || above === undefined || !saysSame(composed[index], composed[above])) continue;
      if (isOfSame(location, broader) && leadsAlike(ways[index], ways[above])) covered.set(location, broader);
    }
  };
  coverAll('prefix', () => true);
  // nginx redirects `/cart` to a location `/cart/`, unless another one takes it.
  coverAll('exact', ({ path }) => {
    const folder = locations[folders.get(`${path}/`) ?? -1];
    return !exact.has(`${path}/`) && (folder === undefined || covered.has(folder));
  });
  return covered;
}

/** Whether the broader ones can be found by the slashes of its path. */
function isPlain({ match, path }: Location): boolean {
  return match === 'exact' || (match === 'prefix' && path.endsWith('/'));
}

/** The folder that takes requests of a location where that is missing. */
function indexAbove({ match, path }: Location, folders: ReadonlyMap<string, number>): number | undefined {
  let end = match === 'exact' ? path.length - 1 : path.length - 2;
  while (end >= 0) {
    end = path.lastIndexOf('/', end);
    const index = folders.get(path.slice(0, end + 1));
    if (index !== undefined) return index;
    end -= 1;
  }
  return undefined;
}

/** Equal lines declare equal things: names have a hash of what is declared. */
function saysSame(one: Composed | undefined, other: Composed | undefined): boolean {
  if (one === undefined || other === undefined || one === other) return one === other;
  return (
    one.request?.tag === other.request?.tag &&
    one.response?.tag === other.response?.tag &&
    one.inherited === other.inherited &&
    one.bodyLimit === other.bodyLimit &&
    one.server.join('\n') === other.server.join('\n') &&
    one.texts.length === other.texts.length &&
    one.texts.every((text, index) => isSameText(text, other.texts[index]))
  );
}

function isOfSame(location: Location, broader: Location): boolean {
  return isSameObject(location.from[0]?.resource, broader.from[0]?.resource);
}

function leadsAlike(way: Way | undefined, other: Way | undefined): boolean {
  return way?.kind === 'declared' && way.to === other?.to && way.pass === other.pass;
}

/** The paths that a location takes besides its own, each once. */
export function pathsCoveredBy(covered: ReadonlyMap<Location, Location>): ReadonlyMap<Location, ReadonlySet<string>> {
  const paths = new Map<Location, Set<string>>();
  for (const [location, broader] of covered) {
    let last = broader;
    for (let next = covered.get(last); next !== undefined; next = covered.get(last)) last = next;
    const path = location.path.replace(/(?<=.)\/$/, '');
    const known = paths.get(last);
    if (known === undefined) paths.set(last, new Set([path]));
    else known.add(path);
  }
  return paths;
}
