import { isIP } from 'node:net';
import type { Cluster } from '../cluster/cluster.ts';
import { keyOfObject } from '../cluster/object-name.ts';
import type { EndpointPort, EndpointSet, PortRef, Service, ServicePort } from '../resources/model.ts';
import type { Peer } from '../routing/model.ts';

/** A port as people write it. */
export function portText(port: PortRef): string {
  return 'name' in port ? port.name : String(port.number);
}

/** The port of the pods as the Service says it: without a target port it is the port itself, as in the API server. */
export function targetPortOf({ targetPort, port }: ServicePort): number | string {
  return targetPort ?? port;
}

/**
 * The port of a Service that a backend means: its number, its target port or its name is the text of the backend.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/controller.go, serviceEndpoints.
 */
export function findServicePort(service: Service, port: PortRef): ServicePort | undefined {
  const text = portText(port);
  return service.ports.find(
    candidate =>
      candidate.protocol === 'TCP' &&
      (String(candidate.port) === text || String(targetPortOf(candidate)) === text || candidate.name === text),
  );
}

/** How ports of an endpoint group are chosen. */
interface PortChoice {
  /** The number of a port of the group; undefined if it is not meant. */
  readonly choose: (port: EndpointPort) => number | undefined;
  /** The port of a group that lists none. */
  readonly whenNone: number | undefined;
}

/**
 * By name; a Service port without name takes any; a target port that is a number is the last resort.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/endpointslices.go, getEndpointsFromSlices.
 */
function byServicePort(servicePort: ServicePort): PortChoice {
  const target = targetPortOf(servicePort);
  const whenNone = typeof target === 'number' ? target : undefined;
  const choose = (port: EndpointPort): number | undefined => {
    if (port.protocol !== servicePort.protocol) return undefined;
    const isMeant = servicePort.name === undefined || servicePort.name === (port.name ?? '');
    return (isMeant ? port.port : undefined) ?? whenNone;
  };
  return { choose, whenNone };
}

/** Without a Service: by port name, else by number, else the only port. */
function byPortRef(sets: readonly EndpointSet[], wanted: PortRef): PortChoice {
  const isTcp = (port: EndpointPort): boolean => port.protocol === 'TCP';
  const ports = sets.flatMap(set => set.groups.flatMap(group => group.ports)).filter(isTcp);
  const text = portText(wanted);
  const tests: readonly ((port: EndpointPort) => boolean)[] = [
    port => port.name === text,
    port => String(port.port) === text,
    () => new Set(ports.map(port => port.port)).size === 1,
  ];
  const isMeant = tests.find(test => ports.some(test)) ?? (() => false);
  return { choose: port => (isTcp(port) && isMeant(port) ? port.port : undefined), whenNone: undefined };
}

function peerOrder(a: Peer, b: Peer): number {
  if (a.address !== b.address) return a.address < b.address ? -1 : 1;
  return a.port - b.port;
}

/**
 * The ready endpoints of all sets of a Service, without doubles, in a stable order. Names, which slices of type FQDN
 * hold, are left out: nginx would not start if one could not be found.
 */
function readyPeers(sets: readonly EndpointSet[], { choose, whenNone }: PortChoice): readonly Peer[] {
  const peers = new Map<string, Peer>();
  for (const { ports, endpoints } of sets.flatMap(set => set.groups)) {
    const numbers = new Set(ports.length === 0 ? [whenNone] : ports.map(choose));
    for (const { address, isReady } of endpoints) {
      if (!isReady || isIP(address) === 0) continue;
      for (const port of numbers) if (port !== undefined) peers.set(`${address} ${port}`, { address, port });
    }
  }
  return [...peers.values()].toSorted(peerOrder);
}

/** The ready endpoints behind a port of a Service. */
export function peersOfPort(cluster: Cluster, service: Service, port: ServicePort): readonly Peer[] {
  const sets = cluster.endpoints.get(keyOfObject(service.namespace, service.name)) ?? [];
  return readyPeers(sets, byServicePort(port));
}

/** The ready endpoints of a Service that is not in the input itself. */
export function peersWithoutService(sets: readonly EndpointSet[], port: PortRef): readonly Peer[] {
  return readyPeers(sets, byPortRef(sets, port));
}
