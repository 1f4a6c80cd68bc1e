import { headersView } from '../headers.ts';
import { hashSizes } from '../hash-sizes.ts';
import { bareWord } from '../quote.ts';

import type { Gathered } from '../gather.ts';
import type { HashSizes } from '../hash-sizes.ts';
import type { Header, HeadersView } from '../headers.ts';
import type { HttpParts, Tools, UpstreamEnds } from '../parts.ts';
import type { Quoted } from '../quote.ts';
import type { Routing, Server } from '../../routing/model.ts';
import type { Syntax } from '../version.ts';

/** What templates/nginx.conf shows outside of servers and upstreams. */
export type HttpView = Readonly<{
  namesHash: NamesHashView;
  tables: TablesView;
  clients: readonly Quoted[];
  responses: readonly Quoted[];
  tls: readonly Quoted[];
  headersOfAll: readonly Quoted[];
  proxy: readonly Quoted[];
  closesConnections: boolean;
  resolvers: readonly Quoted[];
  syntax: Syntax;
  headers: HeadersView;
  speaksGrpc: boolean;
  speaksFastcgi: boolean;
  /** Whether any backend speaks TLS. */
  speaksTls: boolean;
  declared: readonly Quoted[];
}>;

/** Sizes of nginx's table of server names; `maxSize` only where the default would give a warning. */
export type NamesHashView = Readonly<{ bucketSize: number; maxSize: number | undefined }>;

/** Sizes of its other tables, where those that it has by itself would not do. */
export type TablesView = Readonly<{
  maps: HashSizes | undefined;
  variables: HashSizes | undefined;
  requestHeaders: HashSizes | undefined;
}>;

/** Bytes; enough for names of 46 letters. The same for most inputs, so that a host more changes nothing else. */
const USUAL_BUCKET = 512;
/** nginx has as many buckets without being told. */
const USUAL_BUCKETS = 512;
/** Bytes of a key that fits in a bucket of one cache line, the least that nginx has. */
const USUAL_KEY = 46;
/**
 * So few that nginx's own sizes surely do. Of keys longer than 14 bytes no two share a bucket of the usual size, and
 * variables lie among those that nginx has itself.
 */
const USUAL_COUNTS = { maps: 64, variables: 4, requestHeaders: 32 } as const;
/** As many buckets as nginx has for any of them without being told. */
const LARGEST_USUAL = 2_048;

/** The largest body in bytes, 0 for no limit; without a word of anybody that of nginx itself. */
export function bodyLimitOfAll(parts: readonly HttpParts[]): number {
  return parts.find(({ bodyLimit }) => bodyLimit !== undefined)?.bodyLimit ?? 1_048_576;
}

/** What all servers begin with. */
export function linesOfServers(parts: readonly HttpParts[]): readonly Quoted[] {
  return parts.flatMap(({ servers }) => servers ?? []);
}

/** What becomes of connections to backends; without a word of anybody what nginx does. */
export function endsOfUpstreams(parts: readonly HttpParts[]): UpstreamEnds {
  const nothing = { keeping: undefined, closing: undefined, closesAll: false };
  return parts.find(({ upstreams }) => upstreams !== undefined)?.upstreams ?? nothing;
}

/** The headers of all responses. */
export function headersOfAll(parts: readonly HttpParts[]): readonly Header[] {
  return parts.flatMap(({ responseHeaders }) => responseHeaders ?? []);
}

/** The text of a declaration, which holds for gRPC, too, where a backend speaks it. */
export function declaredText(
  { template, view }: Gathered['texts'][number],
  { facts, text }: Pick<Tools, 'facts' | 'text'>,
): Quoted {
  return text(template, { ...view, speaksGrpc: facts.speaksGrpc });
}

/** @param gathered what all servers and upstreams want */
export function httpView(
  { resolvers, servers, upstreams }: Routing,
  parts: readonly HttpParts[],
  gathered: Gathered,
  { facts, text }: Pick<Tools, 'facts' | 'text'>,
): HttpView {
  const { syntax, speaksGrpc, speaksFastcgi } = facts;
  const headers = headersView(gathered.sets, headersOfAll(parts), facts);
  return {
    namesHash: namesHashView(servers),
    tables: tablesView(gathered, headers),
    clients: parts.flatMap(({ clients }) => clients ?? []),
    responses: parts.flatMap(({ responses }) => responses ?? []),
    tls: parts.flatMap(({ tls }) => tls ?? []),
    headersOfAll: parts.flatMap(part => part.headers ?? []),
    proxy: parts.flatMap(({ proxy }) => proxy ?? []),
    closesConnections: endsOfUpstreams(parts).closesAll,
    resolvers: resolvers.map(bareWord),
    syntax,
    headers,
    speaksGrpc,
    speaksFastcgi,
    speaksTls: upstreams.some(
      ({ protocol }) => protocol !== undefined && protocol !== 'grpc' && protocol !== 'fastcgi',
    ),
    declared: gathered.texts.map(declaration => declaredText(declaration, { facts, text })),
  };
}

/** Regular expressions are not in the table. */
function namesHashView(servers: readonly Server[]): NamesHashView {
  let longest = 0;
  let count = 0;
  const names = servers.flatMap(({ host, aliases = [] }) => [...(host.includes('*') ? [] : [host]), ...aliases]);
  for (const name of names) {
    if (name.startsWith('~')) continue;
    longest = Math.max(longest, name.length);
    count += 1;
  }
  const { bucketSize, buckets } = hashSizes(longest, count, USUAL_BUCKET);
  return { bucketSize, maxSize: count > USUAL_BUCKETS ? buckets : undefined };
}

function tablesView({ texts, sets }: Gathered, { request, response }: HeadersView): TablesView {
  const tags = sets.map(({ tag }) => tag);
  const maps = texts.map(({ keys = [] }) => keys);
  const headerMaps = [...request.maps, ...response.maps];
  const variables = [...texts.map(({ mark }) => mark), ...headerMaps.map(({ name }) => name)];
  return {
    maps: sizesFor('maps', [...maps.flat(), ...tags], Math.max(tags.length, ...maps.map(keys => keys.length))),
    variables: sizesFor('variables', variables, variables.length),
    requestHeaders: sizesFor(
      'requestHeaders',
      request.others.map(({ name }) => name),
      request.others.length,
    ),
  };
}

function sizesFor(table: keyof TablesView, keys: readonly string[], count: number): HashSizes | undefined {
  const longest = keys.reduce((most, key) => Math.max(most, Buffer.byteLength(key)), 0);
  if (longest <= USUAL_KEY && count <= USUAL_COUNTS[table]) return undefined;
  const { bucketSize, buckets } = hashSizes(longest, count, USUAL_BUCKET);
  return { bucketSize, buckets: Math.max(buckets, LARGEST_USUAL) };
}
