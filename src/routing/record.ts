import type { ObjectName } from '../diagnostics/place.ts';
import { objectText } from '../diagnostics/place.ts';
import type { Provenance } from '../diagnostics/provenance.ts';
import { isCount, isList, isListOf, isRecord, isText } from '../json/value.ts';
import type { Location, Routing, Server, Target } from './model.ts';
import type { Asker } from './policies.ts';

const FORMAT_VERSION = 1;

/**
 * A routing as a line of JSON that is kept beside what was made of it: without its files, which are secret, and of who
 * asked for something the object alone, so that lines may move. What many locations share is written once.
 */
export function recordOf(routing: Routing): string {
  const recorder = newRecorder();
  const recorded = recordedRouting(routing, recorder);
  const { objects, asked, sets } = recorder;
  const tables = { objects: objects.all, asked: asked.all, sets: sets.all };
  return JSON.stringify({ formatVersion: FORMAT_VERSION, ...tables, routing: recorded });
}

type Recorder = ReturnType<typeof newRecorder>;

function newRecorder() {
  const objects = table<ObjectName, ObjectName>(each => each, objectText);
  const askerOf = (asker: Asker): readonly unknown[] =>
    asker.by === 'default' ? [asker.name] : [asker.name, asker.by, objects.placeOf(asker.at.resource)];
  const asked = table<AskedPolicy, object>(({ asks, from }) => ({ asks, from: from.map(askerOf) }));
  const sets = table<object, object>(policies => {
    const places: Record<string, number> = {};
    for (const [name, applied] of Object.entries(policies)) places[name] = asked.placeOf(applied);
    return places;
  });
  const placesOf = (from: readonly Provenance[]): readonly number[] =>
    from.map(({ resource }) => objects.placeOf(resource));
  return { objects, asked, sets, placesOf, policiesOf: sets.placeOf };
}

function recordedRouting(routing: Routing, recorder: Recorder): unknown {
  const { placesOf, policiesOf } = recorder;
  const { files: _, servers, upstreams, main, http, ...others } = routing;
  const { splits, streams, streamSnippets = [], passthroughs, ...rest } = others;
  return {
    ...rest,
    main: policiesOf(main),
    http: policiesOf(http),
    servers: servers.map(server => recordedServer(server, recorder)),
    upstreams: upstreams.map(({ name, service, protocol, peers, policies, from }) => ({
      name,
      service,
      protocol,
      peers,
      policies: policiesOf(policies),
      from: placesOf(from),
    })),
    splits: splits.map(({ from, ...split }) => ({ ...split, from: placesOf(from) })),
    streams: streams.map(({ from, ...stream }) => ({ ...stream, from: placesOf([from])[0] })),
    streamSnippets: streamSnippets.map(({ from, ...snippet }) => ({ ...snippet, from: placesOf(from) })),
    passthroughs: passthroughs.map(({ from, ...passed }) => ({ ...passed, from: placesOf(from) })),
  };
}

/** Who asked for a redirect is found by its Ingress. */
function recordedTarget(target: Target): Target {
  if (target.kind !== 'redirect' || target.from === undefined) return target;
  const { from: _, ...others } = target;
  return others;
}

function recordedServer(
  { locations, policies, from, regexFrom, ...server }: Server,
  { placesOf, policiesOf }: Recorder,
): unknown {
  // Field by field: there are many of them, and to take an object apart is slow.
  const locationOf = ({ match, path, policies: own, target, written, from: asking }: Location): unknown => ({
    match,
    path,
    policies: policiesOf(own),
    target: recordedTarget(target),
    written,
    from: placesOf(asking),
  });
  return {
    ...server,
    policies: policiesOf(policies),
    from: placesOf(from),
    ...(regexFrom === undefined ? {} : { regexFrom: placesOf([regexFrom])[0] }),
    locations: locations.map(locationOf),
  };
}

interface AskedPolicy {
  readonly asks: object;
  readonly from: readonly Asker[];
}

/** What is written once, and where it is. The same object is looked up by itself, others by a text, if there is one. */
function table<T extends object, Written>(write: (value: T) => Written, textOf?: (value: T) => string) {
  const known = new Map<object | string, number>();
  const all: Written[] = [];
  const placeOf = (value: T): number => {
    const found = known.get(value);
    if (found !== undefined) return found;
    const text = textOf?.(value);
    const place = (text === undefined ? undefined : known.get(text)) ?? all.push(write(value)) - 1;
    known.set(value, place);
    if (text !== undefined) known.set(text, place);
    return place;
  };
  return { all, placeOf };
}

/** The routing of such a record, without files; undefined where it is of another version, or no record. */
export function readRecord(value: unknown): Routing | undefined {
  if (!isRecord(value) || value['formatVersion'] !== FORMAT_VERSION) return undefined;
  const { objects, asked, sets, routing } = value;
  if (!isListOf(isObjectName, objects) || !isListOf(isRecord, asked) || !isListOf(isRecord, sets)) return undefined;
  if (!isRecord(routing) || !isWhole(routing)) return undefined;
  const whose = objects.map(resource => ({ resource, field: { document: '', path: [] } }));
  const applied = asked.map(({ asks, from }) => ({ asks, from: listOf(from).map(each => askerIn(each, whose)) }));
  const policies = sets.map(set =>
    Object.fromEntries(Object.entries(set).map(([name, place]) => [name, isCount(place) ? applied[place] : undefined])),
  );
  return expanded(JSON.stringify(routing), { whose, policies });
}

/** Somebody may have edited the file: all parts must be there, at least. */
function isWhole(routing: Readonly<Record<string, unknown>>): boolean {
  const { listeners, defaultCertificate, servers } = routing;
  const lists = ['resolvers', 'upstreams', 'splits', 'streams', 'streamSnippets', 'passthroughs'];
  const isServer = (server: unknown): boolean =>
    isRecord(server) && isText(server['host']) && isListOf(isRecord, server['locations']);
  return (
    isRecord(listeners) &&
    isRecord(defaultCertificate) &&
    lists.every(name => isList(routing[name])) &&
    isList(servers) &&
    servers.every(isServer)
  );
}

function listOf(value: unknown): readonly unknown[] {
  return isList(value) ? value : [];
}

interface Tables {
  readonly whose: readonly Provenance[];
  readonly policies: readonly unknown[];
}

const OF_OBJECTS: ReadonlySet<string> = new Set(['from', 'regexFrom']);
const OF_POLICIES: ReadonlySet<string> = new Set(['policies', 'main', 'http']);

/** Puts what stands in the tables where it belongs. */
function expanded(text: string, { whose, policies }: Tables): Routing {
  const routing = JSON.parse(text, (name, value) => {
    if (OF_POLICIES.has(name) && isCount(value)) return policies[value];
    if (!OF_OBJECTS.has(name)) return value;
    return isCount(value) ? whose[value] : listOf(value).map(each => (isCount(each) ? whose[each] : each));
  });
  return { ...routing, files: [] };
}

function askerIn(value: unknown, whose: readonly Provenance[]): unknown {
  const [name, by, place] = listOf(value);
  return by === undefined ? { by: 'default', name } : { by, name, at: isCount(place) ? whose[place] : undefined };
}

function isObjectName(value: unknown): value is ObjectName {
  return isRecord(value) && isText(value['kind']) && isText(value['name']);
}
