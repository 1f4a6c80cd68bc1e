import { asAsked } from '../as-asked.ts';
import { takesEveryPath } from '../every-path.ts';
import { atMost } from '../number-pattern.ts';
import { bareWord, EMPTY, exactKey, patternKey, quote, variable } from '../quote.ts';

import type { LocationRenderer, RenderFacts, Tools } from '../parts.ts';
import type { Quoted } from '../quote.ts';
import type { View } from '../view.ts';
import type { Location } from '../../routing/model.ts';
import type { TlsRedirect } from '../../routing/policies/tls-redirect.ts';

export const renderTlsRedirect: LocationRenderer<'tlsRedirect'> = (asks, tools) => {
  const view = { code: asks.code, url: urlOf(asks, tools), scheme: asAsked(tools.facts).scheme };
  return { location: { https: tools.text('policies/tls-redirect.conf', view) } };
};

/** The same URL over HTTPS. */
function urlOf({ keepsSlash, namesPort }: TlsRedirect, { declare, facts }: Tools): Quoted {
  declare.once('policies/tls-redirect.http.conf', redirectPorts(facts));
  if (keepsSlash === undefined && namesPort === undefined) return variable('https_url');
  if (keepsSlash === undefined) declare.once('uri-without-slash.http.conf');
  const { httpsPort } = facts.listeners;
  const port = namesPort === true ? `:${httpsPort}` : httpsPort === 443 ? '' : '$https_port';
  return quote(`https://$redirect_host${port}${keepsSlash === true ? '$request_uri' : '$uri_without_slash'}`);
}

/** Equal for redirects that do the same. */
export function textOfRedirect({ code, keepsSlash, namesPort }: TlsRedirect): string {
  return [code, keepsSlash, namesPort].join(' ');
}

/** The bytes that a body may have, 0 for no limit. */
interface BodyLimits {
  /** In all locations of the server. */
  readonly here: number;
  /** In those that say nothing else. */
  readonly ofAll: number;
}

/** The redirect of a whole server, which nginx comes to before it has looked at the size of the body. */
export function serverRedirect(asks: TlsRedirect, limits: BodyLimits, tools: Tools): Quoted {
  const url = urlOf(asks, tools);
  const view = { code: asks.code, url, toHttps: plainHttp(limits, tools) };
  return tools.text('policies/tls-redirect.server.conf', view);
}

/** A variable that holds 1 for plain HTTP, unless nginx will refuse the body as too large. */
function plainHttp({ here, ofAll }: BodyLimits, { declare, facts }: Tools): Quoted {
  const name = 'to_https';
  const one = bareWord('1');
  const { scheme } = asAsked(facts);
  const ifHttp = (value: Quoted): Quoted =>
    declare.map({ name, of: scheme, rows: [[exactKey('http'), value]], otherwise: EMPTY });
  if (here === 0) return ifHttp(one);
  // nginx takes a length with zeros at its begin.
  const pattern = patternKey(`^0*(?:${atMost(here)})$`);
  if (here === ofAll) {
    declare.once('policies/tls-redirect.server.http.conf', { bodyLimit: here, small: pattern, scheme });
    return variable(name);
  }
  const rows = [[exactKey(''), one] as const, [pattern, one] as const];
  return ifHttp(declare.map({ name: 'has_small_body', of: variable('content_length'), rows, otherwise: EMPTY }));
}

/**
 * ingress-nginx redirects to the host alone, as it listens on 443. Where our HTTPS port is another one, a client that
 * named our HTTP port is sent to it; one that did not comes through something that maps the ports.
 */
function redirectPorts(facts: RenderFacts): View {
  const { listeners } = facts;
  const { host } = asAsked(facts);
  if (listeners.httpsPort === 443) return { host, ports: undefined };
  return {
    host,
    ports: { http: patternKey(`:${listeners.httpPort}$`), https: quote(`:${listeners.httpsPort}`) },
  };
}

/**
 * The redirect of a whole server: every location has the same, and one of them takes every path, so that no request
 * that would get a 404 is redirected instead. It stands in the locations where some requests are redirected elsewhere
 * first. There it costs memory: nginx makes another location of each `if`.
 *
 * @param slashes the paths that are redirected to the same with a slash
 */
export function sharedTlsRedirect(locations: readonly Location[], slashes: readonly string[]): TlsRedirect | undefined {
  const first = locations[0]?.policies.tlsRedirect?.asks;
  if (first === undefined || !locations.some(takesEveryPath)) return undefined;
  if (slashes.length > 0 || locations.some(isRedirect)) return undefined;
  const text = textOfRedirect(first);
  const isSame = ({ policies: { tlsRedirect } }: Location): boolean =>
    tlsRedirect !== undefined && (tlsRedirect.asks === first || textOfRedirect(tlsRedirect.asks) === text);
  return locations.every(isSame) ? first : undefined;
}

/** Whether all or some requests are sent elsewhere than to HTTPS. */
function isRedirect({ target, policies }: Location): boolean {
  return target.kind === 'redirect' || policies.rewrite?.asks.isRedirect === true;
}
