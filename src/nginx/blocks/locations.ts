import { composeLocation, NOTHING } from '../compose.ts';
import { make, rankOfRedirect, serverParts } from '../made-parts.ts';
import { slashRedirectView } from '../policies/slash-redirect.ts';
import { serverRedirect, sharedTlsRedirect } from '../policies/tls-redirect.ts';
import { commentText, joinLines, outdented } from '../quote.ts';
import { wayTo } from '../ways.ts';
import { locationView } from './location.ts';

import type { ServerView } from './server.ts';
import type { LocationView } from './location.ts';
import type { ComposeContext, Composed } from '../compose.ts';
import type { SlashRedirectView } from '../policies/slash-redirect.ts';
import type { Declared, MadeParts } from '../made-parts.ts';
import type { Parts, Tools } from '../parts.ts';
import type { Quoted } from '../quote.ts';
import type { Ways } from '../ways.ts';
import type { ObjectName } from '../../diagnostics/place.ts';
import { isSameObject, objectText } from '../../diagnostics/place.ts';
import { areOfSeveral } from '../../diagnostics/provenance.ts';
import type { Location, Server } from '../../routing/model.ts';

/** The locations of a server, and what it says for all of them. */
interface ViewedLocations extends Pick<
  ServerView,
  'requestHeaders' | 'responseHeaders' | 'lines' | 'hidden' | 'locations' | 'slashRedirects'
> {
  readonly used: readonly Declared[];
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
  const kinds = distinct(composed);
  const redirect = redirectOf(locations, slashes, kinds, context);
  const { first, requestHeaders, responseHeaders } = kinds.some(({ mayBeShared }) => mayBeShared)
    ? saidOnce(locations, composed, kinds)
    : NOTHING_SAID;
  const shared = {
    https: redirect !== undefined,
    inherited: first !== undefined,
    request: requestHeaders !== undefined,
    response: responseHeaders !== undefined,
  };
  const used: Declared[] = redirect === undefined ? [...ofServer] : [...ofServer, redirect];
  const views = locationViews(server, composed, context.ways, { shared, used });
  return {
    requestHeaders,
    responseHeaders,
    lines: serverLines(redirect, kinds, inheritedLines(first)),
    hidden: first?.hidden,
    locations: views,
    used: distinct(used),
    slashRedirects: slashRedirects(slashes, locations, shared.inherited ? [] : composed),
  };
}

/** What a server says for all of its locations, the redirect apart. */
interface Said extends Pick<ServerView, 'requestHeaders' | 'responseHeaders'> {
  /** One of the locations, where all inherit the same. */
  readonly first: Composed | undefined;
}

const NOTHING_SAID: Said = { requestHeaders: undefined, responseHeaders: undefined, first: undefined };

function saidOnce(locations: readonly Location[], composed: readonly Composed[], kinds: readonly Composed[]): Said {
  const inherited = common(kinds, ({ inherited }) => inherited) ?? '';
  return {
    requestHeaders: commonRequest(locations, composed, kinds),
    responseHeaders: common(kinds, ({ response }) => response?.tag),
    first: inherited === '' ? undefined : kinds[0],
  };
}

/** Before nginx adds the slash of a folder, it looks at what the folder itself always says. */
function slashRedirects(
  slashes: readonly string[],
  locations: readonly Location[],
  composed: readonly Composed[],
): readonly SlashRedirectView[] {
  if (slashes.length === 0) return [];
  const always = new Map<string, Quoted>();
  for (const [index, { texts }] of composed.entries()) {
    const location = locations[index];
    const found = texts.find(({ rules }) => rules.phase === 'always');
    if (found !== undefined && location?.match !== 'regex') always.set(location?.path ?? '', found.lines);
  }
  return slashes.map(path => slashRedirectView(path, always.get(`${path}/`)));
}

/** Each once; most of the time there are few, or the same again and again. */
function distinct<T>(all: readonly T[]): readonly T[] {
  const [first] = all;
  return all.every(each => each === first) ? all.slice(0, 1) : [...new Set(all)];
}

/** What is the same in all; undefined if there is nothing, or not the same. */
function common<T>(kinds: readonly Composed[], take: (of: Composed) => T | undefined): T | undefined {
  const [first] = kinds;
  const wanted = first && take(first);
  return wanted !== undefined && kinds.every(each => take(each) === wanted) ? wanted : undefined;
}

/** The headers of requests count only where a backend is asked. */
function commonRequest(
  locations: readonly Location[],
  composed: readonly Composed[],
  kinds: readonly Composed[],
): Quoted | undefined {
  if (kinds.every(({ request }) => request === undefined)) return undefined;
  const proxied = composed.filter((_, index) => locations[index]?.target.kind === 'proxy');
  return common(proxied, ({ request }) => request?.tag);
}

/**
 * The redirect to HTTPS of all locations; none where some requests are answered or redirected elsewhere first, or are
 * refused as too large in some locations only.
 */
function redirectOf(
  locations: readonly Location[],
  slashes: readonly string[],
  kinds: readonly Composed[],
  context: ComposeContext,
): MadeParts | undefined {
  const redirect = sharedTlsRedirect(locations, slashes);
  if (redirect === undefined || kinds.some(({ answersFirst }) => answersFirst)) return undefined;
  const here = common(kinds, ({ bodyLimit }) => bodyLimit ?? context.bodyLimit);
  if (here === undefined) return undefined;
  const key = `${redirect.code} ${here}`;
  const known = context.redirects.get(key);
  if (known !== undefined) return known;
  const render = (tools: Tools): Parts => ({
    server: serverRedirect(redirect, { here, ofAll: context.bodyLimit }, tools),
  });
  const made = make('tlsRedirect', rankOfRedirect(context), context, render);
  context.redirects.set(key, made);
  return made;
}

/** Lines of the server, each once. */
function serverLines(
  redirect: MadeParts | undefined,
  kinds: readonly Composed[],
  inherited: readonly Quoted[],
): Quoted | undefined {
  const lines = kinds.flatMap(({ server }) => server);
  if (lines.length === 0 && inherited.length === 0) return redirect?.parts.server;
  const first = redirect?.parts.server === undefined ? [] : [redirect.parts.server];
  return joinLines([...first, ...distinct(lines), ...inherited]);
}

function inheritedLines(composed: Composed | undefined): readonly Quoted[] {
  const inherited = composed?.texts.filter(({ rules }) => rules.isInherited);
  return inherited?.map(({ lines }) => outdented(lines)) ?? [];
}

function locationViews(
  { from, locations }: Server,
  composed: readonly Composed[],
  ways: Ways,
  context: Parameters<typeof locationView>[3],
): readonly LocationView[] {
  const isOfSeveral = areOfSeveral(from);
  let above: ObjectName | undefined;
  return locations.map((location, index) => {
    const { target } = location;
    const way = target.kind === 'proxy' ? wayTo(target.to, ways) : undefined;
    const view = locationView(location, way, composed[index] ?? NOTHING, context);
    const resource = location.from[0]?.resource;
    const isOther = isOfSeveral && !isSameObject(resource, above);
    above = resource;
    return isOther
      ? { ...view, heading: commentText(resource === undefined ? 'No Ingress' : objectText(resource)) }
      : view;
  });
}
