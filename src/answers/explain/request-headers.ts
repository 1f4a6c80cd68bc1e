import type { Routing } from '../../routing/model.ts';
import { realIp } from '../../routing/real-ip.ts';
import type { AskedRequest, SentHeader } from './model.ts';

type Asked = Pick<AskedRequest, 'headers'>;
type Facts = Pick<Routing, 'http' | 'listeners'>;

/** Whether nginx takes notice of a header of this name, and passes it on. Source: nginx, ngx_http_parse_header_line. */
function isReceived(name: string, { http }: Pick<Routing, 'http'>): boolean {
  const { allowsUnderscores = false, dropsInvalid = true } = http.headerNames?.asks ?? {};
  if (!dropsInvalid) return true;
  return (allowsUnderscores ? /^[\w-]+$/ : /^[A-Za-z0-9-]+$/).test(name);
}

/** The headers of a request that nginx drops because of their names. */
export function droppedHeaders({ headers }: Asked, routing: Pick<Routing, 'http'>): readonly SentHeader[] {
  return headers.filter(({ name }) => !isReceived(name, routing));
}

/**
 * The value of a header as a variable of nginx has it; undefined if the client sends none. Several of one name are one,
 * as newer versions of nginx have them.
 *
 * @param name in any case; `_` stands for `-`, too
 */
export function headerOf(name: string, { headers }: Asked, routing: Pick<Routing, 'http'>): string | undefined {
  const wanted = plain(name);
  const found = headers.filter(each => plain(each.name) === wanted && isReceived(each.name, routing));
  if (found.length === 0) return undefined;
  return found.map(({ value }) => value).join(wanted === 'cookie' ? '; ' : ', ');
}

const plain = (name: string): string => name.toLowerCase().replaceAll('-', '_');

/** Whom nginx takes for the client; undefined where nobody said who asks. */
export function clientOf(request: AskedRequest, routing: Facts): string | undefined {
  const { clientIp } = request;
  return clientIp === undefined ? undefined : realIp(clientIp, routing, name => headerOf(name, request, routing));
}

/** Whether the X-Forwarded headers of requests say how a client asked. */
export function isBelieved({ http }: Pick<Routing, 'http'>): boolean {
  return http.forwarded?.asks.isBelieved === true;
}

/** How the client asked: by which scheme, for which host, perhaps with a port. */
export interface AsAsked {
  readonly scheme: string;
  readonly host: string;
}

/**
 * What redirects and backends are told of how the client asked: the X-Forwarded headers, where they are believed, else
 * the connection. With a PROXY protocol it is the port of the proxy, which is taken to fit the URL.
 */
export function asAsked(request: AskedRequest, routing: Facts): AsAsked {
  if (!isBelieved(routing)) return { scheme: request.scheme, host: request.host };
  const sent = (name: string): string => headerOf(name, request, routing) ?? '';
  const isTlsPort = routing.listeners.takesProxyProtocol === true && request.scheme === 'https';
  const [, first] = /^\s*([^,\s]+)/.exec(sent('X-Forwarded-Host')) ?? [];
  return {
    scheme: isTlsPort ? 'https' : sent('X-Forwarded-Proto') || request.scheme,
    host: first ?? request.host,
  };
}
