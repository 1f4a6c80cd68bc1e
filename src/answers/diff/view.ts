import { isRecord, isList, isListOf, isText } from '../../json/value.ts';
import type { Location, Routing, Server, Split, Target, Upstream } from '../../routing/model.ts';
import { canonical } from './plain.ts';
import type { RouteName } from './model.ts';
import { sortedNetworks } from './networks.ts';

/** A routing, and what of it is looked up by name. */
export interface RoutingView {
  readonly routing: Routing;
  readonly servers: ReadonlyMap<string, Server>;
  /** What the default server answers where nobody has a path. */
  readonly otherHost: Target | undefined;
  readonly upstreams: ReadonlyMap<string, Upstream>;
  readonly splits: ReadonlyMap<string, Split>;
  /** Of what is counted together for limits: the routes that both sides have, as a text. */
  readonly counted: ReadonlyMap<string, string>;
  /** What objects come to, as texts. */
  readonly texts: WeakMap<object, string>;
}

/** @param isShared whether the other side has a route, too */
export function viewOf(routing: Routing, isShared: (route: string) => boolean): RoutingView {
  return {
    routing,
    servers: new Map(routing.servers.map(server => [server.host, server])),
    otherHost: routing.servers.find(({ host }) => host === '_')?.locations.find(({ path }) => path === '/')?.target,
    upstreams: new Map(routing.upstreams.map(upstream => [upstream.name, upstream])),
    splits: new Map(routing.splits.map(split => [split.name, split])),
    counted: countedTogether(routing, isShared),
    texts: new WeakMap(),
  };
}

/** nginx has one location of a host, match and path. */
export function keyOfRoute({ host, match, path }: RouteName): string {
  return `${host} ${match} ${path}`;
}

export function routeOf({ host }: Pick<Server, 'host'>, { match, path }: Location): RouteName {
  return { host, match, path };
}

function countedTogether(routing: Routing, isShared: (route: string) => boolean): ReadonlyMap<string, string> {
  const routes = new Map<string, string[]>();
  for (const server of routing.servers) {
    for (const location of server.locations) {
      const scope = location.policies.limits?.asks.scope;
      const key = keyOfRoute(routeOf(server, location));
      if (scope === undefined || !isShared(key)) continue;
      const known = routes.get(scope);
      if (known === undefined) routes.set(scope, [key]);
      else known.push(key);
    }
  }
  return new Map([...routes].map(([scope, keys]) => [scope, keys.toSorted().join('\n')]));
}

/** The port of a Service behind the upstream with a name, `shop/web:80`; its name where a URL names a host. */
export function serviceNamed(view: RoutingView, name: string): string {
  return view.upstreams.get(name)?.service ?? name;
}

/**
 * What somebody asks for as clients get it: equal for two routings whose upstreams, splits and Ingresses are only called
 * differently.
 */
function meaningOf(asks: unknown, view: RoutingView): unknown {
  if (isList(asks)) return asks.map(each => meaningOf(each, view));
  if (!isRecord(asks)) return asks;
  const { kind, name } = asks;
  if (kind === 'upstream' && typeof name === 'string') return { upstream: serviceNamed(view, name) };
  if (kind === 'split' && typeof name === 'string') return splitMeaning(view, name);
  return Object.fromEntries(Object.entries(asks).map(([field, value]) => [field, fieldMeaning(field, value, view)]));
}

function fieldMeaning(field: string, value: unknown, view: RoutingView): unknown {
  if (field === 'scope' && typeof value === 'string') return view.counted.get(value);
  if ((field === 'allowed' || field === 'denied') && isListOf(isText, value)) return sortedNetworks(value);
  // What error pages are told of where the error was.
  if (field === 'source' && isRecord(value) && 'ingress' in value) return { ...value, ingress: '' };
  return meaningOf(value, view);
}

function splitMeaning(view: RoutingView, name: string): unknown {
  const split = view.splits.get(name);
  if (split === undefined) return { split: name };
  const rules = split.rules.map(({ when, to }) => ({ when, to: serviceNamed(view, to) }));
  const all = split.shares.reduce((sum, { parts }) => sum + parts, 0);
  const shares = split.shares.map(({ to, parts }) => ({ to: serviceNamed(view, to), share: parts / all }));
  return { rules, shares };
}

/** Whether both come to the same for clients. */
export function isSame(
  before: unknown,
  after: unknown,
  views: { readonly before: RoutingView; readonly after: RoutingView },
): boolean {
  return textIn(views.before, before) === textIn(views.after, after);
}

/** Many locations ask for the same object. */
function textIn(view: RoutingView, asks: unknown): string {
  if (!isRecord(asks)) return canonical(meaningOf(asks, view));
  const known = view.texts.get(asks);
  if (known !== undefined) return known;
  const text = canonical(meaningOf(asks, view));
  view.texts.set(asks, text);
  return text;
}
