import type { Location, Routing, Server } from '../../src/routing/model.ts';

/** The server that nginx chooses for a host: an exact name, else the first wildcard, else the default one. */
function serverFor({ servers }: Routing, host: string): Server | undefined {
  const parent = host.slice(host.indexOf('.'));
  const names = [host, `*${parent}`, '_'];
  return names.map(name => servers.find(server => server.host === name)).find(server => server !== undefined);
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
