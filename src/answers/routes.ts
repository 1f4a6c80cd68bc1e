import { objectText } from '../diagnostics/place.ts';
import type { Remembered } from '../diagnostics/remember.ts';
import { remember } from '../diagnostics/remember.ts';
import type { Destination, Location, Routing, Server, Target } from '../routing/model.ts';

/** One location of one server, as a person asks for it. */
export interface RouteRow {
  /** `_` for requests to any other host. */
  readonly host: string;
  readonly match: Location['match'];
  readonly path: string;
  readonly target: Destination | Extract<Target, { kind: 'status' }>;
  /** The certificate that clients see: an id, ours that is public, or none at all (HTTPS is refused). */
  readonly tls:
    | { readonly kind: 'certificate'; readonly id: string }
    | { readonly kind: 'placeholder' }
    | { readonly kind: 'reject' };
  /** What else happens there, such as `basicAuth`, in ASCII order. */
  readonly policies: readonly string[];
  /** `Ingress shop/web`; undefined for what no Ingress asked for. */
  readonly ingress: string | undefined;
}

/** Rows of servers, from one routing to the next. */
export type RoutesMemory = WeakMap<Server, Remembered<readonly RouteRow[]>>;

/**
 * Every location, in the order of the servers, and within one in the order of the configuration. With a memory, the rows
 * of a server that is the same object are the same objects.
 */
export function routesOf(
  routing: Routing,
  memory: RoutesMemory = new WeakMap<Server, Remembered<readonly RouteRow[]>>(),
): readonly RouteRow[] {
  const defaultTls = JSON.stringify(routing.defaultCertificate);
  const all: RouteRow[] = [];
  for (const server of routing.servers) {
    for (const row of remember(memory, server, { facts: [defaultTls] }, () => rowsOf(server, routing))) all.push(row);
  }
  return all;
}

function rowsOf(server: Server, routing: Routing): readonly RouteRow[] {
  const tls = tlsOf(server, routing);
  return server.locations.map(location => ({
    host: server.host,
    match: location.match,
    path: location.path,
    target: targetOf(location.target),
    tls,
    policies: policyNames(location),
    ingress: location.from[0] && objectText(location.from[0].resource),
  }));
}

function policyNames({ policies }: Location): readonly string[] {
  return Object.keys(policies).toSorted();
}

function targetOf(target: Target): RouteRow['target'] {
  return target.kind === 'proxy' ? target.to : target;
}

function tlsOf(server: Server, { defaultCertificate }: Routing): RouteRow['tls'] {
  return server.certificate === undefined ? defaultCertificate : { kind: 'certificate', id: server.certificate };
}
