import { ALL_OF_IPV4, ALL_OF_IPV6, realIpHeader, takesProxyProtocol } from '../../routing/real-ip.ts';
import { bareWord, variable } from '../quote.ts';

import type { Header } from '../headers.ts';
import type { HttpRenderer, RenderFacts } from '../parts.ts';
import type { Quoted } from '../quote.ts';
import type { View } from '../view.ts';
import type { Forwarded } from '../../routing/policies/forwarded.ts';

type Facts = Pick<RenderFacts, 'http' | 'listeners'>;

/** Where TLS connections come from that were told apart. */
const OURSELVES = '127.0.0.1';

export const renderForwarded: HttpRenderer<'forwarded'> = (asks, { declare, text, facts }) => {
  const { isBelieved, isContinued, forHeader, trusted = [], isClosed } = asks;
  if (isBelieved || takesProxyProtocol(facts))
    declare.once('policies/forwarded.asked.http.conf', askedView(asks, facts));
  if (isContinued) {
    declare.once('policies/forwarded.continued.http.conf', peerView(facts));
  }
  if (isBelieved && takesProxyProtocol(facts)) {
    const networks = trusted.map(bareWord);
    // nginx takes `default` for these two, and warns where one is there as well.
    const others = [ALL_OF_IPV4, ALL_OF_IPV6].filter(network => !trusted.includes(network)).map(bareWord);
    declare.once('policies/forwarded.both.http.conf', { networks, others, forHeader: requestHeader(forHeader) });
  }
  const addsOurselves = facts.listeners.passing !== undefined && !trusted.includes(ALL_OF_IPV4);
  const networks = (addsOurselves ? [...trusted, OURSELVES] : trusted).map(bareWord);
  const header = bareWord(realIpHeader(asks, facts));
  return {
    ...(networks.length === 0 ? {} : { clients: text('policies/forwarded.http.conf', { header, networks }) }),
    ...(isClosed ? { servers: text('policies/blocked.server.conf', { found: [], isEverybody: true }) } : {}),
  };
};

/** Who connects, as `realip` has not changed it. */
function peerView({ listeners }: Facts): View {
  if (takesProxyProtocol({ listeners })) return { peer: variable('proxy_protocol_addr'), isEither: false };
  const isEither = listeners.passing !== undefined;
  return { peer: variable(isEither ? 'connected_addr' : 'realip_remote_addr'), isEither };
}

/** Headers of the request go before the PROXY protocol, but for its port 443, which is HTTPS in any case. */
function askedView({ isBelieved }: Forwarded, facts: Facts): View {
  const headers = {
    scheme: variable(takesProxyProtocol(facts) ? 'named_scheme' : 'pass_access_scheme'),
    otherPort: variable(takesProxyProtocol(facts) ? 'connected_port' : 'forwarded_port'),
  };
  const protocol = {
    otherScheme: variable(isBelieved ? 'named_scheme' : 'scheme'),
    port: variable(isBelieved ? 'connected_port' : 'pass_port'),
    httpsPort: facts.listeners.httpsPort,
  };
  return { headers: isBelieved ? headers : undefined, protocol: takesProxyProtocol(facts) ? protocol : undefined };
}

/** The value of a header of the request. */
function requestHeader(name: string): Quoted {
  return variable(`http_${name.toLowerCase().replaceAll('-', '_')}`);
}

/** The headers that tell backends about the client, by their names. */
export function forwardedHeaders(facts: Facts): ReadonlyMap<string, Quoted> {
  const asks = facts.http.forwarded?.asks;
  if (asks === undefined) return new Map();
  const { isContinued, forHeader, hostHeader } = asks;
  return new Map([
    ...(isContinued ? [['X-Forwarded-For', variable('full_x_forwarded_for')] as const] : []),
    ['X-Original-Forwarded-For', requestHeader(forHeader)],
    ['X-Original-Forwarded-Host', requestHeader(hostHeader)],
  ]);
}

/** What backends get besides. */
export function furtherHeaders(facts: Facts): readonly Header[] {
  const asks = facts.http.forwarded?.asks;
  if (asks?.isBelieved !== true || !takesProxyProtocol(facts)) return [];
  return [{ name: asks.bothHeader, value: variable('forwarded_for_proxy_protocol') }];
}
