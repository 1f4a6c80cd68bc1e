import type { FieldRef } from '../diagnostics/place.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import { objectText } from '../diagnostics/place.ts';
import type { Routing, Server } from '../routing/model.ts';
import type { Applied } from '../routing/policies.ts';
import { manyExpressions, manyHostPatterns, serverNameBucket, tooFewConnections } from './rules/sizes.ts';
import type { LintedPath } from './written-paths.ts';

/** Of these a request compares each in turn: at 200 nginx answers half as many requests as with one. */
const MANY = 200;

type Sized = Pick<Routing, 'main' | 'http' | 'listeners' | 'servers' | 'streams' | 'passthroughs'>;

/** Finds what nginx gives up at, or soon will. */
export function checkSizes(routing: Sized, report: Report): void {
  checkConnections(routing, report);
  checkHostPatterns(routing, report);
  checkServerNames(routing, report);
}

function placeOf(applied: Applied<unknown> | undefined): FieldRef | undefined {
  const asker = applied?.from.find(({ by }) => by === 'option');
  return asker?.by === 'option' ? asker.at.field : undefined;
}

const at = (place: FieldRef | undefined): { readonly at?: FieldRef } => (place === undefined ? {} : { at: place });

/**
 * nginx holds a connection of each worker for each address and port that it listens on.
 * Source: nginx's src/event/ngx_event.c, ngx_event_init_conf.
 */
function checkConnections({ main, listeners, streams, passthroughs }: Sized, report: Report): void {
  const { processes } = main;
  if (processes === undefined) return;
  const { connections, workers = 1 } = processes.asks;
  const ports = 2 * (listeners.reusesPort === true ? workers : 1);
  const passing = passthroughs.length === 0 ? 0 : 2;
  const sockets = listeners.addresses.length * (ports + streams.length) + passing;
  // Half of them for nginx itself is not what anybody means.
  if (sockets * 2 <= connections) return;
  const isRefused = connections < sockets + 1;
  const effect = isRefused ? 'nginx refuses the whole configuration' : 'few are left for clients and backends';
  const message = `${connections} connections of a worker, and ${sockets} addresses and ports to listen on: ${effect}`;
  const help = `write max-worker-connections: "${nextPower(sockets * 4)}", or more`;
  const place = placeOf(processes) ?? streams[0]?.from.field;
  report({ rule: tooFewConnections, message, help, ...at(place), ...(isRefused ? {} : { severity: 'warning' }) });
}

/** A host that begins with a star is an expression, which nginx tries where no host has the name itself. */
function checkHostPatterns({ servers }: Sized, report: Report): void {
  const patterns = servers.filter(({ host }) => host.startsWith('*.'));
  if (patterns.length < MANY) return;
  const message = `there are ${patterns.length} wildcard hosts: a request for another host is compared with each of them`;
  const help = 'name the hosts that are used most: those are found at once';
  report({ rule: manyHostPatterns, message, help, ...at(patterns[0]?.from[0]?.field) });
}

/** Finds a host for which nginx compares each request with one expression after the other. */
export function checkExpressions({ host, locations, from }: Server, _: readonly LintedPath[], report: Report): void {
  if (locations.length < MANY) return;
  const count = locations.filter(({ match }) => match === 'regex').length;
  if (count < MANY) return;
  const owner = from[0];
  const message = `${host} has ${count} paths that are regular expressions: a request is compared with one after the other`;
  const help =
    'give those without use-regex and rewrite-target a host of their own, or put several into one expression';
  report({ rule: manyExpressions, message, help, ...at(owner?.field) });
}

/** What nginx aligns the buckets of its table of names to. */
const LINE = 64;
const aligned = (bytes: number, to: number): number => Math.ceil(bytes / to) * to;

/** Source: nginx's src/core/ngx_hash.c, ngx_hash_init, NGX_HASH_ELT_SIZE. */
const bucketFor = (name: string): number => aligned(aligned(name.length + 2, 8) + 16, LINE);

function checkServerNames({ http, servers }: Sized, report: Report): void {
  const { hashTables } = http;
  const asked = hashTables?.asks.serverNames.bucketSize;
  if (asked === undefined) return;
  let longest: Server | undefined;
  for (const server of servers) {
    if (!server.host.startsWith('*.') && server.host.length > (longest?.host.length ?? 0)) longest = server;
  }
  const needed = bucketFor(longest?.host ?? '');
  if (longest === undefined || needed <= aligned(asked, LINE)) return;
  const owner = longest.from[0];
  const whose = owner === undefined ? '' : ` of ${objectText(owner.resource)}`;
  const message = `server-name-hash-bucket-size: "${asked}" is too small for the host "${longest.host}"${whose}: the nginx of the controller refuses the whole configuration`;
  const help = `write "${nextPower(needed)}", or remove it: by itself the controller chooses a size that fits`;
  report({ rule: serverNameBucket, message, help, ...at(placeOf(hashTables)) });
}

function nextPower(least: number): number {
  return 2 ** Math.ceil(Math.log2(least));
}
