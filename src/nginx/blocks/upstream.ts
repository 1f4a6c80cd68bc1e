import { bareWord } from '../quote.ts';

import type { Quoted } from '../quote.ts';
import type { HttpSettings, Peer, Upstream } from '../../routing/model.ts';
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

/** `blocks` holds those that are written, `names` all. */
export function upstreamViews(
  upstreams: readonly Upstream[],
  { resolvers }: HttpSettings,
  syntax: Syntax,
): { readonly blocks: readonly UpstreamView[]; readonly names: UpstreamNames } {
  const canResolve = syntax.resolvingUpstreams && resolvers.length > 0;
  const blocks: UpstreamView[] = [];
  const names = new Map<string, UpstreamName>();
  for (const { name: text, peers } of upstreams) {
    const isLate = peers.kind === 'name-at-request';
    if (isLate && !canResolve) {
      names.set(text, { kind: 'late', address: bareWord(`${peers.host}:${peers.port}`) });
      continue;
    }
    const name = bareWord(text);
    const addresses =
      peers.kind === 'addresses' ? peers.addresses.map(peerAddress) : [bareWord(`${peers.host}:${peers.port}`)];
    blocks.push({ name, addresses, isResolving: isLate });
    names.set(text, { kind: 'declared', name });
  }
  return { blocks, names };
}

/** `10.0.0.1:80` or `[fd00::1]:80`. */
export function peerAddress({ address, port }: Peer): Quoted {
  return bareWord(address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`);
}
