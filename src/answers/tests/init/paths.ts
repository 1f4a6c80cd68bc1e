import { bytesOf, textOf } from '../../../routing/bytes.ts';
import { matchLocation } from '../../../routing/match-location.ts';
import type { Location, Routing, Server } from '../../../routing/model.ts';
import { escapePath, readTarget } from '../../../routing/request-uri.ts';
import { examplesOf } from './pcre-example.ts';

/** A path, as a client sends it, that a location takes; undefined where none was found. */
export function targetFor(location: Location, server: Server, routing: Routing): string | undefined {
  return candidatesFor(location)
    .map(path => textOf(escapePath(bytesOf(path.startsWith('/') ? path : `/${path}`))))
    .find(target => isTakenBy(target, { location, server }, routing));
}

function isTakenBy(
  target: string,
  { location, server }: { readonly location: Location; readonly server: Server },
  routing: Routing,
): boolean {
  const uri = readTarget(target);
  if (uri.kind === 'refused') return false;
  const found = matchLocation(routing, server, uri.path);
  return found.kind === 'found' && found.place.kind === 'location' && found.place.location === location;
}

function candidatesFor({ match, path }: Location): readonly string[] {
  switch (match) {
    case 'exact':
      return [path];
    case 'prefix':
      if (path === '/') return ['/', '/below', '/other'];
      return path.endsWith('/') ? [`${path}below`, path] : [path, `${path}/below`];
    case 'regex':
      return examplesOf(path).flatMap(example => [example, `${example}below`, `${example}/below`]);
  }
}
