import { collectDeclarations } from './collector.ts';
import { ORDER } from '../routing/phases.ts';
import { EMPTY, joinLines, joinWord } from './quote.ts';
import { wayTo } from './ways.ts';

import type { Digits } from './collector.ts';
import type { Declaration } from './declarations.ts';
import type {
  HttpParts,
  LeadingLocation,
  MainParts,
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
import type { Applied, Policies, PolicyTypes } from '../routing/policies.ts';

/** What is declared for a part of the configuration; the same object wherever the part is. */
export interface Declared {
  readonly declared: readonly Declaration[];
  /** Where it leads besides where its location does. */
  readonly ways?: readonly (readonly [name: string, way: Way])[];
}

/** The parts of a policy, with all that they were made of besides it. */
export interface MadeParts extends Declared {
  readonly name: string;
  readonly parts: Parts;
  /** Whether any of it holds where a location answers by `return`. */
  readonly countsAtReturn: boolean;
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

/** A rank of its own for the policies of each scope, in the order of the table. */
const RANKS = { location: 0, server: 1_000, upstream: 2_000, http: 3_000 } as const;

/** What is asked of one policy, and how it becomes text. */
interface Asked<R> {
  readonly name: string;
  /** Its place in the table of renderers. */
  readonly index: number;
  readonly asks: object;
  readonly render: (tools: Tools) => R;
}

type Table<T, R> = { readonly [N in keyof T]: Renderer<T[N], R> };
type PoliciesOf<T> = { readonly [N in keyof T]?: Applied<T[N]> };

/** What is asked for, in the order of the table of renderers. */
function askedOf<T extends Record<keyof T, object>, R>(
  table: Table<T, R>,
  policies: PoliciesOf<T>,
): readonly Asked<R>[] {
  const found: Asked<R>[] = [];
  let index = 0;
  for (const name in table) {
    const asks = policies[name]?.asks;
    const render = table[name];
    if (asks !== undefined) found.push({ name, index, asks, render: tools => render(asks, tools) });
    index += 1;
  }
  return found;
}

/** The parts of the policies of a location, in the order of the table of renderers. */
export function locationParts(policies: Policies<'location'>, context: PartsContext): readonly MadeParts[] {
  const asked = askedOf<PolicyTypes['location'], Parts>(context.renderers.location, policies);
  return asked.map(each => madeOnce(each, RANKS.location, context));
}

/** The parts of the policies of a server, in the order of the table of renderers. */
export function serverParts(policies: Policies<'server'>, context: PartsContext): readonly MadeParts[] {
  const asked = askedOf<PolicyTypes['server'], Parts>(context.renderers.server, policies);
  return asked.map(each => madeOnce(each, RANKS.server, context));
}

/** What a location gets of the policies of an upstream that it leads to. */
export function leadingParts(at: LeadingLocation, context: PartsContext): readonly MadeParts[] {
  return askedOfUpstream<PolicyTypes['upstream']>(context.renderers.upstream, at.upstream).flatMap(each => {
    const { location } = each;
    return location === undefined
      ? []
      : [make(each.name, RANKS.upstream + each.index, context, tools => location(at, tools))];
  });
}

/** What is asked of one policy of an upstream. */
interface AskedOfUpstream {
  readonly name: string;
  readonly index: number;
  readonly block: (tools: Tools) => Quoted | undefined;
  readonly location: ((at: LeadingLocation, tools: Tools) => Parts) | undefined;
}

function askedOfUpstream<T extends Record<keyof T, object>>(
  table: { readonly [N in keyof T]: UpstreamRendererOf<T[N]> },
  upstream: Upstream & { readonly policies: PoliciesOf<T> },
): readonly AskedOfUpstream[] {
  const policies: PoliciesOf<T> = upstream.policies;
  const found: AskedOfUpstream[] = [];
  let index = 0;
  for (const name in table) {
    const asks = policies[name]?.asks;
    if (asks !== undefined) found.push({ name, index, ...bound(table[name], asks, upstream) });
    index += 1;
  }
  return found;
}

function bound<P>(
  { block, location }: UpstreamRendererOf<P>,
  asks: P,
  upstream: Upstream,
): Pick<AskedOfUpstream, 'block' | 'location'> {
  return {
    block: tools => block?.(asks, upstream, tools),
    location: location && ((at, tools) => location(asks, at, tools)),
  };
}

/** What upstreams are rendered with: they lead nowhere else. */
export type UpstreamContext = Omit<PartsContext, 'memory' | 'ways'>;

/** What the policies of an upstream say in its block. */
export function upstreamLines(
  upstream: Upstream,
  context: UpstreamContext,
): Declared & { readonly lines: Quoted | undefined } {
  const declared: Declaration[] = [];
  const asked = askedOfUpstream<PolicyTypes['upstream']>(context.renderers.upstream, upstream);
  const lines = asked.flatMap(({ index, block }) => {
    const opened = openTools(RANKS.upstream + index, { ...context, ways: new Map() });
    const text = block(opened.tools);
    declared.push(...opened.declared);
    return text ?? [];
  });
  return { lines: joinLines(lines), declared };
}

/** The parts of the policies of all hosts, and the lines of those of nginx itself. */
export function wholeParts(
  { main, http }: Pick<Routing, 'main' | 'http'>,
  context: UpstreamContext,
): Declared & { readonly main: readonly MainParts[]; readonly http: readonly HttpParts[] } {
  const { tools, declared } = openTools(RANKS.http, { ...context, ways: new Map() });
  const { renderers } = context;
  return {
    main: askedOf<PolicyTypes['main'], MainParts>(renderers.main, main).map(({ render }) => render(tools)),
    http: askedOf<PolicyTypes['http'], HttpParts>(renderers.http, http).map(({ render }) => render(tools)),
    declared,
  };
}

/** Runs a renderer, and notes what it declares and where its parts lead. */
export function make(
  name: string,
  rank: number,
  context: Omit<PartsContext, 'memory' | 'renderers'>,
  render: (tools: Tools) => Parts,
): MadeParts {
  const { tools, declared, ways } = openTools(rank, context);
  const parts = render(tools);
  return { name, parts, countsAtReturn: countsAtReturn(parts), declared, ways };
}

function countsAtReturn({ location, server, requestHeaders, responseHeaders }: Parts): boolean {
  if (server !== undefined || requestHeaders !== undefined || responseHeaders !== undefined) return true;
  return ORDER.some(({ phase, holdsAtReturn }) => holdsAtReturn && location?.[phase] !== undefined);
}

/** Tools that note what they were used for. */
function openTools(
  rank: number,
  { digits, text, facts, ways }: Omit<PartsContext, 'memory' | 'renderers'>,
): Pick<MadeParts, 'declared' | 'ways'> & { readonly tools: Tools } {
  const { declare, declared } = collectDeclarations(digits, rank);
  const taken: (readonly [string, Way])[] = [];
  const passTo = (to: Destination, uri?: Quoted): Quoted => {
    const way = wayTo(to, ways);
    taken.push([to.name, way]);
    const isLate = way.kind === 'late';
    if (uri === undefined) return text('pass.conf', { to: way.to, pass: way.pass, isLate });
    // Requests of their own share the variables of the one that they belong to, so that they must set none.
    const address = isLate ? declare.map({ name: 'address', of: EMPTY, rows: [], otherwise: way.to }) : way.to;
    return text('pass.conf', { to: joinWord(joinWord(way.pass, address), uri), pass: undefined, isLate: false });
  };
  return { tools: { declare, text, facts, passTo }, declared, ways: taken };
}

/** The parts that were made for the same object before, unless what they lead to is another place now. */
function madeOnce({ name, index, asks, render }: Asked<Parts>, rank: number, context: PartsContext): MadeParts {
  const { memory, ways } = context;
  const last = memory.get(asks);
  if (last?.ways.every(([to, way]) => ways.get(to) === way) === true) return last;
  const made = make(name, rank + index, context, render);
  memory.set(asks, made);
  return made;
}

/** Where the redirects to HTTPS stand among the policies. */
export function rankOfRedirect({ renderers }: Pick<PartsContext, 'renderers'>): number {
  return RANKS.location + Object.keys(renderers.location).indexOf('tlsRedirect');
}
