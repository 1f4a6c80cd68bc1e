import { composeLocation, NOTHING } from '../compose.ts';
import { make, rankOfRedirect, serverParts } from '../made-parts.ts';
import { ORDER } from '../order.ts';
import { serverRedirect, sharedTlsRedirect } from '../policies/tls-redirect.ts';
import { commentText, outdented } from '../quote.ts';
import { locationView } from './location.ts';

import type { ServerView } from './server.ts';
import type { LocationContext, LocationView } from './location.ts';
import type { ComposeContext, Composed } from '../compose.ts';
import type { Declared, MadeParts } from '../made-parts.ts';
import type { Quoted } from '../quote.ts';
import type { Way } from '../ways.ts';
import type { ObjectName } from '../../diagnostics/place.ts';
import { isSameObject, objectText } from '../../diagnostics/place.ts';
import { resourceTexts } from '../../diagnostics/provenance.ts';
import type { Location, Server } from '../../routing/model.ts';

/** The locations of a server, and what it says for all of them. */
interface ViewedLocations extends Pick<
  ServerView,
  'requestHeaders' | 'responseHeaders' | 'lines' | 'hidden' | 'locations'
> {
  readonly used: ReadonlySet<Declared>;
  readonly ways: ReadonlyMap<string, Way>;
}

/**
 * What all locations of a server have in common stands in the server instead, once.
 *
 * @param slashes the paths that are redirected to the same with a slash
 */
export function viewLocations(server: Server, slashes: readonly string[], context: ComposeContext): ViewedLocations {
  const { locations } = server;
  const ofServer = serverParts(server.policies, context);
  const composed = locations.map(location => composeLocation(location, ofServer, context));
  const used = new Set<Declared>(ofServer);
  const ways = new Map<string, Way>();
  const redirect = redirectOf(locations, slashes, composed, context);
  if (redirect !== undefined) used.add(redirect);
  const request = commonRequest(locations, composed);
  const response = common(composed, ({ response }) => response?.tag);
  const isInherited = common(composed, ({ inherited }) => (inherited === '' ? undefined : inherited)) !== undefined;
  const shared = {
    https: redirect !== undefined,
    inherited: isInherited,
    request: request !== undefined,
    response: response !== undefined,
  };
  const views = locationViews(server, composed, {
    ways: context.ways,
    shared,
    use: declared => void used.add(declared),
    lead: (name, way) => void ways.set(name, way),
  });
  const [first] = composed;
  return {
    requestHeaders: request,
    responseHeaders: response,
    lines: [
      ...(redirect?.parts.server === undefined ? [] : [redirect.parts.server]),
      ...serverLines(composed),
      ...(isInherited && first !== undefined ? inheritedLines(first) : []),
    ],
    hidden: isInherited ? (first?.hidden ?? []) : [],
    locations: views,
    used,
    ways,
  };
}

/** What is the same in all; undefined if there is nothing, or not the same. */
function common<T>(composed: readonly Composed[], take: (of: Composed) => T | undefined): T | undefined {
  const [first] = composed;
  const wanted = first && take(first);
  return wanted !== undefined && composed.every(each => take(each) === wanted) ? wanted : undefined;
}

/** The headers of requests count only where a backend is asked. */
function commonRequest(locations: readonly Location[], composed: readonly Composed[]): Quoted | undefined {
  const proxied = composed.filter((_, index) => locations[index]?.target.kind === 'proxy');
  return common(proxied, ({ request }) => request?.tag);
}

/** The redirect to HTTPS of all locations; none where some requests are answered or redirected elsewhere first. */
function redirectOf(
  locations: readonly Location[],
  slashes: readonly string[],
  composed: readonly Composed[],
  context: ComposeContext,
): MadeParts | undefined {
  const redirect = sharedTlsRedirect(locations, slashes);
  const hasOther = composed.some(({ texts }) => texts.preflight !== undefined || texts.redirect !== undefined);
  if (redirect === undefined || hasOther) return undefined;
  return make('tlsRedirect', rankOfRedirect(context), context, tools => ({ server: serverRedirect(redirect, tools) }));
}

/** What policies say in the server, each line once. */
function serverLines(composed: readonly Composed[]): readonly Quoted[] {
  const lines = new Set<Quoted>();
  for (const { made } of composed)
    for (const { parts } of made) if (parts.server !== undefined) lines.add(parts.server);
  return [...lines];
}

function inheritedLines({ texts }: Composed): readonly Quoted[] {
  return ORDER.filter(({ isInherited }) => isInherited)
    .flatMap(({ phase }) => texts[phase] ?? [])
    .map(outdented);
}

function locationViews(
  { from, locations }: Server,
  composed: readonly Composed[],
  context: LocationContext,
): readonly LocationView[] {
  const isOfSeveral = resourceTexts(from).size > 1;
  let above: ObjectName | undefined;
  return locations.map((location, index) => {
    const view = locationView(location, composed[index] ?? NOTHING, context);
    const resource = location.from[0]?.resource;
    const isOther = isOfSeveral && !isSameObject(resource, above);
    above = resource;
    return isOther
      ? { ...view, heading: commentText(resource === undefined ? 'No Ingress' : objectText(resource)) }
      : view;
  });
}
