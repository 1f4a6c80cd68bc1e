import { isIP } from 'node:net';
import type { Cluster } from '../cluster/cluster.ts';
import { keyOfObject } from '../cluster/object-name.ts';
import type { PortRef, Service, ServicePort } from '../resources/model.ts';
import { reachForward, reachNodePort, throughForward } from './outside-cluster.ts';
import type { Reached } from './reached.ts';
import { nowhere, to } from './reached.ts';
import { missingService, missingServicePort, nameResolvedAtStart, noReadyEndpoints } from './rules.ts';
import { findServicePort, peersOfPort, peersWithoutService, portText, targetPortOf } from './service-ports.ts';
import type { CompileSettings } from './settings.ts';

export interface BackendRef {
  readonly namespace: string;
  readonly service: string;
  readonly port: PortRef;
}

export type BackendSettings = Pick<
  CompileSettings,
  'backendAddress' | 'clusterDomain' | 'resolvers' | 'nodeAddresses' | 'forwards'
>;

interface Lookup extends BackendRef {
  readonly cluster: Cluster;
  readonly settings: BackendSettings;
}

/** The DNS name that Kubernetes gives a Service, looked up while requests are served. */
function byDnsName({ namespace, service, settings }: Lookup, port: number): Reached {
  const host = `${service}.${namespace}.svc.${settings.clusterDomain}`;
  return { peers: { kind: 'name-at-request', host, port }, finding: undefined };
}

function clusterAddress(service: Service): string | undefined {
  return service.clusterIP === undefined || service.clusterIP === 'None' ? undefined : service.clusterIP;
}

/** The port that pods of a headless Service listen on, as far as the Service says it: its name leads to the pods. */
function dnsPort(service: Service, port: ServicePort): number {
  const target = targetPortOf(port);
  return service.clusterIP === 'None' && typeof target === 'number' ? target : port.port;
}

/** Resolvers answer that there is no such name (RFC 6761, 6.4); nginx would not start with it. */
function isNeverFound(host: string): boolean {
  return host === 'invalid' || host.endsWith('.invalid');
}

/**
 * The name that an ExternalName Service stands for; an address is taken as it is.
 * A port that the Service lists counts with its target port, another number as it is written in the Ingress.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/controller.go, externalNamePorts.
 */
function reachExternalName(service: Service, { port, settings }: Lookup): Reached {
  const name = keyOfObject(service.namespace, service.name);
  const found = findServicePort(service, port);
  const target = found === undefined ? undefined : targetPortOf(found);
  const number = typeof target === 'number' ? target : (found?.port ?? ('number' in port ? port.number : undefined));
  const host = (service.externalName ?? '').replace(/\.$/, '');
  if (number === undefined) {
    const help = 'list the port in the Service, or use its number';
    return nowhere(missingServicePort, `the Service ${name} has no port "${portText(port)}"`, help);
  }
  if (isIP(host) !== 0) return to([{ address: host, port: number }]);
  if (isNeverFound(host)) {
    const message = `the Service ${name} stands for "${host}", and names in .invalid lead nowhere`;
    return nowhere(noReadyEndpoints, message, 'give `externalName` a name that DNS knows');
  }
  if (settings.resolvers.length > 0)
    return { peers: { kind: 'name-at-request', host, port: number }, finding: undefined };
  const message = `nginx looks the name "${host}" of Service ${name} up when it starts, and does not start without it`;
  const help = 'use --resolver IP to look it up while requests are served';
  return {
    peers: { kind: 'name-at-start', host, port: number },
    finding: { rule: nameResolvedAtStart, message, help },
  };
}

/** A backend whose Service is not in the input: endpoints may be. */
function reachUnknownService(lookup: Lookup): Reached {
  const { namespace, service, port, cluster, settings } = lookup;
  const key = keyOfObject(namespace, service);
  const sets = cluster.endpoints.get(key) ?? [];
  const peers =
    settings.backendAddress === 'auto' || settings.backendAddress === 'pod' ? peersWithoutService(sets, port) : [];
  if (peers.length > 0) return to(peers);
  const isElsewhere = cluster.services.size === 0 && !cluster.hasEndpoints;
  if (settings.backendAddress === 'port-forward' && isElsewhere && 'number' in port) {
    return throughForward(key, port.number, settings);
  }
  const mayUseName = settings.backendAddress === 'dns' || (settings.backendAddress === 'auto' && isElsewhere);
  if (mayUseName && 'number' in port) return byDnsName(lookup, port.number);
  const mayUseEndpoints = settings.backendAddress !== 'node-port' && settings.backendAddress !== 'port-forward';
  if (sets.length > 0 && mayUseEndpoints) {
    const message = `the endpoints of "${key}" have no ready one with port "${portText(port)}"`;
    return nowhere(noReadyEndpoints, message, 'add the Service to the input, or name a port of the endpoints');
  }
  return nowhere(missingService, `the Service ${key} is not in the input`, 'add it to the input, or correct the name');
}

/** A port of a Service in the input, by its endpoints, its address or its name as the settings ask. */
function reachServicePort(lookup: Lookup, service: Service, port: ServicePort): Reached {
  const { cluster, settings } = lookup;
  const name = keyOfObject(service.namespace, service.name);
  const address = clusterAddress(service);
  if (settings.backendAddress === 'dns') return byDnsName(lookup, dnsPort(service, port));
  if (settings.backendAddress === 'cluster-ip' && address !== undefined) return to([{ address, port: port.port }]);
  const peers = peersOfPort(cluster, service, port);
  // What the cluster itself hands on is for the taking only where somebody is ready behind it.
  if (peers.length > 0 || !cluster.hasEndpoints) {
    if (settings.backendAddress === 'node-port') return reachNodePort(service, port, settings);
    if (settings.backendAddress === 'port-forward') return reachForward(service, port, settings);
  }
  if (peers.length > 0) return to(peers);
  if (settings.backendAddress === 'auto' && !cluster.hasEndpoints) {
    return address === undefined ? byDnsName(lookup, dnsPort(service, port)) : to([{ address, port: port.port }]);
  }
  const message = `the Service ${name} has no ready endpoint for port "${portText(lookup.port)}"`;
  return nowhere(
    noReadyEndpoints,
    message,
    'add its Endpoints or EndpointSlices to the input, or use --backend-address',
  );
}

/**
 * Where requests for a backend go. Endpoints come first; without any in the whole input (a Git repository) the cluster
 * IP, else the DNS name. Whatever is missing answers 503, as in the controller.
 */
export function reach(backend: BackendRef, cluster: Cluster, settings: BackendSettings): Reached {
  const lookup = { ...backend, cluster, settings };
  const key = keyOfObject(backend.namespace, backend.service);
  const service = cluster.services.get(key);
  if (service === undefined) return reachUnknownService(lookup);
  if (service.type === 'ExternalName') return reachExternalName(service, lookup);
  const port = findServicePort(service, backend.port);
  if (port !== undefined) return reachServicePort(lookup, service, port);
  const ports = service.ports.map(each => (each.name === undefined ? `${each.port}` : `${each.port} (${each.name})`));
  const help = ports.length === 0 ? 'the Service has no port' : `it has ${ports.join(', ')}`;
  return nowhere(missingServicePort, `the Service ${key} has no port "${portText(backend.port)}"`, help);
}
