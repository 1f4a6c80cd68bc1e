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
  needsBackendAuthorization: boolean;
  needsLiteralDollar: boolean;
}>;

/** Sizes of nginx's table of server names; `maxSize` only where the default would give a warning. */
export type NamesHashView = Readonly<{ bucketSize: number; maxSize: number | undefined }>;

/** Bytes of a bucket, and the longest name that fits into one that holds nothing else. */
const BUCKETS = [
  { size: 64, longest: 46 },
  { size: 128, longest: 110 },
  { size: 256, longest: 238 },
] as const;
const LARGEST_BUCKET = 320;
const MANY_NAMES = 300;

/** Call it last: `needs` must hold what the locations want. */
export function httpView({ settings, servers, listeners }: Routing, syntax: Syntax, needs: HttpNeeds): HttpView {
  const hsts = settings.hsts === undefined ? undefined : quoteLiteral(settings.hsts, needs);
  return {
    namesHash: namesHashView(servers),
    hsts,
    tlsProtocols: settings.tlsProtocols.map(bareWord),
    tlsCiphers: quote(settings.tlsCiphers),
    resolvers: settings.resolvers.map(bareWord),
    syntax,
    redirectPorts: redirectPortsView(listeners),
    needsHttpsUrl: needs.has('httpsUrl'),
    needsBackendAuthorization: needs.has('backendAuthorization'),
    needsLiteralDollar: needs.has('literalDollar'),
  };
}

/** nginx refuses to start when a name does not fit; what fits was measured. Regular expressions are not in the table. */
function namesHashView(servers: readonly Server[]): NamesHashView {
  let longest = 0;
  let count = 0;
  for (const { host } of servers) {
    if (host.startsWith('*.')) continue;
    longest = Math.max(longest, host.length);
    count += 1;
  }
  const needed = BUCKETS.find(bucket => longest <= bucket.longest)?.size ?? LARGEST_BUCKET;
  if (count <= MANY_NAMES) return { bucketSize: needed, maxSize: undefined };
  return { bucketSize: Math.max(needed, 128), maxSize: 2 ** Math.ceil(Math.log2(count)) };
}
