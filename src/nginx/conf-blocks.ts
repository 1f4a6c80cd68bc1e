import { streamUpstream } from './blocks/stream.ts';
import type { Provenance } from '../diagnostics/provenance.ts';
import type { Location, Routing, Server, Stream, Upstream } from '../routing/model.ts';

/** A block of our nginx.conf. */
export interface ConfBlock {
  readonly kind: 'server' | 'location' | 'upstream' | 'stream';
  /** Of an upstream; empty for the others. */
  readonly name: string;
  readonly from: readonly Provenance[];
}

/** The block around each of the lines (from 1) of `conf`, our own nginx.conf made from `routing`. */
export function blocksAt(conf: string, wanted: ReadonlySet<number>, routing: Routing): ReadonlyMap<number, ConfBlock> {
  const found = new Map<number, ConfBlock>();
  if (wanted.size === 0) return found;
  const read = blockReader(routing);
  for (const [index, line] of conf.split('\n').entries()) {
    const block = read(line);
    if (block !== undefined && wanted.has(index + 1)) found.set(index + 1, block);
  }
  return found;
}

/**
 * Takes line after line and says which block each is in. The text is our own: indentation tells the blocks, which come
 * in the order of the Routing, and no value holds a line end.
 */
function blockReader({ servers, upstreams, streams }: Routing): (line: string) => ConfBlock | undefined {
  const upstreamsByName = new Map(upstreams.map(upstream => [upstream.name, upstream]));
  const streamsByUpstream = new Map(streams.map(stream => [streamUpstream(stream), stream]));
  const nextServer = servers.values();
  const nextStream = streams.values();
  let server: Server | undefined;
  let nextLocation: IterableIterator<Location> | undefined;
  let isStream = false;
  let current: ConfBlock | undefined;
  return line => {
    if (line === 'stream {') isStream = true;
    else if (line.startsWith('    upstream ')) {
      const name = line.slice(13, -2);
      current = isStream ? streamBlock(streamsByUpstream.get(name)) : upstreamBlock(name, upstreamsByName);
    } else if (line === '    server {' && isStream) {
      current = streamBlock(nextStream.next().value);
    } else if (line === '    server {') {
      server = nextServer.next().value;
      nextLocation = server?.locations.values();
      current = { kind: 'server', name: '', from: server?.from ?? [] };
    } else if (line.startsWith('        location ')) {
      current = locationBlock(nextLocation?.next().value, server);
    }
    return current;
  };
}

function streamBlock(stream: Stream | undefined): ConfBlock {
  return { kind: 'stream', name: '', from: stream === undefined ? [] : [stream.from] };
}

function upstreamBlock(name: string, upstreams: ReadonlyMap<string, Upstream>): ConfBlock {
  return { kind: 'upstream', name, from: upstreams.get(name)?.from ?? [] };
}

/** A location that no Ingress made counts as part of its server. */
function locationBlock(location: Location | undefined, server: Server | undefined): ConfBlock {
  if (location === undefined || location.from.length === 0)
    return { kind: 'server', name: '', from: server?.from ?? [] };
  return { kind: 'location', name: '', from: location.from };
}
