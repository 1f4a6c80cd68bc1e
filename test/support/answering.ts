import { isHostPattern, patternRegex } from '../../src/routing/hosts.ts';
import type { Location, Routing, Server } from '../../src/routing/model.ts';

function fits(pattern: string, host: string): boolean {
  return isHostPattern(pattern) && new RegExp(patternRegex(pattern)).test(host);
}

/** The server that nginx chooses for a host: an exact name, else the first pattern or wildcard, else the default one. */
function serverFor({ servers }: Routing, host: string): Server | undefined {
  const parent = host.slice(host.indexOf('.'));
  return (
    servers.find(server => server.host === host) ??
    servers.find(server => server.host === `*${parent}` || fits(server.host, host)) ??
    servers.find(server => server.host === '_')
  );
}

/** Node.js 20 knows no `(?-i:…)`, which nginx does. */
const OTHER_CASE = /^\^\/\(\?!\(\?-i:(?<own>.*?)\)\)(?<any>.*)$/;

function isMatch(expression: string, path: string): boolean {
  const { own = '', any } = OTHER_CASE.exec(expression)?.groups ?? {};
  if (any === undefined) return new RegExp(expression, 'iu').test(path);
  return !new RegExp(`^/${own}`, 'u').test(path) && new RegExp(`^/${any}`, 'iu').test(path);
}

/** The location that nginx chooses: an exact one, else the first expression, else the longest prefix. */
export function locationFor(routing: Routing, host: string, path: string): Location | undefined {
  const locations = serverFor(routing, host)?.locations ?? [];
  const exact = locations.find(location => location.match === 'exact' && location.path === path);
  const regex = locations.find(location => location.match === 'regex' && isMatch(location.path, path));
  const prefixes = locations.filter(location => location.match === 'prefix' && path.startsWith(location.path));
  return exact ?? regex ?? prefixes.toSorted((a, b) => b.path.length - a.path.length)[0];
}
