import { upstreamLines } from '../made-parts.ts';
import { bareWord, inLine } from '../quote.ts';
import { passBy } from '../ways.ts';

import type { Declared, UpstreamContext } from '../made-parts.ts';
import type { Quoted } from '../quote.ts';
import type { Way } from '../ways.ts';
import type { Peer, Peers, Routing, Upstream } from '../../routing/model.ts';
import type { Syntax } from '../version.ts';

/** What templates/upstream.conf shows. */
export type UpstreamView = Readonly<{
  name: Quoted;
  /** The only address, where the upstream fits in a line. */
  alone: Quoted | undefined;
  /** What policies say; it must stand before what keeps connections. */
  lines: Quoted | undefined;
  addresses: readonly Quoted[];
  /** nginx looks the name up again and again, which needs memory that the workers share. */
  isResolving: boolean;
  /** nginx itself never gives up the only one that there is. */
  mayFail: boolean;
  /** What becomes of its connections. */
  end: Quoted | undefined;
}>;

/** What an upstream comes to; `view` is undefined where nothing is declared. */
export interface UpstreamBlock extends Declared {
  readonly way: Way;
  readonly view: UpstreamView | undefined;
}

/** Whether nginx can look names up again and again for a whole upstream. */
export function canResolve({ resolvers }: Pick<Routing, 'resolvers'>, syntax: Syntax): boolean {
  return syntax.resolvingUpstreams && resolvers.length > 0;
}

const NONE: readonly never[] = [];
const NO_LINES = { lines: undefined, declared: NONE };

/** What upstreams are rendered with. */
export interface UpstreamBlockContext extends UpstreamContext {
  /** What becomes of connections that are kept, and of others. */
  readonly keeping: UpstreamEnd | undefined;
  readonly closing: UpstreamEnd | undefined;
}

export interface UpstreamEnd {
  readonly lines: Quoted;
  /** The same in one line, if that is short. */
  readonly line: Quoted | undefined;
}

export function upstreamEnd(lines: Quoted | undefined): UpstreamEnd | undefined {
  return lines && { lines, line: inLine(lines) };
}

export function upstreamBlock(upstream: Upstream, mayResolve: boolean, context: UpstreamBlockContext): UpstreamBlock {
  const { name: text, peers, policies } = upstream;
  const isLate = peers.kind === 'name-at-request';
  const addresses = peersOf(peers);
  const [address] = addresses;
  const isAsked = Object.keys(policies).length > 0;
  const upstreams = isAsked ? [upstream] : NONE;
  const pass = passBy(upstream);
  if (isLate && !mayResolve && address !== undefined) {
    return { way: { kind: 'late', to: address, pass, upstreams }, view: undefined, declared: NONE };
  }
  const name = bareWord(text);
  const { lines, declared } = isAsked ? upstreamLines(upstream, context) : NO_LINES;
  const end = closes(upstream) ? context.closing : context.keeping;
  const isAlone = !isLate && addresses.length === 1;
  const alone = isAlone && lines === undefined && (end === undefined || end.line !== undefined) ? address : undefined;
  const ending = alone === undefined ? end?.lines : end?.line;
  const view = { name, alone, lines, addresses, isResolving: isLate, mayFail: !isAlone, end: ending };
  return { way: { kind: 'declared', to: name, pass, upstreams }, view, declared };
}

/**
 * Whether its connections are for one request, as they differ: one speaks TLS and another does not, or the name in their certificates is that of a
 * request. nginx would take any of them for any request. FastCGI servers close theirs, as nothing asks them to keep it.
 */
function closes({ protocol, policies }: Upstream): boolean {
  return protocol === 'client' || protocol === 'fastcgi' || policies.backendTls?.asks.name?.includes('$') === true;
}

/** The addresses, or the name, with their ports. */
export function peersOf(peers: Peers): readonly Quoted[] {
  return peers.kind === 'addresses' ? peers.addresses.map(peerAddress) : [bareWord(`${peers.host}:${peers.port}`)];
}

/** `10.0.0.1:80` or `[fd00::1]:80`. */
function peerAddress({ address, port }: Peer): Quoted {
  return bareWord(address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`);
}
