import { udpResponses } from '../policies/streams.ts';
import { bareWord, commentText, indented } from '../quote.ts';
import { plainLines } from '../snippet-program.ts';

import { listenOn } from './listen.ts';
import { passingView } from './passthrough.ts';
import { peersOf } from './upstream.ts';

import { objectText } from '../../diagnostics/place.ts';
import type { MainParts } from '../parts.ts';
import type { PassingView } from './passthrough.ts';
import type { Quoted } from '../quote.ts';
import type { Listeners, Peers, Routing, Stream, StreamSnippet } from '../../routing/model.ts';

/** What templates/stream.conf shows. */
export type StreamsView = Readonly<{
  begin: readonly Quoted[];
  resolvers: readonly Quoted[];
  resolvesIpv4Only: boolean;
  /** Who may say in a PROXY protocol header who connects. */
  trusted: readonly Quoted[];
  /** How many datagrams a client of UDP gets for one of its own. */
  responses: number;
  servers: readonly StreamView[];
  passing: PassingView | undefined;
  /** What somebody wrote. */
  snippets: readonly Quoted[];
}>;

export type StreamView = Readonly<{
  comment: Quoted;
  /** Where connections go: to an upstream, or to an address that is looked up for each of them. */
  upstream: Quoted | undefined;
  lateAddress: Quoted | undefined;
  /** Of the upstream, unless an earlier server has declared it. */
  addresses: readonly Quoted[] | undefined;
  listeners: readonly Quoted[];
  isUdp: boolean;
  acceptsProxyProtocol: boolean;
  sendsProxyProtocol: boolean;
}>;

/** Whether nginx needs its stream module. */
export function needsStreams({
  streams,
  passthroughs,
  streamSnippets = [],
}: Pick<Routing, 'streams' | 'passthroughs' | 'streamSnippets'>): boolean {
  return streams.length + passthroughs.length + streamSnippets.length > 0;
}

/** Undefined where there are none: nginx may lack the module. */
export function streamsView(routing: Routing, parts: readonly MainParts[]): StreamsView | undefined {
  const { streams, passthroughs, resolvers, listeners } = routing;
  if (!needsStreams(routing)) return undefined;
  const declared = new Map<Peers, Quoted>();
  const passed = passthroughs.flatMap(({ to }) => to ?? []);
  const hasNames = [...streams, ...passed].some(({ peers }) => peers.kind === 'name-at-request');
  return {
    begin: parts.flatMap(part => part.streams ?? []),
    trusted: trustedBySender(routing).map(bareWord),
    responses: udpResponses(routing.main),
    resolvesIpv4Only: routing.resolvesIpv4Only === true,
    resolvers: hasNames ? resolvers.map(bareWord) : [],
    servers: streams.map(stream => streamView(stream, listeners, declared)),
    passing: passingView(routing),
    snippets: (routing.streamSnippets ?? []).flatMap(each => snippetLines(each) ?? []),
  };
}

/**
 * Everybody, unless options name proxies: an entry that takes the PROXY protocol is for a proxy. The controller believes it
 * only with enable-real-ip; without, it tells backends the address of the proxy.
 */
function trustedBySender({ http }: Routing): readonly string[] {
  const asks = http.forwarded?.asks;
  if (asks?.isClosed === true) return [];
  return asks?.trusted ?? ['0.0.0.0/0', '::/0'];
}

/** Undefined for nothing. */
export function snippetLines({ statements }: StreamSnippet): Quoted | undefined {
  return indented(statements.flatMap(plainLines), 'http');
}

/** The name of the upstream of a stream, if it is the first one that leads there. */
export function streamUpstream({ protocol, port }: Pick<Stream, 'protocol' | 'port'>): string {
  return `${protocol.toLowerCase()}-${port}`;
}

/** Streams that lead to the same port of a Service share an upstream: it may have thousands of endpoints. */
function streamView(stream: Stream, { addresses }: Listeners, declared: Map<Peers, Quoted>): StreamView {
  const { protocol, port, peers, acceptsProxyProtocol, sendsProxyProtocol, from } = stream;
  const isLate = peers.kind === 'name-at-request';
  const known = declared.get(peers);
  const upstream = isLate ? undefined : (known ?? bareWord(streamUpstream(stream)));
  if (upstream !== undefined) declared.set(peers, upstream);
  return {
    comment: commentText(objectText(from.resource)),
    upstream,
    lateAddress: isLate ? peersOf(peers)[0] : undefined,
    addresses: isLate || known !== undefined ? undefined : peersOf(peers),
    listeners: listenOn(addresses, port),
    isUdp: protocol === 'UDP',
    acceptsProxyProtocol,
    sendsProxyProtocol,
  };
}
