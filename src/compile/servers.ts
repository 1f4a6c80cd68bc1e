import type { Finding, Report } from '../diagnostics/diagnostic.ts';
import { collect } from '../diagnostics/diagnostic.ts';
import type { Location, SecretFile, Server, Target } from '../routing/model.ts';
import type { Steps } from '../steps/steps.ts';
import { pauses } from '../steps/steps.ts';
import type { HostDraft } from './hosts.ts';
import { DEFAULT_HOST, keyOfPath } from './hosts.ts';
import { openDestinations } from './destinations.ts';
import { firstExpression, locationsOf } from './locations.ts';
import type { Shared, Splits } from './splits.ts';
import type { TlsTable } from './tls.ts';
import type { Ask, Upstreams } from './upstreams.ts';

const HEALTHZ: Location = {
  match: 'exact',
  path: '/healthz',
  policies: {},
  target: { kind: 'status', code: 200, reason: 'health of nginx itself' },
  from: [],
};

/** What servers need to know of the rest. */
export interface ServerContext {
  readonly tls: TlsTable;
  readonly upstreams: Upstreams;
  readonly splits: Splits;
  /** What the installation answers where there is no backend. */
  readonly fallback: Target;
  readonly report: Report;
}

/** A server, and what it was made of besides its draft. */
interface KnownServer {
  readonly server: Server;
  readonly findings: readonly Finding[];
  readonly asks: readonly Ask[];
  readonly shared: ReadonlyMap<string, Shared>;
  readonly files: ReadonlySet<SecretFile>;
  readonly hasTls: boolean;
  /** What holds for all of them. */
  readonly facts: string;
}

function factsOf({ fallback, upstreams }: ServerContext): string {
  return JSON.stringify([fallback, upstreams.looksAtClosed]);
}

/** Servers of drafts, from one compilation to the next. */
export type ServerMemory = WeakMap<HostDraft, KnownServer>;

function* serverAnew(host: HostDraft, context: ServerContext): Steps<KnownServer> {
  const { report, diagnostics } = collect();
  const isDefault = host.host === DEFAULT_HOST;
  const hasTls = hasTlsOf(host, context);
  const expression = firstExpression(host);
  const isRegexHost = expression !== undefined;
  const facts = { host: host.host, hasTls, isRegex: isRegexHost };
  const destinations = openDestinations(facts, { ...context, report });
  const locations = yield* locationsOf(host, { isRegexHost, destinations, report });
  const [regexFrom] = expression?.from ?? [];
  const hasHealthz = isDefault && ![true, false].some(isExact => isServed(host, keyOfPath(HEALTHZ.path, isExact)));
  const server: Server = {
    host: host.host,
    certificate: certificateOf(host, context),
    policies: {},
    locations: hasHealthz ? [HEALTHZ, ...locations.filter(location => !isHealthz(location))] : locations,
    ...(regexFrom === undefined ? {} : { regexFrom }),
    from: host.from,
  };
  const { asks, shared, files } = destinations;
  return { server, findings: diagnostics, asks, shared, files, hasTls, facts: factsOf(context) };
}

/** Whether an Ingress has the path; one that dropped out does not keep it from nginx's own answer. */
function isServed({ paths }: HostDraft, key: string): boolean {
  const draft = paths.get(key);
  return draft !== undefined && draft.plan?.isDropped !== true;
}

function isHealthz({ match, path }: Location): boolean {
  return match === HEALTHZ.match && path === HEALTHZ.path;
}

function hasTlsOf({ host }: HostDraft, { tls }: ServerContext): boolean {
  return host !== DEFAULT_HOST && tls.hasTls(host);
}

function certificateOf({ host }: HostDraft, { tls }: ServerContext): string | undefined {
  return host === DEFAULT_HOST ? undefined : tls.certificateOf(host);
}

/** The servers of hosts, in the same order; those of which nothing has changed since the last time are the same objects. */
export function* serversOf(
  hosts: readonly HostDraft[],
  context: ServerContext,
  memory: ServerMemory,
): Steps<{ readonly servers: readonly Server[]; readonly files: readonly SecretFile[] }> {
  const facts = factsOf(context);
  const servers: Server[] = [];
  const files = new Map<string, SecretFile>();
  const isPauseDue = pauses();
  for (const host of hosts) {
    const last = memory.get(host);
    const isCurrent =
      last !== undefined &&
      last.hasTls === hasTlsOf(host, context) &&
      last.server.certificate === certificateOf(host, context) &&
      last.facts === facts &&
      context.splits.isUnchanged(last.asks, last.shared) &&
      // Last: it has effects.
      context.upstreams.isUnchanged(last.asks);
    if (isCurrent) context.splits.useAgain(last.shared);
    const known = isCurrent ? last : yield* serverAnew(host, context);
    if (known !== last) memory.set(host, known);
    for (const found of known.findings) context.report(found);
    servers.push(known.server);
    for (const file of known.files) files.set(file.id, file);
    if (isPauseDue(known.server.locations.length)) yield;
  }
  return { servers, files: [...files.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)) };
}
