import { asAsked, isBelieved } from '../as-asked.ts';
import { ANSWERING, composeLocation, NOTHING } from '../compose.ts';
import { make, rankOfRedirect, serverParts } from '../made-parts.ts';
import { relativeFolders, slashRedirectView } from '../policies/slash-redirect.ts';
import { serverRedirect, sharedTlsRedirect, textOfRedirect } from '../policies/tls-redirect.ts';
import { commentText, joinLines, outdented, variable } from '../quote.ts';
import { declareElsewhere, leadsToHost } from '../elsewhere.ts';
import { wayOf } from '../ways.ts';
import { coveredLocations, pathsCoveredBy } from './covered.ts';
import { locationView } from './location.ts';
import { common, distinct, NOTHING_SAID, saidOnce } from './said-once.ts';

import type { ServerContext, ServerView } from './server.ts';
import type { LocationsContext, LocationView } from './location.ts';
import type { Said } from './said-once.ts';
import type { ComposeContext, Composed, PhaseText } from '../compose.ts';
import type { SlashRedirectView } from '../policies/slash-redirect.ts';
import type { Declared, MadeParts } from '../made-parts.ts';
import type { OwnLocations, Parts, Tools } from '../parts.ts';
import type { Quoted } from '../quote.ts';
import type { Way } from '../ways.ts';
import type { ObjectName } from '../../diagnostics/place.ts';
import { isSameObject, objectText } from '../../diagnostics/place.ts';
import { areOfSeveral } from '../../diagnostics/provenance.ts';
import { arePagesOfAll } from '../../routing/error-pages.ts';
import type { Location, Server } from '../../routing/model.ts';

/** The locations of a server, and what it says for all of them. */
interface ViewedLocations extends Pick<
  ServerView,
  'requestHeaders' | 'responseHeaders' | 'lines' | 'hidden' | 'ownLocations' | 'locations' | 'slashRedirects'
> {
  readonly used: readonly Declared[];
  /** Those that `locations` are the views of. */
  readonly shown: readonly Location[];
  /** Of the policies of the server. */
  readonly ofServer: readonly MadeParts[];
}

/**
 * What all locations of a server have in common stands in the server instead, once; but not where it would hold in
 * locations of others, too, or stand beside the same of a snippet.
 *
 * @param slashes the paths that are redirected to the same with a slash
 */
export function viewLocations(server: Server, slashes: readonly string[], context: ServerContext): ViewedLocations {
  const { locations } = server;
  const ofServer = serverParts(server.policies, context);
  const ways = locations.map(location => wayOf(location, context.ways));
  const composed = locations.map((location, index) => composeLocation(location, ways[index], ofServer, context));
  const kinds = distinct(composed);
  const own = ownLocations(ofServer, context);
  const saysAnything = context.saysAnythingInAll || ofServer.some(({ parts }) => parts.saysAnything === true);
  const mayShare = own.length === 0 && !saysAnything && kinds.some(({ mayBeShared }) => mayBeShared);
  const saidByAll = mayShare ? saidOnce(server, slashes, composed, kinds) : NOTHING_SAID;
  const answersFirst = context.ofServers.length > 0 || ofServer.some(({ parts }) => parts.server !== undefined);
  const said = answersFirst && !arePagesOfAll(locations[0]) ? withoutPages(saidByAll) : saidByAll;
  const { first, requestHeaders, responseHeaders, run } = said;
  const sharesRedirect = own.length === 0 && !saysAnything;
  const redirect = sharesRedirect ? redirectOf(locations, slashes, kinds, { run, context }) : undefined;
  const shared = {
    https: redirect !== undefined,
    inherited: first !== undefined,
    run,
    request: requestHeaders !== undefined,
    response: responseHeaders !== undefined,
  };
  const used: Declared[] = redirect === undefined ? [...ofServer] : [...ofServer, redirect];
  if (locations.some(leadsToHost)) used.push(make('elsewhere', RANK_OF_ELSEWHERE, context, declareElsewhere));
  const scheme = isBelieved(context.facts) ? asAsked(context.facts).scheme : variable('scheme');
  // Locations of somebody else's may be regular expressions, which nginx prefers to a folder, and not to an exact path.
  const covered = own.length === 0 ? coveredLocations(locations, composed, ways) : NOTHING_COVERED;
  const { views, shown } = locationViews(server, { composed, covered, ways }, { shared, used, scheme });
  return {
    requestHeaders,
    responseHeaders,
    lines: serverLines(redirect, kinds, said, context),
    hidden: first?.hidden,
    ownLocations: joinLines(own.map(({ text }) => text)),
    locations: views,
    shown,
    used: distinct(used),
    ofServer,
    slashRedirects: slashRedirects(
      own.length === 0 ? slashes : notTaken(slashes, own),
      locations,
      shared.inherited ? [] : composed,
      context.facts.http.redirects !== undefined,
    ),
  };
}

/** Error pages of annotations are those of locations: what the server answers before it has chosen one has none. */
function withoutPages(said: Said): Said {
  const hasPages = said.first?.texts.some(({ name, rules }) => name === 'customErrors' && rules.phase === 'always');
  return hasPages === true ? { ...said, first: undefined } : said;
}

