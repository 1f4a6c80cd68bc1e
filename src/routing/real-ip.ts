import type { Forwarded } from './policies/forwarded.ts';
import type { Routing } from './model.ts';
import { addressBytes, isWithin } from './networks.ts';

type Facts = Pick<Routing, 'http' | 'listeners'>;
type Listening = Pick<Facts, 'listeners'>;

export const ALL_OF_IPV4 = '0.0.0.0/0';
export const ALL_OF_IPV6 = '::/0';

/** The word of nginx for whom a PROXY protocol names. */
const PROXY_PROTOCOL = 'proxy_protocol';

/**
 * Where the address of the client is read. With a PROXY protocol and headers, the controller reads one after the other,
 * which stock nginx cannot: it reads the headers if whoever the PROXY protocol names is trusted in any case, else that one.
 */
export function realIpHeader(asks: Forwarded, facts: Listening): string {
  const { forHeader, trusted } = asks;
  if (!isProxied(facts)) return forHeader;
  return isReadInHeader(asks, facts) && trusted?.includes(ALL_OF_IPV4) === true ? forHeader : PROXY_PROTOCOL;
}

/** Whether the controller looks for the client in a header, be it only in that of whom a PROXY protocol names. */
function isReadInHeader({ isBelieved, trusted }: Forwarded, facts: Listening): boolean {
  return isBelieved || (!takesProxyProtocol(facts) && trusted !== undefined);
}

/** Whether a PROXY protocol names clients of TLS: one of theirs, or ours where TLS connections are told apart. */
function isProxied(facts: Listening): boolean {
  return takesProxyProtocol(facts) || facts.listeners.passing !== undefined;
}

/** The trusted proxies whose own addresses nginx takes for those of the clients behind them. */
export function unseenBehind(facts: Facts): readonly string[] {
  const asks = facts.http.forwarded?.asks;
  if (asks === undefined || !isProxied(facts)) return [];
  return isReadInHeader(asks, facts) && realIpHeader(asks, facts) === PROXY_PROTOCOL ? (asks.trusted ?? []) : [];
}

export function takesProxyProtocol({ listeners }: Listening): boolean {
  return listeners.takesProxyProtocol === true;
}

/**
 * Whom nginx takes for the client.
 *
 * @param connected who connects, or whom a PROXY protocol names
 * @param headerOf the value of a header of the request
 */
export function realIp(connected: string, facts: Facts, headerOf: (name: string) => string | undefined): string {
  const asks = facts.http.forwarded?.asks;
  const trusted = asks?.trusted;
  if (asks === undefined || trusted === undefined) return connected;
  const header = realIpHeader(asks, facts);
  if (header === PROXY_PROTOCOL) return connected;
  return lastUntrusted(connected, headerOf(header) ?? '', trusted);
}

/** From the end of a list, the first address that is not trusted itself. Source: nginx, ngx_http_get_forwarded_addr. */
function lastUntrusted(connected: string, list: string, trusted: readonly string[]): string {
  let client = connected;
  for (const word of list.split(',').toReversed()) {
    if (!trusted.some(network => isWithin(client, network))) return client;
    const address = withoutPort(word.trim());
    if (addressBytes(address) === undefined) return client;
    client = address;
  }
  return client;
}

function withoutPort(word: string): string {
  return /^\[(?<ipv6>[^\]]*)\](?::\d+)?$/.exec(word)?.groups?.['ipv6'] ?? word.replace(/^([\d.]+):\d+$/, '$1');
}
