import { arePagesOfAll } from '../../routing/error-pages.ts';
import type { Location, Routing, Server } from '../../routing/model.ts';
import type { Policies } from '../../routing/policies.ts';
import { upstreamOf } from './backend.ts';

type LocationPolicies = Policies<'location'>;

/** Policies of locations that say nothing but what their locations would inherit from the server. */
export const INHERITED = [
  'bodySize',
  'bodyBuffer',
  'timeouts',
  'buffering',
  'limitRate',
  'backendRedirects',
  'backendCookies',
  'backendProtocol',
  'opentelemetry',
  'modsecurity',
  'requestLogs',
  'httpVersion',
  'nextUpstream',
  'redirects',
  'customHeaders',
  'configurationSnippet',
] as const satisfies readonly (keyof LocationPolicies)[];

/**
 * One of the locations of a server if all of them have the same error pages, and all else the same that they would
 * inherit: nginx.conf has that in the server then, so that it holds for what is answered before nginx looks at locations.
 * A server that answers requests by itself leaves pages of annotations to the locations.
 */
export function sharingErrors({ locations, policies }: Server, routing: Routing): Location | undefined {
  const [first, ...others] = locations;
  if (first?.policies.customErrors === undefined) return undefined;
  if (policies.serverSnippet !== undefined || routing.http.serverSnippet !== undefined) return undefined;
  if (!arePagesOfAll(first) && (Object.keys(policies).length > 0 || answersInAll(routing))) return undefined;
  const text = inheritedText(first, routing);
  return others.every(other => inheritedText(other, routing) === text) ? first : undefined;
}

/** Whether all servers answer some requests before they choose a location. */
function answersInAll({ http: { blocked, forwarded, modsecurity } }: Routing): boolean {
  const isClosed = forwarded?.asks.isClosed === true || modsecurity?.asks.isClosed === true;
  return isClosed || blocked !== undefined;
}

/** Equal where the lines are that locations would inherit. */
function inheritedText({ policies, target }: Location, routing: Routing): string {
  const { customErrors, externalAuth, globalAuth } = policies;
  const to = target.kind === 'proxy' && target.to.kind === 'upstream' ? upstreamOf(target.to.name, routing) : undefined;
  return JSON.stringify([
    customErrors && [customErrors.asks.statuses, customErrors.asks.to, customErrors.asks.intercepts],
    [externalAuth, globalAuth].map(auth => auth?.asks.signIn),
    to?.policies.backendTls?.asks,
    INHERITED.map(name => policies[name]?.asks),
  ]);
}
