import { wayTo } from './ways.ts';

import type { Ways } from './ways.ts';
import { objectText } from '../diagnostics/place.ts';
import type { Peers, Routing, Upstream } from '../routing/model.ts';

/**
 * Who stands for an upstream: an earlier one of the same Service that leads to the same endpoints, as its port may be
 * named and numbered. nginx searches all of its upstreams at each proxy_pass, so that each one less counts twice. What
 * somebody asks for belongs to one name of a port: such an upstream stands for itself alone.
 */
export function openStandIns(): (upstream: Upstream) => Upstream {
  const known = new Map<string, Upstream[]>();
  return upstream => {
    const [service] = upstream.from;
    if (service === undefined || Object.keys(upstream.policies).length > 0) return upstream;
    const key = objectText(service.resource);
    const others = known.get(key);
    const same = others?.find(each => each.protocol === upstream.protocol && isSame(each.peers, upstream.peers));
    if (others === undefined) known.set(key, [upstream]);
    else if (same === undefined) others.push(upstream);
    return same ?? upstream;
  };
}

function isSame(one: Peers, other: Peers): boolean {
  if (one.kind !== 'addresses' || other.kind !== 'addresses') return false;
  const { addresses } = other;
  return (
    one.addresses.length === addresses.length &&
    one.addresses.every(({ address, port }, index) => {
      const peer = addresses[index];
      return peer?.address === address && peer.port === port;
    })
  );
}

/** So many are found in no time, and stay in the order of their names. */
const FEW = 1_000;
/** More than all that is read once. */
const AT_EACH_REQUEST = 1e9;

/**
 * The upstreams that nginx.conf declares, in their order. nginx looks at one after the other: for each proxy_pass when it
 * reads the file, so that of many those come first that most locations lead to, and for each request that a split leads
 * on, so that its upstreams come before all others.
 */
export function writtenUpstreams({ upstreams, servers, splits }: Routing, ways: Ways): readonly Upstream[] {
  const written = upstreams.filter(upstream => {
    const { kind, to } = wayTo(upstream, ways);
    return kind === 'declared' && to === upstream.name;
  });
  if (written.length <= FEW) return written;
  const uses = new Map<string, number>();
  const use = (destination: { readonly name: string }, times: number): void => {
    const { to } = wayTo(destination, ways);
    uses.set(to, (uses.get(to) ?? 0) + times);
  };
  for (const { locations } of servers) {
    for (const { target } of locations) if (target.kind === 'proxy') use(target.to, 1);
  }
  for (const { rules, shares } of splits)
    for (const { to } of [...rules, ...shares]) use({ name: to }, AT_EACH_REQUEST);
  return written.toSorted((a, b) => (uses.get(b.name) ?? 0) - (uses.get(a.name) ?? 0));
}
