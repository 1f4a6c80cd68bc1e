import { headersView } from '../headers.ts';
import { bareWord } from '../quote.ts';

import { namesHashView, tablesView } from './tables.ts';

import type { Gathered } from '../gather.ts';
import type { HeadersOfAll, HeadersView } from '../headers.ts';
import type { HttpParts, Tools, UpstreamEnds } from '../parts.ts';
import type { Quoted } from '../quote.ts';
import type { Routing } from '../../routing/model.ts';
import type { Syntax } from '../version.ts';
import type { NamesHashView, TablesView } from './tables.ts';

/** What templates/nginx.conf shows outside of servers and upstreams. */
export type HttpView = Readonly<{
  namesHash: NamesHashView;
  tables: TablesView;
  logs: readonly Quoted[];
  identity: readonly Quoted[];
  clients: readonly Quoted[];
  responses: readonly Quoted[];
  tls: readonly Quoted[];
  headersOfAll: readonly Quoted[];
  requests: readonly Quoted[];
  proxy: readonly Quoted[];
  closesConnections: boolean;
  resolvers: readonly Quoted[];
  resolvesIpv4Only: boolean;
  hasHttp2: boolean;
  syntax: Syntax;
  headers: HeadersView;
  speaksGrpc: boolean;
  speaksFastcgi: boolean;
  /** Whether any backend speaks TLS. */
  speaksTls: boolean;
  declared: readonly Quoted[];
  others: readonly Quoted[];
}>;

/** The largest body in bytes, 0 for no limit; without a word of anybody that of nginx itself. */
export function bodyLimitOfAll(parts: readonly HttpParts[]): number {
  return parts.find(({ bodyLimit }) => bodyLimit !== undefined)?.bodyLimit ?? 1_048_576;
}

/** What all servers begin with. */
export function linesOfServers(parts: readonly HttpParts[]): readonly Quoted[] {
  return parts.flatMap(({ servers }) => servers ?? []);
}

/** What stands in all servers behind what their own policies say. */
export function linesBehindServers(parts: readonly HttpParts[]): readonly Quoted[] {
  return parts.flatMap(({ behindServers }) => behindServers ?? []);
}

/** What becomes of connections to backends; without a word of anybody what nginx does. */
export function endsOfUpstreams(parts: readonly HttpParts[]): UpstreamEnds {
  const nothing = { keeping: undefined, closing: undefined, closesAll: false };
  return parts.find(({ upstreams }) => upstreams !== undefined)?.upstreams ?? nothing;
}

/** The headers of all requests and responses. */
export function headersOfAll(parts: readonly HttpParts[]): HeadersOfAll {
  return {
    request: parts.flatMap(({ requestHeaders }) => requestHeaders ?? []),
    response: parts.flatMap(({ responseHeaders }) => responseHeaders ?? []),
    hidden: parts.flatMap(part => part.hidden ?? []),
  };
}

/** The text of a declaration, which holds for gRPC, too, where a backend speaks it. */
export function declaredText(
  { template, view }: Gathered['texts'][number],
  { setsAuthorization }: Gathered,
  { facts, text }: Pick<Tools, 'facts' | 'text'>,
): Quoted {
  return text(template, { ...view, speaksGrpc: facts.speaksGrpc, isOfSystem: facts.isOfSystem, setsAuthorization });
}

/** @param gathered what all servers and upstreams want */
export function httpView(
  { resolvers, resolvesIpv4Only, servers, upstreams }: Routing,
  parts: readonly HttpParts[],
  gathered: Gathered,
  { facts, text }: Pick<Tools, 'facts' | 'text'>,
): HttpView {
  const { syntax, speaksGrpc, speaksFastcgi } = facts;
  const least = parts.find(({ tables }) => tables !== undefined)?.tables;
  const headers = headersView(gathered.sets, headersOfAll(parts), facts);
  return {
    namesHash: namesHashView(servers, least),
    tables: tablesView(gathered, headers, least),
    logs: parts.flatMap(({ logs }) => logs ?? []),
    identity: parts.flatMap(({ identity }) => identity ?? []),
    clients: parts.flatMap(({ clients }) => clients ?? []),
    responses: parts.flatMap(({ responses }) => responses ?? []),
    tls: parts.flatMap(({ tls }) => tls ?? []),
    headersOfAll: parts.flatMap(part => part.headers ?? []),
    requests: parts.flatMap(({ requests }) => requests ?? []),
    proxy: parts.flatMap(({ proxy }) => proxy ?? []),
    closesConnections: endsOfUpstreams(parts).closesAll,
    resolvers: resolvers.map(bareWord),
    resolvesIpv4Only: resolvesIpv4Only === true,
    hasHttp2: syntax.http2Directive && facts.http.http2?.asks.isOffered !== false,
    syntax,
    headers,
    speaksGrpc,
    speaksFastcgi,
    speaksTls: upstreams.some(
      ({ protocol }) => protocol !== undefined && protocol !== 'grpc' && protocol !== 'fastcgi',
    ),
    declared: gathered.texts.map(declaration => declaredText(declaration, gathered, { facts, text })),
    others: parts.flatMap(({ others }) => others ?? []),
  };
}
