import { composeLocation } from './compose.ts';
import { createBlockMemory, serverContext } from './known-blocks.ts';
import { serverParts, upstreamLines, wholeParts } from './made-parts.ts';
import { splitWay } from './splits.ts';
import { wayOf } from './ways.ts';
import { atOnce } from '../steps/steps.ts';

import type { ServerContext } from './blocks/server.ts';
import type { Composed } from './compose.ts';
import type { Configuration } from './configuration.ts';
import type { BlockContext } from './known-blocks.ts';
import type { Declared, MadeParts } from './made-parts.ts';
import type { Quoted } from './quote.ts';
import type { Provenance } from '../diagnostics/provenance.ts';
import type { Location, Routing, Server } from '../routing/model.ts';
import type { Askers } from '../routing/policies.ts';

/** A location, and what its policies came to. */
interface Use {
  readonly server: Server;
  readonly location: Location;
  readonly composed: Composed;
}

/** What the locations of a routing ask for: made again, since a rendering keeps only the texts. */
export interface Uses {
  readonly routing: Routing;
  readonly context: ServerContext & BlockContext;
  readonly all: readonly Use[];
}

export function openUses({ routing, context }: Configuration): Uses {
  const taken = { blocks: [], used: new Set<Declared>(), moved: new Set<string>() };
  const known = atOnce(serverContext(routing, context, createBlockMemory(), taken));
  const all = routing.servers.flatMap(server => {
    const ofServer = serverParts(server.policies, known);
    return server.locations.map(location => ({
      server,
      location,
      composed: composeLocation(location, wayOf(location, known.ways), ofServer, known),
    }));
  });
  return { routing, context: known, all };
}

/**
 * Who sends requests to an upstream, straight, by chance or in case of errors. Of those that meet in a split one may do:
 * who takes a share comes first, since without it the others go on.
 */
export function leadersTo(
  upstream: string,
  { routing: { upstreams, splits }, context, all }: Uses,
): { readonly users: readonly Provenance[]; readonly isEach: boolean } {
  // Equal ones share its block.
  const own = new Set(upstreams.map(({ name }) => name).filter(name => context.ways.get(name)?.to === upstream));
  const through = splits.filter(({ rules, shares }) => [...rules, ...shares].some(({ to }) => own.has(to)));
  const names = new Set([...own, ...through.map(({ name }) => name)]);
  const straight = all
    .filter(
      ({ location: { target }, composed }) =>
        (target.kind === 'proxy' && names.has(target.to.name)) ||
        composed.made.some(({ ways }) => ways.some(([name]) => names.has(name))),
    )
    .flatMap(({ location }) => location.from);
  return { users: [...through.flatMap(({ from }) => from), ...straight], isEach: through.length === 0 };
}

/**
 * Who asks for something that is declared.
 *
 * @param server whose askers come first
 */
export function declarersOf(mark: string, uses: Uses, server?: Server): readonly Provenance[] {
  const { routing, context } = uses;
  const own = uses.all.filter(use => use.server === server);
  const found = [...own, ...uses.all].flatMap(use => declarersIn(mark, use, uses));
  const ofUpstreams = routing.upstreams
    .filter(upstream => declares(upstreamLines(upstream, context), mark))
    .flatMap(({ policies, from }) => [...Object.values(policies).flatMap(({ from }) => placesOf(from)), ...from]);
  const ofSplits = routing.splits
    .filter(split => declares(splitWay(split, context.ways, context.digits), mark))
    .flatMap(({ from }) => from);
  return [...found, ...ofUpstreams, ...ofSplits];
}

function declarersIn(mark: string, { server, location, composed }: Use, { context }: Uses): readonly Provenance[] {
  const isOfHeaders = declares(composed.own, mark);
  const policies = composed.made.filter(made => declares(made, mark) || (isOfHeaders && hasHeaders(made)));
  if (policies.length === 0) return [];
  const way = location.target.kind === 'proxy' ? context.ways.get(location.target.to.name) : undefined;
  const tables = [location, server, ...(way?.upstreams ?? [])].flatMap(({ policies }) => Object.entries(policies));
  const places = policies.flatMap(({ name }) =>
    tables.filter(([each]) => each === name).flatMap(([, { from }]) => placesOf(from)),
  );
  return places.length === 0 ? location.from : places;
}

function hasHeaders({ parts: { requestHeaders, responseHeaders } }: MadeParts): boolean {
  return requestHeaders !== undefined || responseHeaders !== undefined;
}

function declares({ declared }: Declared, mark: string): boolean {
  return declared.some(each => each.mark === mark);
}

/** Lines that somebody asked for word for word, with a line end before and behind them. */
export interface WrittenText {
  readonly text: string;
  readonly from: readonly Provenance[];
}

function writtenText(texts: readonly (Quoted | undefined)[], from: Askers | undefined): readonly WrittenText[] {
  const text = texts.flatMap(each => each ?? []).join('\n');
  return text === '' || from === undefined ? [] : [{ text: `\n${text}\n`, from: placesOf(from) }];
}

/** Of snippets of a server: that of its annotation, then that of all servers. */
export function ofServer({ policies }: Server, { routing, context }: Uses): readonly WrittenText[] {
  const own = serverParts(policies, context).filter(({ name }) => name === 'serverSnippet');
  return [
    ...writtenText(
      own.flatMap(({ parts }) => [parts.server, parts.ownLocations?.text]),
      policies.serverSnippet?.from,
    ),
    ...writtenText(
      context.http.flatMap(({ behindServers, ownLocations }) => [behindServers, ownLocations?.text]),
      routing.http.serverSnippet?.from,
    ),
  ];
}

/** Of snippets of a location. */
export function ofLocation(location: Location | undefined, { all }: Uses): readonly WrittenText[] {
  const use = all.find(each => each.location === location);
  const own = use?.composed.made.find(({ name }) => name === 'configurationSnippet');
  return writtenText(Object.values(own?.parts.location ?? {}), location?.policies.configurationSnippet?.from);
}

/** Of snippets of http{}, and of what stands outside of it. */
export function ofHttp({ routing: { http, main }, context }: Uses): readonly WrittenText[] {
  return [
    ...writtenText(
      context.http.map(({ others }) => others),
      http.httpSnippet?.from,
    ),
    ...writtenText(
      wholeParts({ main, http }, context).main.map(({ lines }) => lines),
      main.mainSnippet?.from,
    ),
  ];
}

/** The annotations and options that ask for a policy. */
function placesOf(askers: Askers): readonly Provenance[] {
  return askers.flatMap(asker => (asker.by === 'default' ? [] : [asker.at]));
}
