import { shownHost } from '../compile/hosts.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { FieldRef } from '../diagnostics/place.ts';
import { listed } from '../diagnostics/words.ts';
import { askingAnnotations } from '../routing/askers.ts';
import type { Location, Server } from '../routing/model.ts';
import type { FindLocation } from './find-location.ts';
import { locationFinder } from './find-location.ts';
import { redirectLoop } from './rules/redirects.ts';

/** A redirect that every request of its place gets. */
interface Redirect {
  readonly server: Server;
  /** Undefined for that of the root of the host. */
  readonly location: Location | undefined;
  readonly url: string;
  readonly at: FieldRef | undefined;
}

/** Where a browser is sent. */
interface Stop {
  readonly server: Server;
  readonly path: string;
}

/** A redirect is followed over so many stops; a browser gives up after 20. */
const MOST_STOPS = 10;
/** So many locations are looked at on hosts where one after the other is tried. */
const MOST_TRIED = 50_000;

/** The first redirect of a server, for knowing whether it has any. */
export function redirecting(server: Server): Server | undefined {
  const { appRoot } = server.policies;
  return appRoot !== undefined || server.locations.some(location => urlOf(location) !== undefined) ? server : undefined;
}

/** The URL that a location sends all its requests to; undefined where it has none that is known. */
function urlOf({ target, policies: { rewrite } }: Location): string | undefined {
  const url = target.kind === 'redirect' && target.to.kind === 'url' ? target.to.url : undefined;
  const known = url ?? (rewrite?.asks.isRedirect === true ? rewrite.asks.target : undefined);
  return known?.includes('$') === true ? undefined : known;
}

function redirectsOf(server: Server): readonly Redirect[] {
  const { appRoot } = server.policies;
  const redirects: Redirect[] = [];
  const seen = new Set<string>();
  if (appRoot !== undefined && !appRoot.asks.path.includes('$')) {
    const at = askingAnnotations(appRoot.from)[0]?.at.field;
    redirects.push({ server, location: undefined, url: appRoot.asks.path, at });
  }
  for (const location of server.locations) {
    const url = urlOf(location);
    const at = location.from[0]?.field;
    const mark = `${url} ${at?.path.join('.')} ${at?.document}`;
    if (url === undefined || seen.has(mark)) continue;
    seen.add(mark);
    redirects.push({ server, location, url, at });
  }
  return redirects;
}

/** Looks for the server and the location of a URL, each prepared once. */
function openMap(servers: readonly Server[]) {
  const byHost = new Map(servers.map(server => [server.host, server]));
  const finders = new Map<Server, FindLocation>();
  const known = new Map<Server, Map<string, Location | undefined>>();
  let tried = 0;
  const find = (server: Server, path: string): Location | undefined => {
    if (server.regexFrom !== undefined) tried += server.locations.length;
    if (tried > MOST_TRIED) return undefined;
    const finder = finders.get(server) ?? locationFinder(server);
    finders.set(server, finder);
    return finder(path);
  };
  return {
    stopAt(url: string, from: Server): Stop | undefined {
      if (url.startsWith('/') && !url.startsWith('//'))
        return { server: from, path: pathOf(url.replace(/[?#].*$/, '')) };
      const parsed = URL.canParse(url) ? new URL(url) : undefined;
      // Another port is another server.
      if (parsed === undefined || !/^https?:$/.test(parsed.protocol) || parsed.port !== '') return undefined;
      const { hostname: host } = parsed;
      const server = byHost.get(host) ?? byHost.get(`*${host.slice(host.indexOf('.'))}`);
      return server && { server, path: pathOf(parsed.pathname) };
    },
    serverOf: (host: string) => byHost.get(host),
    locationOf({ server, path }: Stop): Location | undefined {
      const byPath = known.get(server) ?? new Map<string, Location | undefined>();
      known.set(server, byPath);
      if (!byPath.has(path)) byPath.set(path, find(server, path));
      return byPath.get(path);
    },
  };
}

type Hosts = ReturnType<typeof openMap>;

function pathOf(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Where a browser is sent from a stop; undefined where it stays, or nobody knows. */
function nextOf(stop: Stop, map: Hosts): { readonly redirect: Location | undefined; readonly to: string } | undefined {
  const { server, path } = stop;
  const root = path === '/' ? server.policies.appRoot?.asks.path : undefined;
  if (root !== undefined) return { redirect: undefined, to: root };
  const location = map.locationOf(stop);
  if (location === undefined) return undefined;
  const { target } = location;
  const isHost = target.kind === 'redirect' && target.to.kind === 'host';
  const to = isHost ? `http://${target.to.host}${encodeURI(path)}` : urlOf(location);
  return to === undefined ? undefined : { redirect: location, to };
}

/** The URLs that a browser is sent to until it is where it began; undefined where it gets out. */
function circleOf({ server, location, url }: Redirect, map: Hosts): readonly string[] | undefined {
  const urls = [url];
  let at = server;
  for (let count = 0; count < MOST_STOPS; count += 1) {
    const stop = map.stopAt(urls.at(-1) ?? '', at);
    const next = stop && nextOf(stop, map);
    if (stop === undefined || next === undefined || next.to.includes('$')) return undefined;
    if (isSame(next.redirect, location) && (location !== undefined || stop.server === server)) return urls;
    urls.push(next.to);
    at = stop.server;
  }
  return undefined;
}

/** Whether two locations are of one path. */
function isSame(a: Location | undefined, b: Location | undefined): boolean {
  return a === b || (a?.written !== undefined && a.written === b?.written);
}

/** Finds redirects that lead to themselves, at once or over others. */
export function checkRedirectLoops(
  { servers, redirecting: some }: { readonly servers: readonly Server[]; readonly redirecting: readonly Server[] },
  report: Report,
): void {
  if (some.length === 0) return;
  const map = openMap(servers);
  const said = new Set<string>();
  for (const redirect of some.flatMap(redirectsOf)) {
    const urls = circleOf(redirect, map);
    if (urls === undefined) continue;
    // A circle is said where it is found first.
    const mark = urls.toSorted().join(' ');
    if (said.has(mark)) continue;
    said.add(mark);
    report({
      rule: redirectLoop,
      message: messageOf(redirect, urls),
      help: HELP,
      ...(redirect.at && { at: redirect.at }),
    });
  }
}

const HELP = 'redirect to a URL that a backend answers, or give that path an Ingress of its own, without the redirect';

function messageOf({ server, location, url }: Redirect, urls: readonly string[]): string {
  const place = `"${location?.written?.path ?? '/'}" of ${shownHost(server)}`;
  if (urls.length === 1) return `${place} is redirected to "${url}", which is redirected there again, without end`;
  return `${place} is redirected in a circle: to ${listed(
    urls.map(each => `"${each}"`),
    MOST_STOPS,
  )}, and back`;
}
