import type { HttpNeeds } from '../quote.ts';
import type { TlsRedirect } from '../../routing/policies/tls-redirect.ts';
import type { Listeners, Location } from '../../routing/model.ts';

export type TlsRedirectView = Readonly<{ code: number }>;

/** The ports that a redirect must name, because browsers do not know them. */
export type RedirectPortsView = Readonly<{ http: number; https: number }>;

export function tlsRedirectView(policy: TlsRedirect, needs: HttpNeeds): TlsRedirectView {
  needs.add('httpsUrl');
  return { code: policy.code };
}

/** That of a whole server, which nginx comes to before it has looked at the size of the body. */
export function serverRedirectView(policy: TlsRedirect, needs: HttpNeeds): TlsRedirectView {
  needs.add('serverRedirect');
  return tlsRedirectView(policy, needs);
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

/**
 * ingress-nginx redirects to the host alone, as it listens on 443. Where our HTTPS port is another one, a client that
 * named our HTTP port is sent to it; one that did not comes through something that maps the ports.
 */
export function redirectPortsView(listeners: Listeners): RedirectPortsView | undefined {
  if (listeners.httpsPort === 443) return undefined;
  return { http: listeners.httpPort, https: listeners.httpsPort };
}

function takesEveryPath({ match, path }: Location): boolean {
  return (match === 'prefix' && path === '/') || (match === 'regex' && path === '^/');
}
