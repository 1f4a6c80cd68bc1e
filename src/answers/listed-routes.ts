import type { ObjectName } from '../diagnostics/place.ts';
import { objectText } from '../diagnostics/place.ts';
import type { Location, Routing, Server, Split, Upstream, Via, WrittenPath } from '../routing/model.ts';
import type { Applied } from '../routing/policies.ts';
import type { RouteRow } from './routes.ts';
import { routesOf } from './routes.ts';

/** A route with all that is known of where it leads and who asked for what. */
export interface ListedRoute extends Omit<RouteRow, 'tls'> {
  /** With the Secret of a certificate, `Secret shop/web-tls`. */
  readonly tls: RouteRow['tls'] & { readonly secret?: string };
  /** Where requests may end, in the order of the target; empty for what nginx answers by itself. */
  readonly backends: readonly RouteBackend[];
  /** The path as its rule has it; missing where no rule made the location. */
  readonly written?: Pick<WrittenPath, 'path' | 'pathType'> | undefined;
  /** The annotations and options behind the policies, without prefix, in ASCII order. */
  readonly askedBy: readonly string[];
  /** The namespaces of the Ingresses that made it. */
  readonly namespaces: readonly string[];
}

export interface RouteBackend {
  /** Its name in nginx.conf; missing where nobody is ready, so that there is none. */
  readonly upstream?: string;
  /** `namespace/service:port`; missing for the host of a URL. */
  readonly service?: string;
  /** Missing where the routing does not lead to the endpoints themselves, or nothing is known of them. */
  readonly endpoints?: EndpointCount;
  /** What requests go through instead: a cluster IP, a node port … or a DNS name that nginx looks up. */
  readonly via?: Via | 'dns-name';
}

export interface EndpointCount {
  readonly ready: number;
  /** Ready or not. */
  readonly all: number;
}

interface Known {
  readonly upstreams: ReadonlyMap<string, Upstream>;
  readonly splits: ReadonlyMap<string, Split>;
  /** By the id of the certificate. */
  readonly secrets: ReadonlyMap<string, string>;
}

/** Every route, in the order of `routesOf`. */
export function listRoutes(routing: Routing): readonly ListedRoute[] {
  const known: Known = {
    upstreams: new Map(routing.upstreams.map(upstream => [upstream.name, upstream])),
    splits: new Map(routing.splits.map(split => [split.name, split])),
    secrets: new Map(
      routing.files.flatMap(file => (file.kind === 'key-pair' ? [[file.id, objectText(file.from.resource)]] : [])),
    ),
  };
  const places = routing.servers.flatMap(server => server.locations.map(location => ({ server, location })));
  return routesOf(routing).flatMap((row, index) => {
    const place = places[index];
    return place === undefined ? [] : [listed(row, place, known)];
  });
}

interface Place {
  readonly server: Server;
  readonly location: Location;
}

function listed(row: RouteRow, { server, location }: Place, known: Known): ListedRoute {
  const { host, match, path, target, policies, ingress } = row;
  const { written } = location;
  // Made for each of tens of thousands: in one piece, since that takes least.
  return {
    host,
    match,
    path,
    target,
    tls: row.tls.kind === 'certificate' ? { ...row.tls, ...secretOf(row.tls.id, known) } : row.tls,
    policies,
    ingress,
    backends: backendsOf(location, known),
    written: written && { path: written.path, pathType: written.pathType },
    askedBy: policies.length === 0 ? NOBODY : askersOf(location.policies, server.policies),
    namespaces: namespacesOf(location),
  };
}

const NOBODY: readonly string[] = [];

function namespacesOf({ from }: Location): readonly string[] {
  const [first, ...others] = from;
  if (first === undefined) return NOBODY;
  if (others.length === 0) return [namespaceOf(first.resource)];
  return [...new Set(from.map(({ resource }) => namespaceOf(resource)))];
}

function namespaceOf({ namespace }: ObjectName): string {
  return namespace ?? '';
}

function secretOf(id: string, { secrets }: Known): { readonly secret?: string } {
  const secret = secrets.get(id);
  return secret === undefined ? {} : { secret };
}

function backendsOf({ target }: Location, { upstreams, splits }: Known): readonly RouteBackend[] {
  if (target.kind === 'redirect') return [];
  if (target.kind === 'status') {
    const { service, notReady } = target;
    if (service === undefined) return [];
    return [{ service, ...(notReady === undefined ? {} : { endpoints: { ready: 0, all: notReady } }) }];
  }
  const { kind, name } = target.to;
  const names = kind === 'upstream' ? [name] : splitNames(splits.get(name));
  return names.map(upstream => ({ upstream, ...reachedBy(upstreams.get(upstream)) }));
}

/** In the order in which the target of a route has them. */
function splitNames(split: Split | undefined): readonly string[] {
  if (split === undefined) return [];
  return [...new Set([...split.rules, ...split.shares].map(({ to }) => to))].toSorted();
}

function reachedBy(upstream: Upstream | undefined): RouteBackend {
  if (upstream === undefined) return {};
  const { service, peers } = upstream;
  const named = service === undefined ? {} : { service };
  if (peers.kind === 'name-at-request') return { ...named, via: 'dns-name' };
  if (peers.via !== undefined) return { ...named, via: peers.via };
  const ready = peers.addresses.length;
  return { ...named, endpoints: { ready, all: ready + (peers.notReady ?? 0) } };
}

function askersOf(...scopes: readonly Readonly<Record<string, Applied<unknown> | undefined>>[]): readonly string[] {
  const names = new Set<string>();
  for (const policies of scopes) {
    for (const key in policies) {
      for (const asker of policies[key]?.from ?? []) if (asker.by !== 'default') names.add(asker.name);
    }
  }
  return [...names].toSorted();
}