function ownLocations(ofServer: readonly MadeParts[], { ownOfServers }: ServerContext): readonly OwnLocations[] {
  if (ofServer.length === 0) return ownOfServers;
  return [...ofServer.flatMap(({ parts }) => parts.ownLocations ?? []), ...ownOfServers];
}

/** Those that no location of somebody else's takes. */
function notTaken(slashes: readonly string[], own: readonly OwnLocations[]): readonly string[] {
  const taken = new Set(own.flatMap(({ exact }) => exact));
  return slashes.filter(path => !taken.has(path));
}

/** Before nginx adds the slash of a folder, it looks at what the folder itself always says. */
function slashRedirects(
  slashes: readonly string[],
  locations: readonly Location[],
  composed: readonly Composed[],
  isRelative: boolean,
): readonly SlashRedirectView[] {
  if (slashes.length === 0) return [];
  const relative = relativeFolders(locations);
  const always = new Map<string, Quoted>();
  for (const [index, { texts }] of composed.entries()) {
    const location = locations[index];
    const found = joinLines(texts.filter(({ rules }) => rules.phase === 'always').map(({ lines }) => lines));
    if (found !== undefined && location?.match !== 'regex') always.set(location?.path ?? '', found);
  }
  return slashes.map(path => {
    const folder = `${path}/`;
    return slashRedirectView({ path, first: always.get(folder), isRelative: isRelative || relative.has(folder) });
  });
}

/** Before all that policies declare. */
const RANK_OF_ELSEWHERE = -1;

/**
 * The redirect to HTTPS of all locations; none where some requests are answered or redirected elsewhere first, or are
 * refused as too large in some locations only.
 */
function redirectOf(
  locations: readonly Location[],
  slashes: readonly string[],
  kinds: readonly Composed[],
  { run, context }: { readonly run: readonly Quoted[]; readonly context: ComposeContext },
): MadeParts | undefined {
  const redirect = sharedTlsRedirect(locations, slashes);
  const answersFirst = kinds.some(kind => kind.answersFirst && !kind.texts.every(each => isAfterHttps(each, run)));
  if (redirect === undefined || answersFirst) return undefined;
  const here = common(kinds, ({ bodyLimit }) => bodyLimit ?? context.bodyLimit);
  if (here === undefined) return undefined;
  const key = `${textOfRedirect(redirect)} ${here}`;
  const known = context.redirects.get(key);
  if (known !== undefined) return known;
  const render = (tools: Tools): Parts => ({
    server: serverRedirect(redirect, { here, ofAll: context.bodyLimit }, tools),
  });
  const made = make('tlsRedirect', rankOfRedirect(context), context, render);
  context.redirects.set(key, made);
  return made;
}

/** Whether a text may stand behind the redirect of the server, or stands before it there. */
function isAfterHttps({ rules: { phase }, lines }: PhaseText, run: readonly Quoted[]): boolean {
  return !ANSWERING.has(phase) || run.includes(lines);
}

/** Lines of the server, each once. */
function serverLines(
  redirect: MadeParts | undefined,
  kinds: readonly Composed[],
  { run, first }: Said,
  { behindServers }: Pick<ServerContext, 'behindServers'>,
): Quoted | undefined {
  const lines = [...distinct(kinds.flatMap(({ server }) => server)), ...behindServers];
  if (lines.length === 0 && run.length === 0 && first === undefined) return redirect?.parts.server;
  const toHttps = redirect?.parts.server === undefined ? [] : [redirect.parts.server];
  const inherited = first?.texts.filter(({ rules }) => rules.isInherited).map(({ lines }) => lines) ?? [];
  // An app root goes before preflights and HTTPS.
  return joinLines([...lines, ...run.map(outdented), ...toHttps, ...inherited.map(outdented)]);
}

const NOTHING_COVERED: ReadonlyMap<Location, Location> = new Map();

/** What locations come to, and which of them can be left out. */
interface Found {
  readonly composed: readonly Composed[];
  readonly covered: ReadonlyMap<Location, Location>;
  readonly ways: readonly (Way | undefined)[];
}

function locationViews(
  { from, locations }: Server,
  { composed, covered, ways }: Found,
  context: LocationsContext,
): { readonly views: readonly LocationView[]; readonly shown: readonly Location[] } {
  const isOfSeveral = areOfSeveral(from);
  const paths = pathsCoveredBy(covered);
  const views: LocationView[] = [];
  const shown: Location[] = [];
  let above: ObjectName | undefined;
  for (const [index, location] of locations.entries()) {
    if (covered.has(location)) continue;
    const view = locationView(location, ways[index], composed[index] ?? NOTHING, context);
    const resource = location.from[0]?.resource;
    const isOther = isOfSeveral && !isSameObject(resource, above);
    above = resource;
    const others = paths.get(location);
    const head = {
      heading: isOther ? commentText(resource === undefined ? 'No Ingress' : objectText(resource)) : undefined,
      others: others && commentText([...others].join(' ')),
    };
    views.push(isOther || others !== undefined ? { ...view, ...head } : view);
    shown.push(location);
  }
  return { views, shown };
}
