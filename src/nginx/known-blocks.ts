import { bodyLimitOfAll, endsOfUpstreams, headersOfAll, linesBehindServers, linesOfServers } from './blocks/http.ts';
import { listenLines } from './blocks/listen.ts';
import { serverView } from './blocks/server.ts';
import type { ServerContext, ServerView } from './blocks/server.ts';
import type { UpstreamBlockContext } from './blocks/upstream.ts';
import { canResolve, upstreamBlock, upstreamEnd } from './blocks/upstream.ts';
import { PLACE } from './quote.ts';
import { splitWay } from './splits.ts';
import { render } from './templates.ts';
import { sameWay, wayTo } from './ways.ts';
import { openStandIns, writtenUpstreams } from './written-upstreams.ts';

import type { ComposedMemory } from './compose.ts';
import type { Declared, MadeParts, PartsContext, PartsMemory } from './made-parts.ts';
import type { HttpParts } from './parts.ts';
import type { Way, Ways } from './ways.ts';
import { areSame } from '../diagnostics/remember.ts';
import type { Routing, Server, Upstream } from '../routing/model.ts';
import type { Steps } from '../steps/steps.ts';
import { pauses } from '../steps/steps.ts';

interface KnownUpstream extends Declared {
  readonly way: Way;
  readonly block: Uint8Array | undefined;
}

interface KnownServer {
  readonly block: Uint8Array;
  readonly used: readonly Declared[];
  /** The last rendering that it was part of. */
  run: number;
}

/** Upstreams and splits, and what was declared for the ways to them. */
interface Led extends Pick<Routing, 'upstreams' | 'splits'> {
  readonly declared: readonly Declared[];
}

/** The bytes of servers and upstreams, each with an empty line before it, from one rendering to the next. */
export interface BlockMemory {
  /** What all texts depend on besides their server or upstream. */
  facts: string;
  servers: WeakMap<Server, KnownServer>;
  upstreams: WeakMap<Upstream, KnownUpstream>;
  parts: PartsMemory;
  redirects: Map<string, MadeParts>;
  composed: ComposedMemory;
  /** The number of the last rendering. */
  run: number;
  /** Of the last rendering. */
  ways: ReadonlyMap<string, Way>;
  led: Led | undefined;
}

export function createBlockMemory(): BlockMemory {
  return { facts: '', ...nothingKnown() };
}

function nothingKnown(): Omit<BlockMemory, 'facts'> {
  return {
    servers: new WeakMap(),
    upstreams: new WeakMap(),
    parts: new WeakMap(),
    redirects: new Map(),
    composed: new WeakMap(),
    run: 0,
    ways: new Map(),
    led: undefined,
  };
}

export interface BlockContext extends Omit<PartsContext, 'ways' | 'memory'> {
  /** What policies of all hosts give. */
  readonly http: readonly HttpParts[];
}

export interface Blocks {
  readonly blocks: readonly Uint8Array[];
  /** What they want of http{}. */
  readonly used: ReadonlySet<Declared>;
}

function factsOf({ listeners, defaultCertificate, resolvers, http }: Routing, context: BlockContext): string {
  const { facts, digits } = context;
  const asked = Object.values(http).map(({ asks }) => asks);
  const mayResolve = canResolve({ resolvers }, facts.syntax);
  const { syntax, speaksGrpc, speaksFastcgi } = facts;
  return JSON.stringify([syntax, speaksGrpc, speaksFastcgi, digits, listeners, defaultCertificate, mayResolve, asked]);
}

/** The upstreams and then the servers, in their order. */
export function* blocksOf(routing: Routing, context: BlockContext, memory: BlockMemory): Steps<Blocks> {
  const facts = factsOf(routing, context);
  if (facts !== memory.facts) Object.assign(memory, { facts, ...nothingKnown() });
  const taken = { blocks: new Array<Uint8Array>(), used: new Set<Declared>(), moved: new Set<string>() };
  const { blocks, used, moved } = taken;
  const all = yield* serverContext(routing, context, memory, taken);
  const declared = [...used];
  const isPauseDue = pauses();
  const { run } = memory;
  for (const server of routing.servers) {
    const last = memory.servers.get(server);
    const isKnown = last?.run === run && !leadsTo(server, last.used, moved);
    const known = isKnown ? last : yield* renderServer(server, routing, all);
    if (known !== last) memory.servers.set(server, known);
    known.run = run + 1;
    for (const each of known.used) used.add(each);
    blocks.push(known.block);
    if (isPauseDue(server.locations.length)) yield;
  }
  const { upstreams, splits } = routing;
  Object.assign(memory, { ways: all.ways, run: run + 1, led: { upstreams, splits, declared } });
  return { blocks, used };
}

/** What rendering upstreams takes. */
interface Taken {
  readonly blocks: Uint8Array[];
  readonly used: Set<Declared>;
  /** The names that lead elsewhere than the last time. */
  readonly moved: Set<string>;
}

