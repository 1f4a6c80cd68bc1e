import { readHost } from '../../routing/host-name.ts';
import type { Routing } from '../../routing/model.ts';
import type { TlsRedirect } from '../../routing/policies/tls-redirect.ts';
import type { AtServer } from './explainer.ts';
import type { AskedRequest } from './model.ts';
import { asAsked, headerOf, isBelieved } from './request-headers.ts';

type Asked = Pick<AtServer, 'request' | 'routing'>;

/** The URI without the slash at its very end, as the controller redirects. */
function withoutSlash(target: string): string {
  return /^\S*\/$/.test(target) ? target.slice(0, -1) : target;
}

/** The same URL over HTTPS. See templates/policies/tls-redirect.http.conf. */
export function httpsUrl({ keepsSlash, namesPort }: TlsRedirect, { request, routing }: Asked): string {
  const { host } = asAsked(request, routing);
  const { httpPort, httpsPort } = routing.listeners;
  const isNamed = host.endsWith(`:${httpPort}`);
  const port = namesPort === true || (httpsPort !== 443 && isNamed) ? `:${httpsPort}` : '';
  const uri = keepsSlash === true ? request.target : withoutSlash(request.target);
  return `https://${hostName(host)}${port}${uri}`;
}

function hostName(host: string): string {
  return /^(\S+?):\d*$/.exec(host)?.[1] ?? host;
}

/** The same URL of another host. See templates/elsewhere.http.conf. */
export function hostUrl(to: string, { request, routing }: Asked): string {
  const scheme = isBelieved(routing) ? asAsked(request, routing).scheme : request.scheme;
  return `${scheme}://${to}${namedPort(request, routing)}${withoutSlash(request.target)}`;
}

/** The port that the client named, with its colon. */
function namedPort(request: AskedRequest, routing: Pick<Routing, 'http'>): string {
  const said = isBelieved(routing) ? (headerOf('X-Forwarded-Port', request, routing) ?? '') : '';
  if (/^\d{1,5}$/.test(said)) return `:${said}`;
  return /:\d+$/.exec(request.host)?.[0] ?? '';
}

/**
 * The Location of a redirect that somebody wrote: nginx puts its scheme and host before a path, unless it is told not to,
 * and the port where it is told so.
 *
 * @param redirects what the location asks for
 */
export function locationHeader(
  url: string,
  { request, routing }: Asked,
  redirects: { readonly isRelative?: true; readonly namesPort?: true } | undefined,
): string {
  // No location can turn off what holds for all hosts.
  const isRelative = routing.http.redirects !== undefined || redirects?.isRelative === true;
  if (!url.startsWith('/') || isRelative) return url;
  const isTls = request.scheme === 'https';
  const port = isTls ? routing.listeners.httpsPort : routing.listeners.httpPort;
  const isUsual = port === (isTls ? 443 : 80);
  const shown = redirects?.namesPort === true && !isUsual ? `:${port}` : '';
  return `${request.scheme}://${readHost(request.host) ?? request.host}${shown}${url}`;
}
