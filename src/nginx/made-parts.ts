import { collectDeclarations } from './collector.ts';
import { wayTo } from './ways.ts';

import type { Digits } from './collector.ts';
import type { Declaration } from './declarations.ts';
import type {
  HttpParts,
  LeadingLocation,
  Parts,
  Renderer,
  RenderFacts,
  Renderers,
  Tools,
  UpstreamRendererOf,
} from './parts.ts';
import type { Quoted } from './quote.ts';
import type { Way, Ways } from './ways.ts';
import type { Destination, Routing, Upstream } from '../routing/model.ts';
import type { Policies, PolicyTypes } from '../routing/policies.ts';

/** What is declared for a part of the configuration; the same object wherever the part is. */
export interface Declared {
  readonly declared: readonly Declaration[];
}

/** The parts of a policy, with all that they were made of besides it. */
export interface MadeParts extends Declared {
  readonly name: string;
  readonly parts: Parts;
  readonly ways: readonly (readonly [name: string, way: Way])[];
}

/** Parts from one rendering to the next, by what is asked for. */
export type PartsMemory = WeakMap<object, MadeParts>;

/** What parts are made with. */
export interface PartsContext {
  readonly renderers: Renderers;
  readonly text: Tools['text'];
  readonly facts: RenderFacts;
  readonly digits: Digits;
  readonly ways: Ways;
  readonly memory: PartsMemory;
}

type Name<S extends keyof PolicyTypes> = Extract<keyof PolicyTypes[S], string>;

/** A rank of its own for the policies of each scope, in the order of the table. */
const RANKS = { location: 0, server: 1_000, upstream: 2_000, http: 3_000 } as const;

/** The parts of the policies of a location, in the order of the table of renderers. */
export function locationParts(policies: Policies<'location'>, context: PartsContext): readonly MadeParts[] {
  return namesOf(context.renderers.location).flatMap((name, index) => ofLocation(name, policies, index, context));
}

function ofLocation<N extends Name<'location'>>(
  name: N,
  policies: Policies<'location'>,
  index: number,
  context: PartsContext,
): readonly MadeParts[] {
  const asked = policies[name];
  if (asked === undefined) return [];
  const render: Renderer<PolicyTypes['location'][N]> = context.renderers.location[name];
  return [
    madeOnce(asked.asks, context, () =>
      make(name, RANKS.location + index, context, tools => render(asked.asks, tools)),
    ),
  ];
}

/** The parts of the policies of a server, in the order of the table of renderers. */
export function serverParts(policies: Policies<'server'>, context: PartsContext): readonly MadeParts[] {
  return namesOf(context.renderers.server).flatMap((name, index) => ofServer(name, policies, index, context));
}

function ofServer<N extends Name<'server'>>(
  name: N,
  policies: Policies<'server'>,
  index: number,
  context: PartsContext,
): readonly MadeParts[] {
  const asked = policies[name];
  if (asked === undefined) return [];
  const render: Renderer<PolicyTypes['server'][N]> = context.renderers.server[name];
  return [
    madeOnce(asked.asks, context, () => make(name, RANKS.server + index, context, tools => render(asked.asks, tools))),
  ];
}

/** What a location gets of the policies of an upstream that it leads to. */
export function leadingParts(at: LeadingLocation, context: PartsContext): readonly MadeParts[] {
  return namesOf(context.renderers.upstream).flatMap((name, index) => ofUpstream(name, at, index, context));
}

function ofUpstream<N extends Name<'upstream'>>(
  name: N,
  at: LeadingLocation,
  index: number,
  context: PartsContext,
): readonly MadeParts[] {
  const policies: Policies<'upstream'> = at.upstream.policies;
  const asked = policies[name];
  const render: UpstreamRendererOf<PolicyTypes['upstream'][N]> = context.renderers.upstream[name];
  const { location } = render;
  if (asked === undefined || location === undefined) return [];
  return [make(name, RANKS.upstream + index, context, tools => location(asked.asks, at, tools))];
}

/** What upstreams are rendered with: they lead nowhere else. */
export type UpstreamContext = Omit<PartsContext, 'memory' | 'ways'>;

