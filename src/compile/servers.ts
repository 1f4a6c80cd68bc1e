import type { Report } from '../diagnostics/diagnostic.ts';
import { holdBack } from '../diagnostics/diagnostic.ts';
import type { EachMemory, PickMemory } from '../diagnostics/each.ts';
import { pickEach, rememberEachSteps } from '../diagnostics/each.ts';
import type { Location, Server, Target } from '../routing/model.ts';
import type { SecretFile } from '../routing/secret-files.ts';
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
  readonly tls: TlsTable['ofHosts'];
  readonly aliases: AliasTable;
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
export interface ServerMemory {
  readonly made: EachMemory<HostDraft, MadeServer>;
  /** Those that need files. */
  readonly withFiles: PickMemory<MadeServer, MadeServer>;
}

interface Making extends ServerContext {
  readonly destinations: Destinations;
}

function* makeServer(host: HostDraft, context: Making): Steps<MadeServer> {
  const { destinations, report } = context;
  const expression = firstExpression(host);
  const tls = host.host === DEFAULT_HOST ? undefined : context.tls.get(host.host);
  const files: SecretFile[] = [];
  const facts: HostFacts = {
    host: host.host,
    hasTls: tls !== undefined,
    isRegex: expression !== undefined,
    encryption: encryptionOfHost(host.plans),
    keep(file) {
      if (files.at(-1) !== file) files.push(file);
      return file.id;
    },
  };
  const aliases = context.aliases.get(host.host);
  const locations = yield* locationsOf(host, { facts, destinations, report });
  const [regexFrom] = expression?.from ?? [];
  const server: Server = {
    host: host.host,
    ...(aliases === '' ? {} : { aliases: aliases.split(' ') }),
    certificate: tls?.id,
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

/** The servers of hosts, in the same order; those of which nothing has changed since the last time are the same objects. */
export function* serversOf(
  hosts: readonly HostDraft[],
  context: ServerContext,
  memory: ServerMemory | undefined,
): Steps<{ readonly servers: readonly Server[]; readonly files: readonly SecretFile[] }> {
  const made = yield* memory === undefined ? makeAll(hosts, context) : recallAll(hosts, context, memory);
  const files = new Map<string, SecretFile>();
  const withFiles = pickEach(memory?.withFiles, made, each => (each.files.length > 0 ? each : undefined));
  for (const each of withFiles) for (const file of each.files) files.set(file.id, file);
  return {
    servers: made.map(({ server }) => server),
    files: [...files.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  };
}

function* makeAll(hosts: readonly HostDraft[], context: ServerContext): Steps<readonly MadeServer[]> {
  const { upstreams, splits } = context;
  // What is said of backends comes before what is said of the server, as where servers are remembered.
  const ofServer = holdBack(context.report);
  const said = { ...context, report: ofServer.report };
  const asTheyAre = { ...said, destinations: openDestinations({ ...said, answers: upstreams, shares: splits }) };
  const all: MadeServer[] = [];
  const isPauseDue = pauses();
  for (const host of hosts) {
    const made = yield* makeServer(host, asTheyAre);
    ofServer.release();
    all.push(made);
    if (isPauseDue(made.server.locations.length)) yield;
  }
  return all;
}

function* recallAll(
  hosts: readonly HostDraft[],
  context: ServerContext,
  { made }: ServerMemory,
): Steps<readonly MadeServer[]> {
  const { upstreams, splits, tls, aliases } = context;
  const facts = [JSON.stringify([context.fallback, upstreams.looksAtClosed]), context.unclaimed];
  const making = { facts, tables: [upstreams, splits, tls, aliases], report: context.report };
  const isPauseDue = pauses();
  return yield* rememberEachSteps(made, hosts, making, function* (host, watch, report) {
    const watched = { ...context, tls: watch(tls), aliases: watch(aliases), report };
    const destinations = openDestinations({ ...watched, answers: watch(upstreams), shares: watch(splits) });
    const each = yield* makeServer(host, { ...watched, destinations });
    if (isPauseDue(each.server.locations.length)) yield;
    return each;
  });
}
