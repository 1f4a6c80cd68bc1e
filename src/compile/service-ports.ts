import type { Cluster } from '../cluster/cluster.ts';
import { keyOfObject } from '../cluster/object-name.ts';
import type { EndpointPort, EndpointSet, PortRef, Service, ServicePort } from '../resources/model.ts';
import type { Peer } from '../routing/model.ts';

/** A port as people write it. */
export function portText(port: PortRef): string {
  return 'name' in port ? port.name : String(port.number);
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
      (String(candidate.port) === text || String(candidate.targetPort) === text || candidate.name === text),
  );
}

/** What chooses a port of an endpoint group: its number there, or undefined if the port is not meant. */
type PortChoice = (port: EndpointPort) => number | undefined;

/**
 * By name; a Service port without name takes any; a target port that is a number is the last resort.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/endpointslices.go, getEndpointsFromSlices.
 */
function byServicePort(servicePort: ServicePort): PortChoice {
  const fallback = typeof servicePort.targetPort === 'number' ? servicePort.targetPort : undefined;
  return port => {
    if (port.protocol !== servicePort.protocol) return undefined;
    const isMeant = servicePort.name === undefined || servicePort.name === (port.name ?? '');
    return (isMeant ? port.port : undefined) ?? fallback;
  };
}

/** Without a Service: by port name, else by number, else the only port. */
function byPortRef(sets: readonly EndpointSet[], wanted: PortRef): PortChoice {
  const ports = sets.flatMap(set => set.groups.flatMap(group => group.ports)).filter(port => port.protocol === 'TCP');
  const text = portText(wanted);
  const isTcp = (port: EndpointPort): boolean => port.protocol === 'TCP';
  if (ports.some(port => port.name === text))
    return port => (isTcp(port) && port.name === text ? port.port : undefined);
  if (ports.some(port => String(port.port) === text)) {
    return port => (isTcp(port) && String(port.port) === text ? port.port : undefined);
  }
  const isOnly = new Set(ports.map(port => port.port)).size === 1;
  return port => (isOnly && isTcp(port) ? port.port : undefined);
}

function peerOrder(a: Peer, b: Peer): number {
  if (a.address !== b.address) return a.address < b.address ? -1 : 1;
  return a.port - b.port;
}

/** The ready endpoints of all sets of a Service, without doubles, in a stable order. */
function readyPeers(sets: readonly EndpointSet[], choose: PortChoice): readonly Peer[] {
  const peers = new Map<string, Peer>();
  for (const { ports, endpoints } of sets.flatMap(set => set.groups)) {
    const numbers = new Set(ports.map(choose).filter(port => port !== undefined));
    for (const { address, isReady } of endpoints) {
      if (!isReady) continue;
      for (const port of numbers) peers.set(`${address} ${port}`, { address, port });
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