/** What the policies of an upstream say in its block. */
export function upstreamLines(
  upstream: Upstream,
  context: UpstreamContext,
): Declared & { readonly lines: readonly Quoted[] } {
  const made = namesOf(context.renderers.upstream).map((name, index) => linesOf(name, upstream, index, context));
  return { lines: made.flatMap(({ lines }) => lines ?? []), declared: made.flatMap(({ declared }) => declared) };
}

function linesOf<N extends Name<'upstream'>>(
  name: N,
  upstream: Upstream,
  index: number,
  context: UpstreamContext,
): Declared & { readonly lines: Quoted | undefined } {
  const policies: Policies<'upstream'> = upstream.policies;
  const asked = policies[name];
  const render: UpstreamRendererOf<PolicyTypes['upstream'][N]> = context.renderers.upstream[name];
  if (asked === undefined || render.block === undefined) return { lines: undefined, declared: [] };
  const { tools, declared } = openTools(RANKS.upstream + index, { ...context, ways: new Map() });
  return { lines: render.block(asked.asks, upstream, tools), declared };
}

/** The parts of the policies of all hosts, and the lines of those of nginx itself. */
export function wholeParts(
  { main, http }: Pick<Routing, 'main' | 'http'>,
  context: UpstreamContext,
): Declared & { readonly main: readonly Quoted[]; readonly http: readonly HttpParts[] } {
  const { tools, declared } = openTools(RANKS.http, { ...context, ways: new Map() });
  const { renderers } = context;
  return {
    main: namesOf(renderers.main).flatMap(name => ofMain(name, main, renderers, tools)),
    http: namesOf(renderers.http).flatMap(name => ofHttp(name, http, renderers, tools)),
    declared,
  };
}

function ofMain<N extends Name<'main'>>(
  name: N,
  policies: Policies<'main'>,
  { main }: Renderers,
  tools: Tools,
): readonly Quoted[] {
  const asked = policies[name];
  const render: Renderer<PolicyTypes['main'][N], Quoted> = main[name];
  return asked === undefined ? [] : [render(asked.asks, tools)];
}

function ofHttp<N extends Name<'http'>>(
  name: N,
  policies: Policies<'http'>,
  { http }: Renderers,
  tools: Tools,
): readonly HttpParts[] {
  const asked = policies[name];
  const render: Renderer<PolicyTypes['http'][N], HttpParts> = http[name];
  return asked === undefined ? [] : [render(asked.asks, tools)];
}

/** Runs a renderer, and notes what it declares and where its parts lead. */
export function make(
  name: string,
  rank: number,
  context: Omit<PartsContext, 'memory' | 'renderers'>,
  render: (tools: Tools) => Parts,
): MadeParts {
  const { tools, declared, ways } = openTools(rank, context);
  return { name, parts: render(tools), declared, ways };
}

/** Tools that note what they were used for. */
export function openTools(
  rank: number,
  { digits, text, facts, ways }: Omit<PartsContext, 'memory' | 'renderers'>,
): Pick<MadeParts, 'declared' | 'ways'> & { readonly tools: Tools } {
  const { declare, declared } = collectDeclarations(digits, rank);
  const taken: (readonly [string, Way])[] = [];
  const passTo = (to: Destination): Quoted => {
    const way = wayTo(to, ways);
    taken.push([to.name, way]);
    return text('pass.conf', { to: way.to, isLate: way.kind === 'late' });
  };
  return { tools: { declare, text, facts, passTo }, declared, ways: taken };
}

/** The parts that were made for the same object before, unless what they lead to is another place now. */
function madeOnce(asks: object, { memory, ways }: PartsContext, makeAnew: () => MadeParts): MadeParts {
  const last = memory.get(asks);
  if (last?.ways.every(([name, way]) => ways.get(name) === way) === true) return last;
  const made = makeAnew();
  memory.set(asks, made);
  return made;
}

/** Where the redirects to HTTPS stand among the policies. */
export function rankOfRedirect({ renderers }: Pick<PartsContext, 'renderers'>): number {
  return RANKS.location + namesOf(renderers.location).indexOf('tlsRedirect');
}

/** The names of a table, in its order. */
function namesOf<T extends object>(table: T): readonly Extract<keyof T, string>[] {
  const names: Extract<keyof T, string>[] = [];
  for (const name in table) names.push(name);
  return names;
}
