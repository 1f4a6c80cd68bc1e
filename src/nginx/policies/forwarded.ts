import { bareWord, variable } from '../quote.ts';

import type { Header } from '../headers.ts';
import type { HttpRenderer, RenderFacts } from '../parts.ts';
import type { Quoted } from '../quote.ts';
import type { View } from '../view.ts';
import type { Forwarded } from '../../routing/policies/forwarded.ts';

type Facts = Pick<RenderFacts, 'http' | 'listeners'>;

const ALL_OF_IPV4 = '0.0.0.0/0';

/**
 * Where the address of the client is read. With a PROXY protocol and headers, the controller reads one after the other,
 * which stock nginx cannot: it reads the headers if whoever the PROXY protocol names is trusted in any case, else that one.
 */
function realIpHeader({ isBelieved, forHeader, trusted }: Forwarded, { listeners }: Facts): string {
  if (listeners.takesProxyProtocol !== true) return forHeader;
  return isBelieved && trusted?.includes(ALL_OF_IPV4) === true ? forHeader : 'proxy_protocol';
}

/** The trusted proxies whose own addresses nginx takes for those of the clients behind them. */
export function unseenBehind(facts: Facts): readonly string[] {
  const asks = facts.http.forwarded?.asks;
  if (asks?.isBelieved !== true || listensAlone(facts)) return [];
  return realIpHeader(asks, facts) === 'proxy_protocol' ? (asks.trusted ?? []) : [];
}

const listensAlone = ({ listeners }: Facts): boolean => listeners.takesProxyProtocol !== true;

export const renderForwarded: HttpRenderer<'forwarded'> = (asks, { declare, text, facts }) => {
  const { isBelieved, isContinued, forHeader, trusted = [], isClosed } = asks;
  const isProxied = !listensAlone(facts);
  if (isBelieved || isProxied) declare.once('policies/forwarded.asked.http.conf', askedView(asks, facts));
  if (isContinued) {
    const peer = variable(isProxied ? 'proxy_protocol_addr' : 'realip_remote_addr');
    declare.once('policies/forwarded.continued.http.conf', { peer });
  }
  const networks = trusted.map(bareWord);
  if (isBelieved && isProxied) {
    declare.once('policies/forwarded.both.http.conf', { networks, forHeader: requestHeader(forHeader) });
  }
  const header = bareWord(realIpHeader(asks, facts));
  return {
    ...(networks.length === 0 ? {} : { clients: text('policies/forwarded.http.conf', { header, networks }) }),
    ...(isClosed ? { servers: text('policies/blocked.server.conf', { found: [], isEverybody: true }) } : {}),
  };
};

/** Headers of the request go before the PROXY protocol, but for its port 443, which is HTTPS in any case. */
function askedView({ isBelieved }: Forwarded, facts: Facts): View {
  const isProxied = !listensAlone(facts);
  const headers = {
    scheme: variable(isProxied ? 'named_scheme' : 'pass_access_scheme'),
    otherPort: variable(isProxied ? 'connected_port' : 'forwarded_port'),
  };
  const protocol = {
    otherScheme: variable(isBelieved ? 'named_scheme' : 'scheme'),
    port: variable(isBelieved ? 'connected_port' : 'pass_port'),
    httpsPort: facts.listeners.httpsPort,
  };
  return { headers: isBelieved ? headers : undefined, protocol: isProxied ? protocol : undefined };
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
  if (asks?.isBelieved !== true || listensAlone(facts)) return [];
  return [{ name: asks.bothHeader, value: variable('forwarded_for_proxy_protocol') }];
}
