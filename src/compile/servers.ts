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
import type { Questions } from './destinations.ts';
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
  readonly files: ReadonlySet<SecretFile>;
}

/** Servers of drafts, from one compilation to the next. */
export type ServerMemory = WeakMap<HostDraft, Remembered<MadeServer>>;

function* makeServer(host: HostDraft, context: ServerContext & Questions): Steps<MadeServer> {
  const isDefault = host.host === DEFAULT_HOST;
  const expression = firstExpression(host);
  const isRegexHost = expression !== undefined;
  const files = new Set<SecretFile>();
  const aliases = context.aliasesOf(host.host);
  const facts = { host: host.host, hasTls: hasTlsOf(host, context), isRegex: isRegexHost };
  const destinations = openDestinations({ ...facts, encryption: encryptionOfHost(host.plans) }, { ...context, files });
  const locations = yield* locationsOf(host, { isRegexHost, destinations, report: context.report });
  const [regexFrom] = expression?.from ?? [];
  const hasHealthz = isDefault && ![true, false].some(isExact => isServed(host, keyOfPath(HEALTHZ.path, isExact)));
  const server: Server = {
    host: host.host,
    ...(aliases.length === 0 ? {} : { aliases }),
    certificate: certificateOf(host, context),
    policies: serverPoliciesOf(host, { ...facts, files, report: context.report }),
    locations: hasHealthz ? [HEALTHZ, ...locations.filter(location => !isHealthz(location))] : locations,
    ...(regexFrom === undefined ? {} : { regexFrom }),
    from: host.from,
  };
  return { server, files };
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
  const asTheyAre = { ...context, answers: upstreams, shares: splits, report: ofServer.report };
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
    makeServer(host, { ...context, answers: watch(upstreams), shares: watch(splits), report }),
  );
}
