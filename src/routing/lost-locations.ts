import type { Candidate, LocationIndex, Place } from './location-index.ts';
import { fitOf } from './location-index.ts';

/** A location that did not take a path, though it might have been meant to. */
export interface LostLocation {
  readonly place: Place;
  readonly match: 'exact' | 'prefix' | 'regex';
  /** As the location has it. */
  readonly text: string;
  /** Continues `/cart/: `. */
  readonly reason: string;
}

/** More would tell nobody more. */
const MOST = 12;

/**
 * The locations that fit a path, too, or nearly do, with the reason why nginx does not take them: first those that fit.
 *
 * @param path bytes, decoded
 */
export function lostLocations(
  index: LocationIndex,
  path: string,
  winner: Candidate | undefined,
): readonly LostLocation[] {
  const lost = new Map<Candidate, string>();
  const add = (candidate: Candidate | undefined, reason: string): void => {
    if (candidate === undefined || candidate === winner || lost.has(candidate) || lost.size === MOST) return;
    if (candidate.place.kind === 'slash' || isOfSamePath(candidate.place, winner?.place)) return;
    lost.set(candidate, reason);
  };
  for (const length of index.prefixLengths) {
    if (length <= path.length) add(index.prefixes.get(path.slice(0, length)), whyPrefixLost(winner));
  }
  addExpressions(index, path, winner, add);
  addNear(index, path, add);
  addOtherCase(index, path, add);
  return Array.from(lost, ([{ place, match, text }, reason]) => ({ place, match, text, reason }));
}

type Add = (candidate: Candidate | undefined, reason: string) => void;

/** `/cart` and `/cart/` are two locations of one path. */
function isOfSamePath(one: Place, other: Place | undefined): boolean {
  if (one.kind !== 'location' || other === undefined) return false;
  const location = other.kind === 'slash' ? other.folder : other.kind === 'location' ? other.location : undefined;
  if (location === one.location) return true;
  return one.location.written !== undefined && one.location.written === location?.written;
}

function whyPrefixLost(winner: Candidate | undefined): string {
  switch (winner?.match) {
    case 'exact':
      return 'an exact path is chosen before a prefix';
    case 'regex':
      return 'nginx takes an expression that fits before any prefix';
    case 'prefix':
    case undefined:
      return 'a shorter prefix';
  }
}

function addExpressions({ expressions }: LocationIndex, path: string, winner: Candidate | undefined, add: Add): void {
  const lower = path.toLowerCase();
  for (const candidate of expressions) {
    if (candidate === winner) continue;
    const fit = fitOf(candidate, path, lower);
    if (fit !== undefined && fit !== 'unclear') add(candidate, whyExpressionLost(winner));
  }
}

function whyExpressionLost(winner: Candidate | undefined): string {
  switch (winner?.match) {
    case 'exact':
      return 'an exact path is chosen before an expression';
    case 'prefix':
      return 'the prefix forbids expressions';
    case 'regex':
    case undefined:
      return 'an expression that comes later: longer paths are tried first';
  }
}

/** Those that end at another place than the path does. */
function addNear({ exact, prefixes, lengths }: LocationIndex, path: string, add: Add): void {
  if (path.length > 1 && path.endsWith('/'))
    add(exact.get(path.slice(0, -1)), 'it is exact, and without the slash at the end');
  else add(exact.get(`${path}/`), 'it is exact, and ends in a slash');
  if (!path.endsWith('/')) add(prefixes.get(`${path}/`), `it takes what is below ${path}/`);
  for (const length of lengths) {
    if (length > path.length + 1) continue;
    const begin = path.slice(0, length);
    if (length > 1 && path.charAt(length) === '/' && length + 1 < path.length) {
      add(exact.get(begin), 'it is exact, and takes nothing below it');
    }
    if (length > 1 && begin.length === length && !begin.endsWith('/')) {
      add(prefixes.get(`${begin.slice(0, length - 1)}/`), 'it takes what is below it, and this is another word');
    }
  }
}

function addOtherCase({ anyCase, lengths }: LocationIndex, path: string, add: Add): void {
  const lower = path.toLowerCase();
  for (const length of lengths) {
    if (length > path.length) continue;
    for (const candidate of anyCase.get(lower.slice(0, length)) ?? []) {
      const isWhole = candidate.match === 'prefix' || length === path.length;
      if (isWhole && candidate.path !== path.slice(0, length)) add(candidate, 'it differs in upper and lower case');
    }
  }
  for (const candidate of anyCase.get(`${lower}/`) ?? []) {
    if (candidate.path !== `${path}/` && candidate.match === 'prefix')
      add(candidate, 'it differs in upper and lower case');
  }
}
