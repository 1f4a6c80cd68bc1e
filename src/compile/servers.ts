import type { Report } from '../diagnostics/diagnostic.ts';
import { holdBack } from '../diagnostics/diagnostic.ts';
import type { Remembered } from '../diagnostics/remember.ts';
import { rememberSteps } from '../diagnostics/remember.ts';
import type { Location, SecretFile, Server, Target } from '../routing/model.ts';
import type { Policies } from '../routing/policies.ts';
import type { Steps } from '../steps/steps.ts';
import { pauses } from '../steps/steps.ts';
import type { AliasTable } from './aliases.ts';
import type { HostDraft } from './hosts.ts';
import { DEFAULT_HOST, keyOfPath } from './hosts.ts';
import type { Destinations, HostFacts } from './destinations.ts';
import { encryptionOfHost } from './encryption.ts';
import { openDestinations } from './destinations.ts';
import { firstExpression, locationsOf } from './locations.ts';
import { serverPoliciesOf } from './server-policies.ts';
import type { Splits } from './splits.ts';
import type { TlsTable } from './tls.ts';
import type { Upstreams } from './upstreams.ts';

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
  readonly aliasesOf: AliasTable;
  readonly upstreams: Upstreams;
  readonly splits: Splits;
  /** What the installation answers where there is no backend. */
  readonly fallback: Target;
  /** What is asked for there. */
  readonly unclaimed: Policies<'location'>;
  readonly report: Report;
}

/** A server, and the files that it needs. */
interface MadeServer {
  readonly server: Server;
  /** Some of them twice. */
  readonly files: readonly SecretFile[];
}

/** Servers of drafts, from one compilation to the next. */
export type ServerMemory = WeakMap<HostDraft, Remembered<MadeServer>>;

interface Making extends ServerContext {
  readonly destinations: Destinations;
}

function* makeServer(host: HostDraft, context: Making): Steps<MadeServer> {
  const { destinations, report } = context;
  const expression = firstExpression(host);
  const files: SecretFile[] = [];
  const facts: HostFacts = {
    host: host.host,
    hasTls: hasTlsOf(host, context),
    isRegex: expression !== undefined,
    encryption: encryptionOfHost(host.plans),
    keep(file) {
      if (files.at(-1) !== file) files.push(file);
      return file.id;
    },
  };
  const aliases = context.aliasesOf(host.host);
  const locations = yield* locationsOf(host, { facts, destinations, report });
  const [regexFrom] = expression?.from ?? [];
  const server: Server = {
    host: host.host,
    ...(aliases.length === 0 ? {} : { aliases }),
    certificate: certificateOf(host, context),
    policies: serverPoliciesOf(host, { facts, report }),
    locations: host.host === DEFAULT_HOST ? withHealthz(host, locations) : locations,
    ...(regexFrom === undefined ? {} : { regexFrom }),
    from: host.from,
  };
  return { server, files };
}

function withHealthz(host: HostDraft, locations: readonly Location[]): readonly Location[] {
  if ([true, false].some(isExact => isServed(host, keyOfPath(HEALTHZ.path, isExact)))) return locations;
  return [HEALTHZ, ...locations.filter(location => !isHealthz(location))];
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
  memory: ServerMemory | undefined,
): Steps<{ readonly servers: readonly Server[]; readonly files: readonly SecretFile[] }> {
  const { upstreams, splits } = context;
  const ofAll = JSON.stringify([context.fallback, upstreams.looksAtClosed]);
  // What is said of backends comes before what is said of the server, as where servers are remembered.
  const ofServer = holdBack(context.report);
  const said = { ...context, report: ofServer.report };
  const asTheyAre = { ...said, destinations: openDestinations({ ...said, answers: upstreams, shares: splits }) };
  const servers: Server[] = [];
  const files = new Map<string, SecretFile>();
  const isPauseDue = pauses();
  for (const host of hosts) {
    const made = yield* memory === undefined
      ? makeServer(host, asTheyAre)
      : recallServer(host, { context, ofAll }, memory);
    ofServer.release();
    servers.push(made.server);
    for (const file of made.files) files.set(file.id, file);
    if (isPauseDue(made.server.locations.length)) yield;
  }
  return { servers, files: [...files.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)) };
}

function recallServer(
  host: HostDraft,
  { context, ofAll }: { readonly context: ServerContext; readonly ofAll: string },
  memory: ServerMemory,
): Steps<MadeServer> {
  const { upstreams, splits, report } = context;
  const aliases = context.aliasesOf(host.host).join(' ');
  const facts = [hasTlsOf(host, context), certificateOf(host, context), aliases, ofAll, context.unclaimed];
  return rememberSteps(memory, host, { facts, tables: [upstreams, splits], report }, (watch, report) =>
    makeServer(host, {
      ...context,
      report,
      destinations: openDestinations({ ...context, answers: watch(upstreams), shares: watch(splits), report }),
    }),
  );
}
