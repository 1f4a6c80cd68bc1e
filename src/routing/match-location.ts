import type { Candidate, LocationIndex, Place } from './location-index.ts';
import { fitOf, locationIndex, longestPrefix } from './location-index.ts';
import { lostLocations } from './lost-locations.ts';
import type { LostLocation } from './lost-locations.ts';
import type { Routing, Server } from './model.ts';

export type LocationMatch = FoundLocation | NoLocation | UnclearLocation;

export interface FoundLocation {
  readonly kind: 'found';
  readonly place: Place;
  readonly match: 'exact' | 'prefix' | 'regex';
  /** As the location has it. */
  readonly text: string;
  /** Of its expression, bytes: all that fits first, and what each group has taken. Empty for other locations. */
  readonly groups: readonly (string | undefined)[];
  /** Continues `the location /cart/, `. */
  readonly because: string;
  readonly losers: readonly LostLocation[];
}

/** No location takes the path: nginx looks for a file, and answers 404. */
export interface NoLocation {
  readonly kind: 'nothing';
  readonly losers: readonly LostLocation[];
}

/** Nobody can tell whether an expression fits. */
export interface UnclearLocation {
  readonly kind: 'unclear';
  /** Continues `it cannot be told `. */
  readonly reason: string;
  readonly losers: readonly LostLocation[];
}

/**
 * The location that takes a path. What several locations of nginx.conf do alike may stand in the server there, or in one
 * location alone: that changes nothing of what happens to a request.
 * Source: nginx's src/http/ngx_http_core_module.c, ngx_http_core_find_location.
 *
 * @param path bytes, decoded (routing/request-uri.ts)
 */
export function matchLocation(routing: Pick<Routing, 'http'>, server: Server, path: string): LocationMatch {
  const index = locationIndex(routing, server);
  const winner = winnerOf(index, path);
  if (winner === undefined) return { kind: 'nothing', losers: lostLocations(index, path, undefined) };
  const { candidate, groups } = winner;
  if (groups !== 'unclear') return found(candidate, groups, index, path);
  const reason = `whether the expression "${candidate.text}" fits the path`;
  return { kind: 'unclear', reason, losers: lostLocations(index, path, candidate) };
}

/** The same without what is only for people: undefined where no location takes the path, or nobody can tell. */
export function findLocation(routing: Pick<Routing, 'http'>, server: Server, path: string): Place | undefined {
  const winner = winnerOf(locationIndex(routing, server), path);
  return winner === undefined || winner.groups === 'unclear' ? undefined : winner.candidate.place;
}

interface Winner {
  readonly candidate: Candidate;
  readonly groups: FoundLocation['groups'] | 'unclear';
}

function winnerOf(index: LocationIndex, path: string): Winner | undefined {
  const exact = index.exact.get(path);
  if (exact !== undefined) return { candidate: exact, groups: [] };
  const prefix = longestPrefix(index, path);
  if (prefix?.isFinal === true) return { candidate: prefix, groups: [] };
  const lower = path.toLowerCase();
  for (const candidate of index.expressions) {
    const groups = fitOf(candidate, path, lower);
    if (groups !== undefined) return { candidate, groups };
  }
  return prefix === undefined ? undefined : { candidate: prefix, groups: [] };
}

function found(
  candidate: Candidate,
  groups: FoundLocation['groups'],
  index: LocationIndex,
  path: string,
): FoundLocation {
  const { place, match, text } = candidate;
  const because = whyFound(candidate, index);
  return { kind: 'found', place, match, text, groups, because, losers: lostLocations(index, path, candidate) };
}

function whyFound({ place, match, isFinal, text }: Candidate, { expressions }: LocationIndex): string {
  switch (match) {
    case 'exact':
      return place.kind === 'slash'
        ? `the path lacks the slash of "${text}/"`
        : 'its path is exactly that of the request';
    case 'prefix':
      if (isFinal) return 'the longest prefix that fits, which forbids expressions';
      return expressions.length === 0
        ? 'the longest prefix that fits'
        : 'the longest prefix that fits, and no expression does';
    case 'regex':
      return 'the first expression that fits';
  }
}
