import { httpView } from './blocks/http.ts';
import { streamsView } from './blocks/stream.ts';
import { logsView, systemView } from './blocks/system.ts';
import { gather, SameNameError } from './gather.ts';
import { blocksOf } from './known-blocks.ts';
import { wholeParts } from './made-parts.ts';
import { PLACE } from './quote.ts';
import { openTemplates } from './templates.ts';

import type { Digits } from './collector.ts';
import type { BlockMemory } from './known-blocks.ts';
import type { SystemLayout } from './layout.ts';
import type { Renderers } from './parts.ts';
import type { Syntax } from './version.ts';
import type { Routing } from '../routing/model.ts';
import type { Steps } from '../steps/steps.ts';

/** What nginx.conf depends on besides the routing. */
export interface ConfigurationOptions {
  readonly syntax: Syntax;
  readonly system: SystemLayout | undefined;
  readonly renderers: Renderers;
}

/** The text of nginx.conf. */
export function* configurationOf(
  routing: Routing,
  options: ConfigurationOptions,
  memory: BlockMemory,
): Steps<Uint8Array> {
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
  { syntax, system, renderers }: ConfigurationOptions,
  memory: BlockMemory,
): Steps<Uint8Array> {
  const { render, text } = openTemplates();
  const facts = { listeners: routing.listeners, http: routing.http, syntax };
  const context = { renderers, text, facts, digits };
  const whole = wholeParts(routing, context);
  const { blocks, used } = yield* blocksOf(routing, { ...context, render, http: whole.http }, memory);
  const [head = '', end = ''] = render('nginx.conf', {
    system: system && systemView(system, routing),
    logs: logsView(system),
    main: whole.main,
    http: httpView(routing, whole.http, gather([whole, ...used]), context),
    upstreamsAndServers: PLACE,
    streams: streamsView(routing),
  }).split(`${PLACE}\n`);
  return joined([encode(head), ...blocks, encode(end)]);
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
