import { bytesOf, textOf } from '../../routing/bytes.ts';
import type { Place } from '../../routing/location-index.ts';
import { findLocation } from '../../routing/match-location.ts';
import type { Location, Routing, Server } from '../../routing/model.ts';
import { escapePath } from '../../routing/request-uri.ts';
import { expressionSample } from './expression-sample.ts';

/** A host name that a server answers to. */
export function hostSample({ host }: Pick<Server, 'host'>): string {
  if (host === '_') return 'any-other-host.invalid';
  return host.startsWith('*.') ? `sample${host.slice(1)}` : host;
}

/** Paths, decoded, that may reach a location. */
function pathsFor({ match, path, written }: Location): readonly string[] {
  switch (match) {
    case 'exact':
      return [path];
    case 'prefix':
      return path.endsWith('/') ? [path, `${path}sample`] : [path, `${path}/sample`];
    case 'regex': {
      const made = ([1, 0] as const).flatMap(repeats => expressionSample(path, repeats) ?? []);
      const plain = written?.path ?? '/';
      return [...new Set([plain, ...made, `${plain}/sample`.replaceAll('//', '/')])].filter(each =>
        each.startsWith('/'),
      );
    }
  }
}

/** Paths that do reach it, as bytes. */
export function pathSamples(location: Location, server: Server, routing: Routing): readonly string[] {
  return pathsFor(location)
    .map(bytesOf)
    .filter(path => isPlain(path) && isAt(findLocation(routing, server, path), location));
}

/** What nginx would change before it looks for a location is no sample. */
function isPlain(path: string): boolean {
  return !/\/\/|\/\.\.?(?:\/|$)|\p{Cc}/u.test(path);
}

function isAt(place: Place | undefined, location: Location): boolean {
  return place?.kind === 'location' && place.location === location;
}

/** A path as a client sends it. */
export function targetOf(path: string): string {
  return escapePath(path);
}

/** A path for people. */
export function shownPath(path: string): string {
  return textOf(path);
}