/** What servers are rendered with. The upstreams are rendered, since their ways are a part of it. */
export function* serverContext(
  routing: Routing,
  context: BlockContext,
  memory: BlockMemory,
  taken: Taken,
): Steps<ServerContext & BlockContext> {
  const ways = yield* upstreamBlocks(routing, context, memory, taken);
  const { syntax, http } = context.facts;
  const hasHttp2Flag = !syntax.http2Directive && http.http2?.asks.isOffered !== false;
  return {
    ...context,
    ways,
    memory: memory.parts,
    redirects: memory.redirects,
    composed: memory.composed,
    ofServers: linesOfServers(context.http),
    behindServers: linesBehindServers(context.http),
    ofDefault: context.http.flatMap(({ defaultServer }) => defaultServer ?? []),
    ownOfServers: context.http.flatMap(({ ownLocations }) => ownLocations ?? []),
    saysAnythingInAll: context.http.some(({ saysAnything }) => saysAnything === true),
    ofAll: headersOfAll(context.http),
    bodyLimit: bodyLimitOfAll(context.http),
    listen: listenLines(routing.listeners, hasHttp2Flag, context),
  };
}

/** Whether a server leads to any of these names. */
function leadsTo({ locations }: Server, used: readonly Declared[], names: ReadonlySet<string>): boolean {
  if (names.size === 0) return false;
  return (
    locations.some(({ target }) => target.kind === 'proxy' && names.has(target.to.name)) ||
    used.some(({ ways = [] }) => ways.some(([name]) => names.has(name)))
  );
}

function* upstreamBlocks(
  routing: Routing,
  context: BlockContext,
  memory: BlockMemory,
  { blocks, used, moved }: Taken,
): Steps<Ways> {
  const { led } = memory;
  if (led !== undefined && areSame(led.upstreams, routing.upstreams) && areSame(led.splits, routing.splits)) {
    for (const each of led.declared) used.add(each);
    for (const block of writtenBlocks(routing, memory.ways, memory)) blocks.push(block);
    return memory.ways;
  }
  const mayResolve = canResolve(routing, context.facts.syntax);
  const { keeping, closing } = endsOfUpstreams(context.http);
  const withEnds = { ...context, keeping: upstreamEnd(keeping), closing: upstreamEnd(closing) };
  const isPauseDue = pauses();
  const ways = new Map<string, Way>();
  const lead = (name: string, way: Way): void => {
    const last = memory.ways.get(name);
    const now = sameWay(way, last);
    if (last !== undefined && now !== last) moved.add(name);
    ways.set(name, now);
  };
  const standInFor = openStandIns();
  for (const upstream of routing.upstreams) {
    const standIn = standInFor(upstream);
    if (standIn !== upstream) {
      lead(upstream.name, wayTo(standIn, ways));
      continue;
    }
    let known = memory.upstreams.get(upstream);
    if (known === undefined) {
      known = renderUpstream(upstream, mayResolve, withEnds);
      memory.upstreams.set(upstream, known);
    }
    lead(upstream.name, known.way);
    if (known.declared.length > 0) used.add(known);
    if (isPauseDue(1)) yield;
  }
  for (const split of routing.splits) {
    const { way, ...declared } = splitWay(split, ways, context.digits);
    lead(split.name, way);
    used.add(declared);
    if (isPauseDue(1)) yield;
  }
  for (const block of writtenBlocks(routing, ways, memory)) blocks.push(block);
  return ways;
}

function writtenBlocks(routing: Routing, ways: Ways, { upstreams }: BlockMemory): readonly Uint8Array[] {
  return writtenUpstreams(routing, ways).flatMap(upstream => upstreams.get(upstream)?.block ?? []);
}

/** So many locations are rendered in one step. */
const LOCATIONS_AT_ONCE = 1_000;

function* renderServer(server: Server, routing: Routing, context: ServerContext): Steps<KnownServer> {
  const { view, used } = serverView(server, routing, context);
  return { block: encode(yield* serverText(view)), used, run: 0 };
}

function* serverText(view: ServerView): Steps<string> {
  const { locations } = view;
  if (locations.length <= LOCATIONS_AT_ONCE) return render('server.conf', { server: view });
  const parts: string[] = [];
  for (let first = 0; first < locations.length; first += LOCATIONS_AT_ONCE) {
    parts.push(render('locations.conf', { server: { locations: locations.slice(first, first + LOCATIONS_AT_ONCE) } }));
    yield;
  }
  const [head = '', end = ''] = render('server.conf', {
    server: { ...view, locations: [], moreLocations: PLACE },
  }).split(`${PLACE}\n`);
  return `${head}${parts.join('')}${end}`;
}

function renderUpstream(upstream: Upstream, mayResolve: boolean, context: UpstreamBlockContext): KnownUpstream {
  const { way, view, declared } = upstreamBlock(upstream, mayResolve, context);
  return { way, declared, block: view && encode(render('upstream.conf', { upstream: view })) };
}

const ENCODER = new TextEncoder();

function encode(block: string): Uint8Array {
  return ENCODER.encode(`\n${block}`);
}
