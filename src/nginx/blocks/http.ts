import { redirectPortsView } from '../policies/tls-redirect.ts';
import { bareWord, quote, quoteLiteral } from '../quote.ts';

import type { RedirectPortsView } from '../policies/tls-redirect.ts';
import type { HttpNeeds, Quoted } from '../quote.ts';
import type { Routing, Server } from '../../routing/model.ts';
import type { Syntax } from '../version.ts';

/** What templates/nginx.conf shows outside of servers and upstreams. */
export type HttpView = Readonly<{
  namesHash: NamesHashView;
  hsts: Quoted | undefined;
  tlsProtocols: readonly Quoted[];
  tlsCiphers: Quoted;
  resolvers: readonly Quoted[];
  syntax: Syntax;
  redirectPorts: RedirectPortsView | undefined;
  needsHttpsUrl: boolean;
  needsServerRedirect: boolean;
  needsUriInALine: boolean;
  needsBackendAuthorization: boolean;
  needsLiteralDollar: boolean;
}>;

/** Sizes of nginx's table of server names; `maxSize` only where the default would give a warning. */
export type NamesHashView = Readonly<{ bucketSize: number; maxSize: number | undefined }>;

/** A bucket holds so many of the longest name: enough that none of a table of as many buckets as names is ever full. */
const NAMES_IN_BUCKET = 8;
/** Bytes; enough for names of 46 letters. The same for most inputs, so that a host more changes nothing else. */
const USUAL_BUCKET = 512;
/** nginx has as many buckets without being told. */
const USUAL_BUCKETS = 512;
/** What a bucket is rounded up to. */
const CACHE_LINE = 64;
const POINTER = 8;

/** Call it last: `needs` must hold what the locations want. */
export function httpView({ http, resolvers, servers, listeners }: Routing, syntax: Syntax, needs: HttpNeeds): HttpView {
  const { hsts, tls } = http;
  if (tls === undefined) throw new Error('the routing does not say which TLS to speak');
  return {
    namesHash: namesHashView(servers),
    hsts: hsts && quoteLiteral(hsts.asks.value, needs),
    tlsProtocols: tls.asks.protocols.map(bareWord),
    tlsCiphers: quote(tls.asks.ciphers),
    resolvers: resolvers.map(bareWord),
    syntax,
    redirectPorts: redirectPortsView(listeners),
    needsHttpsUrl: needs.has('httpsUrl'),
    needsServerRedirect: needs.has('serverRedirect'),
    needsUriInALine: needs.has('uriInALine'),
    needsBackendAuthorization: needs.has('backendAuthorization'),
    needsLiteralDollar: needs.has('literalDollar'),
  };
}

/**
 * nginx refuses to start when a name does not fit, and warns when too many share a bucket. The sizes are limits: what
 * it takes is less. Regular expressions are not in the table. Source: ngx_hash_init in nginx's src/core/ngx_hash.c.
 */
function namesHashView(servers: readonly Server[]): NamesHashView {
  let longest = 0;
  let count = 0;
  for (const { host } of servers) {
    if (host.includes('*')) continue;
    longest = Math.max(longest, host.length);
    count += 1;
  }
  const element = POINTER + roundUp(longest + 2, POINTER);
  const bucketSize = Math.max(USUAL_BUCKET, roundUp(NAMES_IN_BUCKET * element + POINTER, CACHE_LINE));
  return { bucketSize, maxSize: count > USUAL_BUCKETS ? 2 ** Math.ceil(Math.log2(count)) : undefined };
}

function roundUp(size: number, unit: number): number {
  return Math.ceil(size / unit) * unit;
}
