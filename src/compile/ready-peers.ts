import { isIP } from '../json/ip.ts';
import type { EndpointGroup, EndpointPort, EndpointSet, PortRef, Service, ServicePort } from '../resources/model.ts';
import type { Peer } from '../routing/model.ts';
import { portText, positionOf, targetPortOf } from './service-ports.ts';

/** What is known of the endpoints of a backend. */
export interface FoundPeers {
  /** Without doubles, in a stable order. */
  readonly ready: readonly Peer[];
  /** How many more there are. */
  readonly notReady: number;
}

export const NO_PEERS: FoundPeers = { ready: [], notReady: 0 };

/**
 * So many peers, or so many ports of each address, a Service may come to: every port of a Service is an upstream with
 * all its endpoints, so that both together grow with the square of the input.
 */
const MOST_PEERS = 20_000;
const MOST_PORTS = 20;

/** Ports of a group of endpoints: by protocol, and with it by name and by number (`TCP http`, `TCP #8080`). */
type PortsByKey = ReadonlyMap<string, readonly EndpointPort[]>;

const knownPorts = new WeakMap<EndpointGroup, PortsByKey>();
const knownCounts = new WeakMap<readonly EndpointSet[], number>();

function portsOf(group: EndpointGroup): PortsByKey {
  const known = knownPorts.get(group);
  if (known !== undefined) return known;
  const byKey = new Map<string, EndpointPort[]>();
  for (const port of group.ports) {
    for (const key of [port.protocol, `${port.protocol} ${port.name ?? ''}`, `${port.protocol} #${port.port}`]) {
      const list = byKey.get(key);
      if (list === undefined) byKey.set(key, [port]);
      else list.push(port);
    }
  }
  knownPorts.set(group, byKey);
  return byKey;
}

/** So many ports are looked through faster than an index is made. */
const FEW = 8;

/** The ports of a group with a protocol, and those of them with a name; a missing one is that of any. */
function namedPorts(
  group: EndpointGroup,
  { protocol, name }: Pick<ServicePort, 'protocol' | 'name'>,
): { readonly all: readonly EndpointPort[]; readonly meant: readonly EndpointPort[] } {
  const isFew = group.ports.length <= FEW;
  const all = isFew ? group.ports.filter(port => port.protocol === protocol) : (portsOf(group).get(protocol) ?? []);
  if (name === undefined) return { all, meant: all };
  const meant = isFew ? all.filter(port => (port.name ?? '') === name) : portsOf(group).get(`${protocol} ${name}`);
  return { all, meant: meant ?? [] };
}

/** How many endpoints there are, ready or not. */
function countOf(sets: readonly EndpointSet[]): number {
  let count = knownCounts.get(sets);
  if (count === undefined) {
    count = 0;
    for (const { groups } of sets) for (const { endpoints } of groups) count += endpoints.length;
    knownCounts.set(sets, count);
  }
  return count;
}

function groupsOf(sets: readonly EndpointSet[]): readonly EndpointGroup[] {
  const [only] = sets;
  return only !== undefined && sets.length === 1 ? only.groups : sets.flatMap(({ groups }) => groups);
}

/** The numbers of a group's ports that are meant, without doubles. */
type Choice = (group: EndpointGroup) => readonly number[];

/**
 * By name; a Service port without name takes any; a target port that is a number is the last resort.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/endpointslices.go, getEndpointsFromSlices.
 */
function byServicePort(servicePort: ServicePort): Choice {
  const target = targetPortOf(servicePort);
  const lastResort = typeof target === 'number' ? target : undefined;
  return group => {
    if (group.ports.length === 0) return numbersOf([lastResort]);
    const { all, meant } = namedPorts(group, servicePort);
    const numbers = meant.map(({ port }) => port ?? lastResort);
    return numbersOf(all.length > meant.length ? [...numbers, lastResort] : numbers);
  };
}

function numbersOf(ports: readonly (number | undefined)[]): readonly number[] {
  const numbers = ports.filter(port => port !== undefined);
  return numbers.length < 2 ? numbers : [...new Set(numbers)];
}

/** What the TCP ports of endpoints are called, for whoever has no Service to ask. */
interface PortNames {
  readonly names: ReadonlySet<string>;
  readonly numbers: ReadonlySet<string>;
}

