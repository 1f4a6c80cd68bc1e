import type { BackendRef } from '../cluster/backend-ref.ts';
import { keyOfObject } from '../cluster/object-name.ts';
import type { Ingress, IngressBackend, PortRef, Protocol, Service, ServicePort } from '../resources/model.ts';

/** A port as people write it. */
export function portText(port: PortRef): string {
  return 'name' in port ? port.name : String(port.number);
}

/** The port of the pods as the Service says it: without a target port it is the port itself, as in the API server. */
export function targetPortOf({ targetPort, port }: ServicePort): number | string {
  return targetPort ?? port;
}

/** Ports of a Service by protocol and text (`TCP 80`); the first one has a text. */
interface PortIndex {
  /** As an Ingress names them: by number, target port or name. */
  readonly ofBackends: ReadonlyMap<string, ServicePort>;
  /** As the ConfigMaps of TCP and UDP ports name them: by number or name. */
  readonly ofStreams: ReadonlyMap<string, ServicePort>;
  readonly positions: ReadonlyMap<ServicePort, number>;
}

/** So many ports are looked through faster than an index is made. */
const FEW = 8;

function hasText(port: ServicePort, text: string, isOfBackend: boolean): boolean {
  if (String(port.port) === text || port.name === text) return true;
  return isOfBackend && String(targetPortOf(port)) === text;
}

/** A Service may have thousands of ports, each of which a path may name. */
const indexes = new WeakMap<Service, PortIndex>();

function indexOf(service: Service): PortIndex {
  const known = indexes.get(service);
  if (known !== undefined) return known;
  const ofBackends = new Map<string, ServicePort>();
  const ofStreams = new Map<string, ServicePort>();
  const add = (index: Map<string, ServicePort>, port: ServicePort, texts: readonly (string | undefined)[]): void => {
    for (const text of texts) {
      const key = `${port.protocol} ${text}`;
      if (text !== undefined && !index.has(key)) index.set(key, port);
    }
  };
  for (const port of service.ports) {
    add(ofBackends, port, [String(port.port), String(targetPortOf(port)), port.name]);
    add(ofStreams, port, [String(port.port), port.name]);
  }
  const positions = new Map(service.ports.map((port, position) => [port, position]));
  const index = { ofBackends, ofStreams, positions };
  indexes.set(service, index);
  return index;
}

/**
 * The port of a Service that is meant. Of an Ingress: its number, its target port or its name is the text of the backend;
 * of an entry of TCP or UDP ports (`stream`) its number or its name.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/controller.go, serviceEndpoints and getStreamServices.
 */
export function findServicePort(
  service: Service,
  { port, stream }: { readonly port: PortRef; readonly stream: Protocol | undefined },
): ServicePort | undefined {
  const text = portText(port);
  if (service.ports.length <= FEW) {
    const protocol = stream ?? 'TCP';
    return service.ports.find(each => each.protocol === protocol && hasText(each, text, stream === undefined));
  }
  const { ofBackends, ofStreams } = indexOf(service);
  return stream === undefined ? ofBackends.get(`TCP ${text}`) : ofStreams.get(`${stream} ${text}`);
}

/** The place of a port among those of its Service, from 0. */
export function positionOf(service: Service, port: ServicePort): number {
  if (service.ports.length <= FEW) return Math.max(0, service.ports.indexOf(port));
  return indexOf(service).positions.get(port) ?? 0;
}

/** The port of a Service that a backend names; undefined for what is no Service, or names no port. */
export function referenceOf({ namespace }: Ingress, backend: IngressBackend | undefined): BackendRef | undefined {
  if (backend?.kind !== 'service' || backend.port === undefined) return undefined;
  return { namespace, service: backend.service, port: backend.port };
}

/** `namespace/service:port`, as backends name it. */
export function keyOfBackend({ namespace, service, port }: BackendRef): string {
  return `${keyOfObject(namespace, service)}:${portText(port)}`;
}
