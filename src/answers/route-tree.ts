import type { Provenance } from '../diagnostics/provenance.ts';
import type { ObjectName } from '../diagnostics/place.ts';
import { objectText } from '../diagnostics/place.ts';
import type {
  Location,
  Passthrough,
  Peers,
  Routing,
  Server,
  Split,
  Stream,
  Target,
  Upstream,
} from '../routing/model.ts';
import { splitAnswer } from './shares.ts';

/** A routing as people see it: hosts, and the paths that somebody wrote, each with where it leads. */
export interface Trunk {
  /** `host`: a host name, `_` for any other. `passed`: a host whose TLS connections are passed on. `port`: `TCP 5432`. */
  readonly kind: 'host' | 'passed' | 'port';
  readonly name: string;
  readonly server?: Server;
  readonly branches: readonly Branch[];
  /** What nobody asked for, such as the 404 of all other paths. */
  readonly unasked: readonly Branch[];
}

/** A path as its rule has it, with all locations that it became; or all connections to a port. */
export interface Branch {
  /** Unique among all branches of a routing, and the same in each run. */
  readonly id: string;
  /** Empty where there is none. */
  readonly path: string;
  /** `Prefix`, `Exact` …, or how nginx matches a path that no rule has. */
  readonly match: string;
  readonly locations: readonly Location[];
  /** The Ingresses that ask for it, the one that has the path first; of a port the ConfigMap. */
  readonly owners: readonly ObjectName[];
  readonly from: readonly Provenance[];
  readonly ends: readonly [End, ...End[]];
}

/** Where requests may end. */
export type End =
  | {
      readonly kind: 'backend';
      /** `shop/web:80`; undefined where the routing does not say. */
      readonly service: string | undefined;
      readonly upstream?: Upstream;
      readonly peers: Peers;
      /** Of the requests that no rule of a split decides on. */
      readonly percent: number;
      /** What is asked of a request before chance decides: `header X-Canary`. */
      readonly decidedBy: readonly string[];
    }
  | Extract<Target, { kind: 'status' | 'redirect' }>
  /** Connections are closed: nobody is there. */
  | { readonly kind: 'closed' };

/** In the order of the servers, then passed hosts, then ports. */
export function routeTree(routing: Routing): readonly Trunk[] {
  const tables = tablesOf(routing);
  return [
    ...routing.servers.map(server => trunkOf(server, tables)),
    ...routing.passthroughs.map(passedTrunk),
    ...routing.streams.map(portTrunk),
  ];
}

interface Tables {
  readonly upstreams: ReadonlyMap<string, Upstream>;
  readonly splits: ReadonlyMap<string, Split>;
}

function tablesOf({ upstreams, splits }: Routing): Tables {
  return {
    upstreams: new Map(upstreams.map(upstream => [upstream.name, upstream])),
    splits: new Map(splits.map(split => [split.name, split])),
  };
}

function trunkOf(server: Server, tables: Tables): Trunk {
  const branches = groupLocations(server.locations).map((locations, index): Branch => {
    const [first] = locations;
    const { from, written, match, path } = first;
    return {
      id: `${server.host} ${index}`,
      path: written?.path ?? path,
      match: written?.pathType ?? (match === 'regex' ? 'expression' : match),
      locations,
      owners: ownersOf([...from, ...splitSources(first, tables)]),
      from,
      ends: endsOf(first.target, tables),
    };
  });
  return {
    kind: 'host',
    name: server.host,
    server,
    branches: branches.filter(isAskedFor),
    unasked: branches.filter(branch => !isAskedFor(branch)),
  };
}

/** nginx answers 404 for what no rule has, and 200 for its own health. */
function isAskedFor({ locations, ends: [end] }: Branch): boolean {
  const isWritten = locations.some(({ written }) => written !== undefined);
  return isWritten || end.kind !== 'status' || (end.code !== 404 && end.code !== 200);
}

type Group = [Location, ...Location[]];

/** Locations of one written path that lead to the same place, such as `/a` and `/a/`, are one branch. */
function groupLocations(locations: readonly Location[]): readonly Group[] {
  const groups = new Map<unknown, Group[]>();
  const all: Group[] = [];
  for (const location of locations) {
    const alike = groups.get(location.written) ?? [];
    const group = location.written === undefined ? undefined : alike.find(([first]) => isAlike(first, location));
    if (group !== undefined) {
      group.push(location);
      continue;
    }
    const made: Group = [location];
    all.push(made);
    groups.set(location.written, [...alike, made]);
  }
  return all;
}

function isAlike(one: Location, other: Location): boolean {
  return targetKey(one.target) === targetKey(other.target) && firstField(one) === firstField(other);
}

function targetKey(target: Target): string {
  return target.kind === 'proxy' ? `to ${target.to.name}` : JSON.stringify(target);
}

/** Equal paths of several rules may be one object, but not the same rule. */
function firstField({ from: [first] }: Location): string {
  return first === undefined ? '' : JSON.stringify(first.field);
}

function splitSources({ target }: Location, { splits }: Tables): readonly Provenance[] {
  if (target.kind !== 'proxy' || target.to.kind !== 'split') return [];
  return splits.get(target.to.name)?.from ?? [];
}

/** Who asks, each once. */
function ownersOf(from: readonly Provenance[]): readonly ObjectName[] {
  const byText = new Map<string, ObjectName>();
  for (const { resource } of from) {
    const text = objectText(resource);
    if (!byText.has(text)) byText.set(text, resource);
  }
  return [...byText.values()];
}

function endsOf(target: Target, tables: Tables): Branch['ends'] {
  if (target.kind !== 'proxy') return [target];
  const { kind, name } = target.to;
  if (kind === 'upstream') return [backendOf({ name, percent: 100, decidedBy: [] }, tables)];
  const split = tables.splits.get(name);
  if (split === undefined) throw new Error(`no split ${name}`);
  const { shares, decidedBy } = splitAnswer(split);
  const [first, ...rest] = shares.map(({ upstream, percent }) =>
    backendOf({ name: upstream, percent, decidedBy }, tables),
  );
  if (first === undefined) throw new Error(`split ${name} leads nowhere`);
  return [first, ...rest];
}

interface Share {
  /** Of the upstream. */
  readonly name: string;
  readonly percent: number;
  readonly decidedBy: readonly string[];
}

function backendOf({ name, percent, decidedBy }: Share, { upstreams }: Tables): End {
  const upstream = upstreams.get(name);
  if (upstream === undefined) throw new Error(`no upstream ${name}`);
  const { service, peers } = upstream;
  return { kind: 'backend', service, upstream, peers, percent, decidedBy };
}

function passedTrunk({ host, to, from }: Passthrough): Trunk {
  const end: End =
    to === undefined
      ? { kind: 'closed' }
      : { kind: 'backend', service: to.service, peers: to.peers, percent: 100, decidedBy: [] };
  return portless('passed', host, { match: 'TLS passed through', from, ends: [end] });
}

function portTrunk({ protocol, port, peers, from }: Stream): Trunk {
  const end: End = { kind: 'backend', service: undefined, peers, percent: 100, decidedBy: [] };
  return portless('port', `${protocol} ${port}`, { match: 'all connections', from: [from], ends: [end] });
}

function portless(kind: 'passed' | 'port', name: string, rest: Pick<Branch, 'match' | 'from' | 'ends'>): Trunk {
  const branch = { id: `${kind} ${name}`, path: '', locations: [], owners: ownersOf(rest.from), ...rest };
  return { kind, name, branches: [branch], unasked: [] };
}
