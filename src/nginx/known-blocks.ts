import { listenersView } from './blocks/listen.ts';
import { serverView } from './blocks/server.ts';
import type { ServerView } from './blocks/server.ts';
import { canResolve, upstreamBlock } from './blocks/upstream.ts';
import { PLACE } from './quote.ts';

import type { UpstreamName } from './blocks/upstream.ts';
import type { HttpNeeds } from './quote.ts';
import type { RenderTemplate } from './templates.ts';
import type { Syntax } from './version.ts';
import type { Routing, Server, Upstream } from '../routing/model.ts';
import type { Steps } from '../steps/steps.ts';
import { pauses } from '../steps/steps.ts';

interface KnownUpstream {
  readonly name: UpstreamName;
  readonly block: Uint8Array | undefined;
}

interface KnownServer {
  readonly block: Uint8Array;
  readonly needs: HttpNeeds;
}

/** The bytes of servers and upstreams, each with an empty line before it, from one rendering to the next. */
export interface BlockMemory {
  /** What all texts depend on besides their server or upstream. */
  facts: string;
  servers: WeakMap<Server, KnownServer>;
  upstreams: WeakMap<Upstream, KnownUpstream>;
}

interface Context {
  readonly syntax: Syntax;
  readonly needs: HttpNeeds;
  readonly render: RenderTemplate;
}

/** How locations reach late upstreams is written in the servers. */
function factsOf({ listeners, defaultCertificate, resolvers, upstreams }: Routing, syntax: Syntax): string {
  const late = upstreams.filter(({ peers }) => peers.kind === 'name-at-request').map(({ name }) => name);
  return JSON.stringify([syntax, listeners, defaultCertificate, canResolve({ resolvers }, syntax), late]);
}

/** The upstreams and then the servers, in their order. Adds to `needs` what they want of http{}. */
export function* blocksOf(
  routing: Routing,
  { syntax, needs, render }: Context,
  memory: BlockMemory,
): Steps<readonly Uint8Array[]> {
  const facts = factsOf(routing, syntax);
  if (facts !== memory.facts) Object.assign(memory, { facts, servers: new WeakMap(), upstreams: new WeakMap() });
  const mayResolve = canResolve(routing, syntax);
  const blocks: Uint8Array[] = [];
  const isPauseDue = pauses();
  const names = new Map<string, UpstreamName>();
  for (const upstream of routing.upstreams) {
    const known = memory.upstreams.get(upstream) ?? renderUpstream(upstream, mayResolve, render);
    memory.upstreams.set(upstream, known);
    names.set(upstream.name, known.name);
    if (known.block !== undefined) blocks.push(known.block);
    if (isPauseDue(1)) yield;
  }
  const listeners = listenersView(routing.listeners);
  for (const server of routing.servers) {
    let known = memory.servers.get(server);
    if (known === undefined) {
      const own: HttpNeeds = new Set();
      const view = serverView(server, routing, syntax, { upstreams: names, needs: own, listeners });
      known = { block: encode(yield* renderServer(view, render)), needs: own };
      memory.servers.set(server, known);
    }
    for (const need of known.needs) needs.add(need);
    blocks.push(known.block);
    if (isPauseDue(server.locations.length)) yield;
  }
  return blocks;
}

/** So many locations are rendered in one step. */
const LOCATIONS_AT_ONCE = 1_000;

function* renderServer(view: ServerView, render: RenderTemplate): Steps<string> {
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

function renderUpstream(upstream: Upstream, mayResolve: boolean, render: RenderTemplate): KnownUpstream {
  const { name, view } = upstreamBlock(upstream, mayResolve);
  return { name, block: view && encode(render('upstream.conf', { upstream: view })) };
}

function encode(block: string): Uint8Array {
  return new TextEncoder().encode(`\n${block}`);
}
