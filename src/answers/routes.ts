import { objectText } from '../diagnostics/place.ts';
import type { EachMemory } from '../diagnostics/each.ts';
import { rememberEach } from '../diagnostics/each.ts';
import type {
  Location,
  Passthrough,
  RedirectTarget,
  Routing,
  Server,
  Split,
  StatusTarget,
  Target,
} from '../routing/model.ts';
import type { SplitAnswer } from './shares.ts';
import { splitAnswer } from './shares.ts';

/** One location of one server, as a person asks for it. */
export interface RouteRow {
  /** `_` for requests to any other host. */
  readonly host: string;
  readonly match: Location['match'];
  readonly path: string;
  readonly target:
    | { readonly kind: 'upstream'; readonly name: string }
    | SplitAnswer
    | Omit<RedirectTarget, 'from'>
    | Pick<StatusTarget, 'kind' | 'code' | 'reason'>;
  /** The certificate that clients see: an id, ours that is public, or none at all (HTTPS is refused). */
  readonly tls:
    | { readonly kind: 'certificate'; readonly id: string }
    | { readonly kind: 'placeholder' }
    | { readonly kind: 'reject' }
    /** TLS connections go to this port of a Service (`shop/web:443`) as they are, whatever the path; none: they are closed. */
    | { readonly kind: 'passthrough'; readonly to?: string };
  /** What else happens there, such as `basicAuth`, in ASCII order. */
  readonly policies: readonly string[];
  /** `Ingress shop/web`; undefined for what no Ingress asked for. */
  readonly ingress: string | undefined;
}

/** Rows of servers, from one routing to the next. */
export type RoutesMemory = EachMemory<Server, readonly RouteRow[]>;

/**
 * Every location, in the order of the servers, and within one in the order of the configuration. With a memory, the rows
 * of a server that is the same object are the same objects.
 */
export function routesOf(routing: Routing, memory?: RoutesMemory): readonly RouteRow[] {
  const facts = [
    JSON.stringify([routing.defaultCertificate, routing.passthroughs.map(({ host, to }) => [host, to?.service])]),
  ];
  const byName = new Map(routing.splits.map(split => [split.name, split]));
  const passthroughs = new Map(routing.passthroughs.map(each => [each.host, each]));
  const all: RouteRow[] = [];
  const rows = rememberEach(memory, routing.servers, { facts, tables: [byName] }, (server, watch) => {
    const passed = passthroughs.get(server.host);
    const tls = passed === undefined ? tlsOf(server, routing) : passedTls(passed);
    return rowsOf(server, tls, watch(byName));
  });
  for (const ofServer of rows) for (const row of ofServer) all.push(row);
  return all;
}

type Splits = Pick<ReadonlyMap<string, Split>, 'get'>;

function rowsOf(server: Server, tls: RouteRow['tls'], splits: Splits): readonly RouteRow[] {
  return server.locations.map(location => ({
    host: server.host,
    match: location.match,
    path: location.path,
    target: targetOf(location.target, splits),
    tls,
    policies: policyNames(location, server),
    ingress: location.from[0] && objectText(location.from[0].resource),
  }));
}

function policyNames({ policies }: Location, server: Server): readonly string[] {
  return [...Object.keys(policies), ...Object.keys(server.policies)].toSorted();
}

function targetOf(target: Target, splits: Splits): RouteRow['target'] {
  if (target.kind === 'redirect') return { kind: 'redirect', code: target.code, to: target.to };
  // What is ready comes and goes, and a route stays the same.
  if (target.kind === 'status') return { kind: 'status', code: target.code, reason: target.reason };
  const { kind, name } = target.to;
  if (kind === 'upstream') return { kind, name };
  const split = splits.get(name);
  if (split === undefined) throw new Error(`no split ${name}`);
  return splitAnswer(split);
}

function passedTls({ to }: Passthrough): RouteRow['tls'] {
  return to === undefined ? { kind: 'passthrough' } : { kind: 'passthrough', to: to.service };
}

function tlsOf(server: Server, { defaultCertificate }: Routing): RouteRow['tls'] {
  return server.certificate === undefined ? defaultCertificate : { kind: 'certificate', id: server.certificate };
}
