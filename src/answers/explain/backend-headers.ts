import type { Forwarded } from '../../routing/policies/forwarded.ts';
import type { AtServer, OnTheWay } from './explainer.ts';
import type { SetHeader } from './model.ts';
import { asAsked, headerOf, isBelieved } from './request-headers.ts';
import { controllerValueOf, valueOfParts } from './variables.ts';

/** What every backend gets of the client, as templates/http.conf and src/nginx/headers.ts have it. */
function forwardedHeaders(at: AtServer): readonly SetHeader[] {
  const { request, routing, clientIp } = at;
  const { scheme, host } = asAsked(request, routing);
  const asks = routing.http.forwarded?.asks;
  const sent = (name: string): string => headerOf(name, request, routing) ?? '';
  return [
    { name: 'Host', value: host },
    ...connectionHeaders(at),
    { name: 'HTTP2-Settings', value: '' },
    { name: 'X-Request-ID', value: requestId(at) },
    { name: 'X-Real-IP', value: clientIp },
    { name: 'X-Forwarded-For', value: asks?.isContinued === true ? continued(at) : clientIp },
    { name: 'X-Forwarded-Host', value: host },
    { name: 'X-Forwarded-Port', value: controllerValueOf('pass_port', at) ?? forwardedPort(at) },
    { name: 'X-Forwarded-Proto', value: scheme },
    { name: 'X-Forwarded-Scheme', value: scheme },
    { name: 'X-Scheme', value: scheme },
    { name: 'X-Original-Forwarded-For', value: sent(asks?.forHeader ?? 'X-Forwarded-For') },
    { name: 'X-Original-Forwarded-Host', value: sent(asks?.hostHeader ?? 'X-Forwarded-Host') },
    { name: 'Proxy', value: '' },
    ...bothHeader(at, asks),
  ];
}

/** WebSockets alone: in other tunnels, requests would bypass the rules of their paths. */
function connectionHeaders({ request, routing }: AtServer): readonly SetHeader[] {
  const upgrade = headerOf('Upgrade', request, routing) ?? '';
  if (/^websocket$/i.test(upgrade)) {
    return [
      { name: 'Upgrade', value: upgrade },
      { name: 'Connection', value: 'upgrade' },
    ];
  }
  const isClosed = routing.http.backendConnections?.asks.kept === 0;
  return [
    { name: 'Upgrade', value: '' },
    { name: 'Connection', value: isClosed ? 'close' : '' },
  ];
}

/** That of the client, else one that nginx makes, if it is told to. */
function requestId({ request, routing }: AtServer): string | undefined {
  const sent = headerOf('X-Request-ID', request, routing) ?? '';
  return sent === '' && routing.http.requestHeaders?.asks.generatesId !== false ? undefined : sent;
}

/** The header as it came, with the address of the connection at its end. */
function continued({ request, routing }: AtServer): string | undefined {
  if (request.clientIp === undefined) return undefined;
  const sent = headerOf('X-Forwarded-For', request, routing) ?? '';
  return sent === '' ? request.clientIp : `${sent}, ${request.clientIp}`;
}

function forwardedPort({ request, routing }: AtServer): string | undefined {
  const said = isBelieved(routing) ? (headerOf('X-Forwarded-Port', request, routing) ?? '') : '';
  if (said !== '') return said;
  return routing.listeners.takesProxyProtocol === true ? undefined : request.scheme === 'https' ? '443' : '80';
}

/** What names the client where a PROXY protocol and headers do: nginx alone knows which it believes. */
function bothHeader({ routing }: AtServer, asks: Forwarded | undefined): readonly SetHeader[] {
  if (asks?.isBelieved !== true || routing.listeners.takesProxyProtocol !== true) return [];
  return [{ name: asks.bothHeader, value: undefined }];
}

/** What the options ask for besides. */
function headersOfAll(at: AtServer): readonly SetHeader[] {
  const asks = at.routing.http.requestHeaders?.asks;
  if (asks === undefined) return [];
  return [
    ...(asks.hasOriginalUri ? [{ name: 'X-Original-URI', value: at.request.target }] : []),
    ...asks.headers.map(({ name, value }) => ({ name, value: valueOfParts(value, at) })),
  ];
}

/**
 * All headers that a backend gets from the routing: of one name the last counts. One that is empty is named only where
 * the client has sent one, which is kept back.
 *
 * @param asked what policies of the server and the location ask for
 */
export function backendHeaders(at: OnTheWay, asked: readonly SetHeader[]): readonly SetHeader[] {
  const all = lastOfName([...forwardedHeaders(at), ...headersOfAll(at), ...asked]);
  const isSent = (name: string): boolean =>
    at.request.headers.some(sent => sent.name.toLowerCase() === name.toLowerCase());
  return all.filter(({ name, value }) => value !== '' || isSent(name));
}

/** The last of those that have one name, whatever its case; sorted by name. */
export function lastOfName(headers: readonly SetHeader[]): readonly SetHeader[] {
  const byName = new Map(headers.map(header => [header.name.toLowerCase(), header]));
  return [...byName].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, header]) => header);
}

/** Headers of responses: of one name the last counts, but for cookies, of which there may be several. */
export function sortedHeaders(headers: readonly SetHeader[]): readonly SetHeader[] {
  const isCookie = ({ name }: SetHeader): boolean => name.toLowerCase() === 'set-cookie';
  return [...lastOfName(headers.filter(header => !isCookie(header))), ...headers.filter(isCookie)].filter(
    ({ value }) => value !== '',
  );
}

/** What each backend gets of every client, whoever asks for it. */
const USUAL = new Set([
  'connection',
  'host',
  'http2-settings',
  'proxy',
  'upgrade',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
  'x-forwarded-scheme',
  'x-original-forwarded-for',
  'x-original-forwarded-host',
  'x-real-ip',
  'x-request-id',
  'x-scheme',
]);

/** Whether a header says to every backend what there is to know of the client. */
export function isUsualHeader(name: string): boolean {
  return USUAL.has(name.toLowerCase());
}
