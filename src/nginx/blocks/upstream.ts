import { bareWord } from '../quote.ts';

import type { Quoted } from '../quote.ts';
import type { Peer, Peers, Routing, Upstream } from '../../routing/model.ts';
import type { Syntax } from '../version.ts';

/** What templates/upstream.conf shows. */
export type UpstreamView = Readonly<{
  name: Quoted;
  addresses: readonly Quoted[];
  /** nginx looks the name up again and again, which needs memory that the workers share. */
  isResolving: boolean;
}>;

/** How a location reaches an upstream: by the name of a block, or by an address that is looked up for each request. */
export type UpstreamName =
  | { readonly kind: 'declared'; readonly name: Quoted }
  | { readonly kind: 'late'; readonly address: Quoted };

export type UpstreamNames = ReadonlyMap<string, UpstreamName>;

/** What an upstream comes to; `view` is undefined where nothing is declared. */
export interface UpstreamBlock {
  readonly name: UpstreamName;
  readonly view: UpstreamView | undefined;
}

/** Whether nginx can look names up again and again for a whole upstream. */
export function canResolve({ resolvers }: Pick<Routing, 'resolvers'>, syntax: Syntax): boolean {
  return syntax.resolvingUpstreams && resolvers.length > 0;
}

export function upstreamBlock({ name: text, peers }: Upstream, mayResolve: boolean): UpstreamBlock {
  const isLate = peers.kind === 'name-at-request';
  const addresses = peersOf(peers);
  const [address] = addresses;
  if (isLate && !mayResolve && address !== undefined) return { name: { kind: 'late', address }, view: undefined };
  const name = bareWord(text);
  return { name: { kind: 'declared', name }, view: { name, addresses, isResolving: isLate } };
}

/** The addresses, or the name, with their ports. */
export function peersOf(peers: Peers): readonly Quoted[] {
  return peers.kind === 'addresses' ? peers.addresses.map(peerAddress) : [bareWord(`${peers.host}:${peers.port}`)];
}

/** `10.0.0.1:80` or `[fd00::1]:80`. */
function peerAddress({ address, port }: Peer): Quoted {
  return bareWord(address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`);
}
