import { atMost } from '../number-pattern.ts';
import { bareWord, EMPTY, exactKey, patternKey, quote, variable } from '../quote.ts';
import { USUAL_LIMIT } from './body-size.ts';

import type { LocationRenderer, RenderFacts, Tools } from '../parts.ts';
import type { Quoted } from '../quote.ts';
import type { View } from '../view.ts';
import type { Location } from '../../routing/model.ts';
import type { TlsRedirect } from '../../routing/policies/tls-redirect.ts';

export const renderTlsRedirect: LocationRenderer<'tlsRedirect'> = ({ code }, { declare, text, facts }) => {
  declare.once('policies/tls-redirect.http.conf', redirectPorts(facts));
  return { location: { https: text('policies/tls-redirect.conf', { code }) } };
};

/**
 * The redirect of a whole server, which nginx comes to before it has looked at the size of the body.
 *
 * @param bodyLimit in bytes, of all locations of the server; 0 for none
 */
export function serverRedirect({ code }: TlsRedirect, bodyLimit: number, { declare, text, facts }: Tools): Quoted {
  declare.once('policies/tls-redirect.http.conf', redirectPorts(facts));
  return text('policies/tls-redirect.server.conf', { code, toHttps: plainHttp(bodyLimit, declare) });
}

/** A variable that holds 1 for plain HTTP, unless nginx will refuse the body as too large. */
function plainHttp(bodyLimit: number, declare: Tools['declare']): Quoted {
  const name = 'to_https';
  // nginx takes a length with zeros at its begin.
  const pattern = `^0*(?:${atMost(bodyLimit)})$`;
  if (bodyLimit === USUAL_LIMIT) {
    declare.once('policies/tls-redirect.server.http.conf', { bodyLimit, small: patternKey(pattern) });
    return variable(name);
  }
  const one = bareWord('1');
  const isSmall = (): Quoted => {
    const rows = [[exactKey(''), one] as const, [patternKey(pattern), one] as const];
    return declare.map({ name: 'has_small_body', of: variable('content_length'), rows, otherwise: EMPTY });
  };
  const rows = [[exactKey('http'), bodyLimit === 0 ? one : isSmall()] as const];
  return declare.map({ name, of: variable('scheme'), rows, otherwise: EMPTY });
}

/**
 * ingress-nginx redirects to the host alone, as it listens on 443. Where our HTTPS port is another one, a client that
 * named our HTTP port is sent to it; one that did not comes through something that maps the ports.
 */
function redirectPorts({ listeners }: RenderFacts): View {
  if (listeners.httpsPort === 443) return { ports: undefined };
  return {
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
  if (slashes.length > 0 || locations.some(({ policies }) => policies.rewrite?.asks.isRedirect)) return undefined;
  return locations.every(location => location.policies.tlsRedirect?.asks.code === first.code) ? first : undefined;
}

function takesEveryPath({ match, path }: Location): boolean {
  return (match === 'prefix' && path === '/') || (match === 'regex' && path === '^/');
}
