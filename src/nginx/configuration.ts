import { httpView } from './blocks/http.ts';
import { streamsView } from './blocks/stream.ts';
import { moduleFiles, systemView } from './blocks/system.ts';
import { gather, SameNameError } from './gather.ts';
import { blocksOf } from './known-blocks.ts';
import { logPlaces } from './log-places.ts';
import { wholeParts } from './made-parts.ts';
import { PLACE } from './quote.ts';
import { render, text } from './templates.ts';

import type { Digits } from './collector.ts';
import type { Gathered } from './gather.ts';
import type { BlockContext, BlockMemory } from './known-blocks.ts';
import type { SystemLayout } from './layout.ts';
import type { Renderers } from './parts.ts';
import type { Syntax } from './version.ts';
import type { Routing } from '../routing/model.ts';
import type { Steps } from '../steps/steps.ts';

/** What nginx.conf depends on besides the routing. */
export interface ConfigurationOptions {
  readonly syntax: Syntax;
  readonly system: SystemLayout | undefined;
  /** nginx is told to load its stream module when it starts, if that is a file. */
  readonly loadsStreams: boolean;
  readonly renderers: Renderers;
}

/** nginx.conf, and what its parts came from: what `conf-places.ts` needs to tell who is behind a line. */
export interface Configuration {
  readonly bytes: Uint8Array;
  /** Bytes before the first block. */
  readonly head: number;
  /** Bytes of the upstreams that are declared, then of the servers, in their order. */
  readonly lengths: readonly number[];
  readonly gathered: Gathered;
  readonly routing: Routing;
  readonly context: BlockContext;
}

export function* configurationOf(
  routing: Routing,
  options: ConfigurationOptions,
  memory: BlockMemory,
): Steps<Configuration> {
  try {
    return yield* writeWith(8, routing, options, memory);
  } catch (error) {
    if (!(error instanceof SameNameError)) throw error;
    return yield* writeWith(64, routing, options, memory);
  }
}

function* writeWith(
  digits: Digits,
  routing: Routing,
  { syntax, system, loadsStreams, renderers }: ConfigurationOptions,
  memory: BlockMemory,
): Steps<Configuration> {
  const { listeners, http, upstreams } = routing;
  const speaksGrpc = upstreams.some(({ protocol }) => protocol === 'grpc' || protocol === 'grpcs');
  const speaksFastcgi = upstreams.some(({ protocol }) => protocol === 'fastcgi');
  const logs = logPlaces(system);
  const facts = { listeners, http, syntax, logs, speaksGrpc, speaksFastcgi, isOfSystem: system !== undefined };
  const whole = wholeParts(routing, { renderers, text, facts, digits });
  const context = { renderers, text, facts, digits, http: whole.http };
  const { blocks, used } = yield* blocksOf(routing, context, memory);
  const gathered = gather([whole, ...used]);
  const [begin = '', end = ''] = render('nginx.conf', {
    system: system && systemView(system, routing),
    moduleFiles: moduleFiles(routing, { modules: gathered.modules, loadsStreams }),
    main: whole.main.flatMap(({ lines }) => lines ?? []),
    events: whole.main.flatMap(({ events }) => events ?? []),
    errorLogs: whole.main.flatMap(({ logs }) => logs ?? []),
    http: httpView(routing, whole.http, gathered, context),
    upstreamsAndServers: PLACE,
    streams: streamsView(routing, whole.main),
  }).split(`${PLACE}\n`);
  const head = encode(begin);
  const bytes = joined([head, ...blocks, encode(end)]);
  const lengths = blocks.map(({ length }) => length);
  return { bytes, head: head.length, lengths, gathered, routing, context };
}

/** Megabytes, most of them the same as last time: to join them as text and encode that would take ten times as long. */
function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let length = 0;
  for (const part of parts) {
    all.set(part, length);
    length += part.length;
  }
  return all;
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
