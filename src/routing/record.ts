import type { ObjectName } from '../diagnostics/place.ts';
import type { Provenance } from '../diagnostics/provenance.ts';
import type { Location, Peers, Routing, Server, Target, Upstream, WrittenPath } from './model.ts';
import type { Applied, Asker } from './policies.ts';
import { FORMAT_VERSION, PATH_TYPES, SIGNS } from './record-format.ts';

/**
 * A routing as a line of JSON that is kept beside what was made of it: without its files, which are secret, and of who
 * asked for something the object alone, so that lines may move. Every render writes one, so that it must cost little:
 * what there is many of stands in lists without names, and what many share is written once and looked up by its place.
 */
export function recordOf(routing: Routing): string {
  const { files: _, main, http, servers, upstreams, ...others } = routing;
  const { splits, streams, streamSnippets = [], passthroughs, ...rest } = others;
  const tables = newTables(upstreams);
  const { sets, applied, asks, targets, objects } = tables;
  return JSON.stringify({
    formatVersion: FORMAT_VERSION,
    rest,
    main: sets.placeOf(main),
    http: sets.placeOf(http),
    servers: servers.map(server => serverRow(server, tables)),
    upstreams: upstreams.map(upstream => upstreamRow(upstream, tables)),
    splits: splits.map(split => ({ ...split, from: fromPart(split.from, tables) })),
    streams: streams.map(stream => ({ ...stream, from: fromPart([stream.from], tables) })),
    streamSnippets: streamSnippets.map(snippet => ({ ...snippet, from: fromPart(snippet.from, tables) })),
    passthroughs: passthroughs.map(passed => ({ ...passed, from: fromPart(passed.from, tables) })),
    // All of the above has filled them.
    sets: sets.rows,
    applied: applied.rows,
    asks: asks.rows,
    targets: targets.rows,
    objects: objects.rows,
  });
}

type Row = readonly unknown[];
type Tables = ReturnType<typeof newTables>;

function newTables(upstreams: readonly Upstream[]) {
  const objects = table(objectRow);
  const asks = table((value: object) => value, JSON.stringify);
  const askerRow = (asker: Asker): Row => {
    if (asker.by === 'default') return [asker.name];
    const place = objects.placeOf(asker.at.resource);
    return asker.by === 'option' ? [asker.name, place, 1] : [asker.name, place];
  };
  const applied = table((value: Applied<object>): Row => [asks.placeOf(value.asks), ...value.from.map(askerRow)]);
  const sets = table((policies: Readonly<Record<string, Applied<object>>>): object => {
    const places: Record<string, number> = {};
    for (const [name, policy] of Object.entries(policies)) places[name] = applied.placeOf(policy);
    return places;
  });
  const targets = table(withoutAskers, JSON.stringify);
  const placeOfUpstream = new Map(upstreams.map(({ name }, place) => [name, place]));
  return { objects, asks, applied, sets, targets, placeOfUpstream };
}

function objectRow({ kind, namespace, name }: ObjectName): Row {
  return namespace === undefined ? [kind, name] : [kind, name, namespace];
}

/** Who asked for a redirect is found by its Ingress. */
function withoutAskers(target: Target): object {
  if (target.kind !== 'redirect') return target;
  const { from: _, ...others } = target;
  return others;
}

function serverRow(server: Server, tables: Tables): Row {
  const { host, certificate, policies, from, locations, aliases, regexFrom } = server;
  const set = tables.sets.placeOf(policies);
  const rows = locations.map(location => locationRow(location, tables));
  const row = [host, certificate, set, fromPart(from, tables), rows];
  if (regexFrom !== undefined) return [...row, aliases, tables.objects.placeOf(regexFrom.resource)];
  return aliases === undefined ? row : [...row, aliases];
}

function locationRow({ match, path, policies, target, written, from }: Location, tables: Tables): Row {
  // Asked here for what is known: the same function for all tables is slow.
  const set = tables.sets.places.get(policies) ?? tables.sets.placeOf(policies);
  const to = targetPart(target, tables);
  const asking = fromPart(from, tables);
  if (written === undefined) return [SIGNS[match], path, set, to, asking];
  const code = writtenCode(written);
  if (written.path === path) return [SIGNS[match], path, set, to, asking, code];
  const isFolder = path.length === written.path.length + 1 && path.endsWith('/') && path.startsWith(written.path);
  return [SIGNS[match], path, set, to, asking, code, isFolder ? 1 : written.path];
}

/** All of it but the path, in one digit or two. */
function writtenCode({ pathType, isStored, isGuarded }: WrittenPath): number {
  return 4 * PATH_TYPES.indexOf(pathType) + (isStored === true ? 2 : 0) + (isGuarded === true ? 1 : 0);
}

/** Nearly all lead to an upstream: its place alone. */
function targetPart(target: Target, { targets, placeOfUpstream }: Tables): number | Row {
  const upstream = target.kind === 'proxy' && target.to.kind === 'upstream' ? target.to.name : undefined;
  const place = upstream === undefined ? undefined : placeOfUpstream.get(upstream);
  return place ?? [targets.placeOf(target)];
}

function upstreamRow({ name, service, protocol, peers, policies, from }: Upstream, tables: Tables): Row {
  const row = [name, service, peersPart(peers), tables.sets.placeOf(policies), fromPart(from, tables)];
  return protocol === undefined ? row : [...row, protocol];
}

/** Addresses and nothing else: each followed by its port. */
function peersPart(peers: Peers): object {
  if (peers.kind !== 'addresses' || peers.via !== undefined || peers.notReady !== undefined) return peers;
  const pairs: unknown[] = [];
  for (const { address, port } of peers.addresses) pairs.push(address, port);
  return pairs;
}

/** Nearly all came from one object: its place alone. */
function fromPart(from: readonly Provenance[], { objects }: Tables): number | Row {
  // To take a list apart is slow where it is done thousands of times.
  const first = from[0];
  if (first !== undefined && from.length === 1)
    return objects.places.get(first.resource) ?? objects.placeOf(first.resource);
  return from.map(({ resource }) => objects.placeOf(resource));
}

/** What is written once, and where it is. The same object is looked up by itself, others by their texts, if they have any. */
function table<T extends object, Written>(write: (value: T) => Written, textOf?: (written: Written) => string) {
  const places = new Map<T | string, number>();
  const rows: Written[] = [];
  const newPlace = (value: T): number => {
    const row = write(value);
    const text = textOf?.(row);
    const place = (text === undefined ? undefined : places.get(text)) ?? rows.push(row) - 1;
    if (text !== undefined) places.set(text, place);
    places.set(value, place);
    return place;
  };
  return { places, placeOf: (value: T): number => places.get(value) ?? newPlace(value), rows };
}