const knownNames = new WeakMap<readonly EndpointSet[], PortNames>();

function namesOf(sets: readonly EndpointSet[]): PortNames {
  const known = knownNames.get(sets);
  if (known !== undefined) return known;
  const names = new Set<string>();
  const numbers = new Set<string>();
  for (const group of groupsOf(sets)) {
    for (const { name, port } of portsOf(group).get('TCP') ?? []) {
      if (name !== undefined) names.add(name);
      numbers.add(String(port));
    }
  }
  const all = { names, numbers };
  knownNames.set(sets, all);
  return all;
}

/** Without a Service: by port name, else by number, else the only port. */
function byPortRef(sets: readonly EndpointSet[], wanted: PortRef): Choice {
  const { names, numbers } = namesOf(sets);
  const text = portText(wanted);
  const key = names.has(text) ? `TCP ${text}` : numbers.has(text) ? `TCP #${text}` : 'TCP';
  if (key === 'TCP' && numbers.size !== 1) return () => [];
  return group => numbersOf((portsOf(group).get(key) ?? []).map(({ port }) => port));
}

function peerOrder(a: Peer, b: Peer): number {
  if (a.address !== b.address) return a.address < b.address ? -1 : 1;
  return a.port - b.port;
}

/** Host names, which slices of type FQDN hold, are left out: nginx would not start if one could not be found. */
function isAddress(text: string): boolean {
  return isIP(text) !== 0;
}

/** Without doubles, in a stable order. */
function inOrder(peers: readonly Peer[]): readonly Peer[] {
  const sorted = peers.toSorted(peerOrder);
  const isDouble = (peer: Peer, index: number): boolean => {
    const before = sorted[index - 1];
    return before !== undefined && peerOrder(before, peer) === 0;
  };
  return sorted.some(isDouble) ? sorted.filter((peer, index) => !isDouble(peer, index)) : sorted;
}

/** The endpoints of all sets of a Service; undefined where they are more than anybody means. */
function readyPeers(sets: readonly EndpointSet[], choose: Choice): FoundPeers | undefined {
  const peers: Peer[] = [];
  const others: Peer[] = [];
  let seen = 0;
  for (const group of groupsOf(sets)) {
    const numbers = choose(group);
    seen += numbers.length * group.endpoints.length;
    if (seen > MOST_PEERS && seen > MOST_PORTS * countOf(sets)) return undefined;
    for (const { address, isReady } of group.endpoints) {
      if (!isAddress(address)) continue;
      const found = isReady ? peers : others;
      for (const port of numbers) found.push({ address, port });
    }
  }
  return { ready: peers.length < 2 ? peers : inOrder(peers), notReady: countBesides(peers, others) };
}

/** How many of the others are not among the peers: while a pod moves between two slices, it stands in both. */
function countBesides(peers: readonly Peer[], others: readonly Peer[]): number {
  if (others.length === 0) return 0;
  const ready = new Set(peers.map(keyOfPeer));
  return new Set(others.map(keyOfPeer).filter(key => !ready.has(key))).size;
}

function keyOfPeer({ address, port }: Peer): string {
  return `${address} ${port}`;
}

/** Whether all ready endpoints are host names. */
export function areNames(sets: readonly EndpointSet[]): boolean {
  const ready = sets.flatMap(set => set.groups.flatMap(group => group.endpoints)).filter(({ isReady }) => isReady);
  return ready.length > 0 && !ready.some(({ address }) => isAddress(address));
}

/** The ready endpoints behind a port of a Service. */
export function peersOfPort(sets: readonly EndpointSet[], service: Service, port: ServicePort): FoundPeers | undefined {
  // Which of the ports are too many must not depend on who names them first.
  const position = positionOf(service, port);
  if (position >= MOST_PORTS && position >= Math.floor(MOST_PEERS / Math.max(1, countOf(sets)))) return undefined;
  return readyPeers(sets, byServicePort(port));
}

/** The ready endpoints of a Service that is not in the input itself. */
export function peersWithoutService(sets: readonly EndpointSet[], port: PortRef): FoundPeers | undefined {
  const { numbers } = namesOf(sets);
  if (numbers.size > MOST_PORTS && numbers.size * countOf(sets) > MOST_PEERS) return undefined;
  return readyPeers(sets, byPortRef(sets, port));
}
