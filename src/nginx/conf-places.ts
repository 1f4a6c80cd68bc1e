import { declaredText } from './blocks/http.ts';
import { serverView } from './blocks/server.ts';
import { passedUpstream } from './blocks/passthrough.ts';
import { snippetLines, streamUpstream } from './blocks/stream.ts';
import { declarersOf, leadersTo, ofHttp, ofLocation, ofServer, openUses } from './conf-users.ts';
import { PLACE } from './quote.ts';
import { render } from './templates.ts';
import { writtenUpstreams } from './written-upstreams.ts';

import type { Uses, WrittenText } from './conf-users.ts';
import type { Configuration } from './configuration.ts';
import type { Provenance } from '../diagnostics/provenance.ts';
import type { Server, Upstream } from '../routing/model.ts';

/** What a line of our nginx.conf came from. */
export interface ConfPlace {
  /** Who made the block that it is in. */
  readonly from: readonly Provenance[];
  /** Who asks for it. */
  readonly users: readonly Provenance[];
  /** Whether each of the users does, or at least one of them. */
  readonly isEach: boolean;
}

/**
 * Finds what a line (from 1) of nginx.conf came from; undefined for what is common to all. The first question is slow:
 * a rendering keeps nothing for the sake of complaints but how long its parts are.
 */
export function openPlaces(configuration: Configuration): (line: number | undefined) => ConfPlace | undefined {
  const { bytes, head, lengths } = configuration;
  const starts = once(() => lineStarts(bytes));
  const uses = once(() => openUses(configuration));
  return line => {
    const offset = line === undefined ? undefined : starts()[line - 1];
    if (offset === undefined) return undefined;
    if (offset < head) return placeInHead(offset, configuration, uses());
    let start = head;
    const blocks = blocksIn(uses());
    for (const [index, length] of lengths.entries()) {
      const end = start + length;
      const of = blocks[index];
      if (offset < end && of !== undefined) {
        if ('peers' in of) return { from: of.from, ...leadersTo(of.name, uses()) };
        const text = textOf(bytes.subarray(offset, endOfLine(offset, bytes)));
        return placeInServer({ index: linesOf(textOf(bytes.subarray(start, offset))), text }, of, uses());
      }
      start = end;
    }
    return placeInStreams(textOf(bytes.subarray(start, endOfLine(offset, bytes))), configuration);
  };
}

/** The upstreams that are declared and the servers, in their order. */
function blocksIn({ routing, context }: Uses): readonly (Upstream | Server)[] {
  return [...writtenUpstreams(routing, context.ways), ...routing.servers];
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** Of what policies declare there. */
function placeInHead(
  offset: number,
  { bytes, head, gathered, context }: Configuration,
  uses: Uses,
): ConfPlace | undefined {
  const line = textOf(bytes.subarray(offset, endOfLine(offset, bytes)));
  const set = gathered.sets.find(({ tag }) => line.startsWith(`    ${tag} `));
  if (set !== undefined) return declared(`${set.of} ${set.tag}`, uses);
  const text = textOf(bytes.subarray(0, head));
  const place = textOf(bytes.subarray(0, offset)).length;
  const found = gathered.texts.find(declaration => {
    const own = declaredText(declaration, gathered, context);
    const start = text.indexOf(`\n${own}\n`) + 1;
    return start > 0 && place >= start && place < start + own.length;
  });
  return found === undefined ? written(ofHttp(uses), line) : declared(found.mark, uses);
}

function declared(mark: string, uses: Uses, server?: Server): ConfPlace {
  const users = declarersOf(mark, uses, server);
  return { from: users, users, isEach: true };
}

/** A line of a server: its number in the text of it, from 0, and what it says. */
interface ServerLine {
  readonly index: number;
  readonly text: string;
}

function placeInServer({ index: line, text }: ServerLine, server: Server, uses: Uses): ConfPlace {
  const { view, shown } = serverView(server, uses.routing, uses.context);
  const whole = { from: server.from, users: server.from, isEach: false };
  const [begin = '', end = ''] = render('server.conf', {
    server: { ...view, locations: [], moreLocations: PLACE },
  }).split(`${PLACE}\n`);
  // Above it is an empty line.
  let next = linesOf(begin) + 1;
  if (line < next) return written(ofServer(server, uses), text) ?? whole;
  for (const [index, location] of view.locations.entries()) {
    next += linesOf(render('locations.conf', { server: { locations: [location] } }));
    const from = shown[index]?.from ?? [];
    // One that no Ingress made counts as part of its server.
    const own = line < next ? written(ofLocation(shown[index], uses), text) : undefined;
    if (own !== undefined) return own;
    if (line < next) return from.length === 0 ? whole : { from, users: from, isEach: true };
  }
  const above = end.split('\n').slice(0, line - next + 1);
  const internal = view.internal?.findLast(({ place }) => above.some(each => each.includes(` ${place} {`)));
  return internal === undefined ? whole : declared(`location ${internal.place}`, uses, server);
}

/** Who wrote a line of a snippet, word for word. */
function written(texts: readonly WrittenText[], line: string): ConfPlace | undefined {
  const found = texts.find(({ text }) => text.includes(`\n${line}\n`));
  return found && { from: found.from, users: found.from, isEach: true };
}

/** @param text of the end of a configuration, up to the line that is asked for */
function placeInStreams(text: string, { routing }: Configuration): ConfPlace | undefined {
  const { streams, passthroughs, streamSnippets = [] } = routing;
  const last = text.slice(text.lastIndexOf('\n', text.length - 2) + 1).replace(/\n$/, '');
  const own = streamSnippets.map(each => ({ text: `\n${snippetLines(each) ?? ''}\n`, from: each.from }));
  const snippet = written(own, last);
  if (snippet !== undefined) return snippet;
  const [, ...lines] = text.slice(Math.max(0, text.indexOf('\nstream {'))).split('\n');
  const block = lines.findLastIndex(line => /^ {2}(?:upstream .*|server) \{$/.test(line));
  const upstream = /^ {2}upstream (\S+) \{$/.exec(lines[block] ?? '')?.[1];
  const passed = passthroughs.find(each => passedUpstream(each) === upstream);
  if (passed !== undefined) return { from: passed.from, users: passed.from, isEach: false };
  const servers = lines.filter(line => line === '  server {').length;
  const stream =
    upstream === undefined ? streams[servers - 1] : streams.find(each => streamUpstream(each) === upstream);
  return stream === undefined ? undefined : { from: [stream.from], users: [stream.from], isEach: true };
}

const LINE_END = 10;

/** Where each line begins. */
function lineStarts(bytes: Uint8Array): readonly number[] {
  const starts = [0];
  for (let end = bytes.indexOf(LINE_END); end !== -1; end = bytes.indexOf(LINE_END, end + 1)) starts.push(end + 1);
  return starts;
}

function endOfLine(offset: number, bytes: Uint8Array): number {
  const end = bytes.indexOf(LINE_END, offset);
  return end === -1 ? bytes.length : end;
}

function linesOf(text: string): number {
  return text.split('\n').length - 1;
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
