import type { Cluster } from '../cluster/cluster.ts';
import type { BackendRef, HostRef } from '../cluster/backend-ref.ts';
import { keyOfObject } from '../cluster/object-name.ts';
import type { EndpointSet, Protocol, Service, ServicePort } from '../resources/model.ts';
import { reachExternalName, reachHost } from './external-names.ts';
import { reachForward, reachNodePort, throughForward } from './outside-cluster.ts';
import type { Reached } from './reached.ts';
import { assuming, lacking, nowhere, REFUSED, to, toName, toVia } from './reached.ts';
import { areNames, NO_PEERS, peersOfPort, peersWithoutService } from './ready-peers.ts';
import { isOutside } from './resolvers.ts';
import { missingService, missingServicePort, noReadyEndpoints, tooManyEndpoints } from './rules/backends.ts';
import { portsHelp } from './meant-port.ts';
import { findServicePort, portText, targetPortOf } from './service-ports.ts';
import type { CompileSettings } from './settings.ts';

export type BackendSettings = Pick<
  CompileSettings,
  'backendAddress' | 'clusterDomain' | 'resolvers' | 'machineResolvers' | 'localNames' | 'nodeAddresses' | 'forwards'
>;

/** What is known of Services and their endpoints. */
export type BackendWorld = Pick<Cluster, 'hasEndpoints' | 'isDump' | 'stateOfBackends'> & {
  readonly services: Pick<Cluster['services'], 'get' | 'size'>;
  readonly endpoints: Pick<Cluster['endpoints'], 'get'>;
};

/** A question for the way to a backend. */
export interface Lookup extends BackendRef {
  /** `namespace/service` */
  readonly key: string;
  readonly world: BackendWorld;
  readonly settings: BackendSettings;
  /** For an entry of TCP or UDP ports, which names ports of a Service in fewer ways; undefined for an Ingress. */
  readonly stream: Protocol | undefined;
  /** The Services (`namespace/name`) whose external names have led here. */
  readonly passed: readonly string[];
}

/** The DNS name that Kubernetes gives a Service, looked up while requests are served. */
function byDnsName({ namespace, service, settings }: Lookup, port: number): Reached {
  return toName(`${service}.${namespace}.svc.${settings.clusterDomain}`, port, ['service-name']);
}

function clusterAddress(service: Service): string | undefined {
  return service.clusterIP === undefined || service.clusterIP === 'None' ? undefined : service.clusterIP;
}

/** The port of pods of a headless Service, as far as the Service says it: its name leads to the pods. */
function dnsPort(service: Service, port: ServicePort): number {
  const target = targetPortOf(port);
  return service.clusterIP === 'None' && typeof target === 'number' ? target : port.port;
}

const TOO_MANY_HELP = 'split it into several Services';

/** A backend whose Service is not in the input: endpoints may be, and in a repository the Service may be elsewhere. */
function reachUnknownService(lookup: Lookup): Reached {
  const { key, port, world, settings, stream } = lookup;
  const sets = world.endpoints.get(key) ?? [];
  const isTcp = stream === undefined || stream === 'TCP';
  const mayUseEndpoints = isTcp && (settings.backendAddress === 'auto' || settings.backendAddress === 'pod');
  const peers = mayUseEndpoints ? peersWithoutService(sets, port) : NO_PEERS;
  if (peers === undefined) {
    const message = `the endpoints of "${key}" have too many ports to tell them apart without the Service`;
    return nowhere(tooManyEndpoints, message, 'add the Service to the input');
  }
  if (peers.ready.length > 0) return to(peers);
  if (sets.some(({ isRefused }) => isRefused)) return REFUSED;
  if (sets.length > 0 && settings.backendAddress !== 'dns' && !isOutside(settings)) {
    const message = `no ready endpoint of "${key}" has port "${portText(port)}"`;
    const help = 'add the Service to the input, or name a port of the endpoints';
    return { ...nowhere(noReadyEndpoints, message, help), notReady: peers.notReady };
  }
  const isElsewhere = !world.isDump && sets.length === 0;
  const missing = (problem: string, help: string): Reached => {
    const message = `the Service ${key} is not in the input${problem}`;
    return lacking({ kind: 'Service', key }, { rule: missingService, message, help });
  };
  if (settings.backendAddress === 'dns' || (settings.backendAddress === 'auto' && isElsewhere)) {
    if (!('number' in port)) return missing(`, so the number of port "${port.name}" is unknown`, ADD_SERVICE);
    const reached = byDnsName(lookup, port.number);
    return settings.backendAddress === 'dns' ? reached : { ...assuming(reached, 'elsewhere'), absent: key };
  }
  if (settings.backendAddress === 'port-forward' && isElsewhere && isTcp && 'number' in port) {
    return throughForward(key, port.number, settings);
  }
  return missing('', settings.backendAddress === 'auto' ? `${ADD_SERVICE}, or ${BY_NAME}` : ADD_SERVICE);
}

const ADD_SERVICE = 'add it to the input, or correct the name';
const BY_NAME = 'reach Services by name with --backend-address dns';

/** A port of a Service in the input, by its endpoints, its address or its name as the settings ask. */
function reachServicePort(lookup: Lookup, service: Service, port: ServicePort): Reached {
  const { world, settings, key: name } = lookup;
  const address = clusterAddress(service);
  if (settings.backendAddress === 'dns') return byDnsName(lookup, dnsPort(service, port));
  if (settings.backendAddress === 'cluster-ip' && address !== undefined)
    return toVia('cluster-ip', [{ address, port: port.port }]);
  const sets = world.endpoints.get(name) ?? [];
  const peers = peersOfPort(sets, service, port);
  if (peers === undefined) {
    const message = `the Service ${name} has so many ports and endpoints that port "${portText(lookup.port)}" is not served`;
    return nowhere(tooManyEndpoints, message, TOO_MANY_HELP);
  }
  const isUnknown = sets.length === 0 && !world.isDump;
  // What the cluster itself hands on is for the taking only where somebody is ready behind it.
  if (peers.ready.length > 0 || isUnknown) {
    if (settings.backendAddress === 'node-port') return reachNodePort(service, port, settings);
    if (settings.backendAddress === 'port-forward') return reachForward(service, port, settings);
  }
  if (peers.ready.length > 0) return to(peers);
  if (settings.backendAddress === 'auto' && isUnknown) {
    const reached =
      address === undefined
        ? byDnsName(lookup, dnsPort(service, port))
        : toVia('cluster-ip', [{ address, port: port.port }]);
    const unlisted = world.hasEndpoints ? assuming(reached, 'unlisted') : reached;
    return service.hasSelector ? unlisted : assuming(unlisted, 'unwritten');
  }
  return sets.some(({ isRefused }) => isRefused) ? REFUSED : nobodyReady(lookup, sets, peers.notReady);
}

function nobodyReady({ key: name, port, settings }: Lookup, sets: readonly EndpointSet[], notReady: number): Reached {
  if (areNames(sets)) {
    const message = `the endpoints of the Service ${name} are host names, which are not looked up`;
    return nowhere(noReadyEndpoints, message, 'give them addresses, or make it a Service of type ExternalName');
  }
  const message = `the Service ${name} has no ready endpoint for port "${portText(port)}"`;
  const help = 'add its Endpoints or EndpointSlices to the input';
  const finding = {
    rule: noReadyEndpoints,
    message,
    help: settings.backendAddress === 'auto' ? `${help}, or ${BY_NAME}` : help,
  };
  return sets.length === 0
    ? lacking({ kind: 'Endpoints', key: name }, finding)
    : { ...nowhere(finding.rule, message, finding.help), notReady };
}

function reachAny(lookup: Lookup): Reached {
  const { key, port, world, stream } = lookup;
  const service = world.services.get(key);
  if (service === undefined) return reachUnknownService(lookup);
  if (service.isRefused) return REFUSED;
  if (service.type === 'ExternalName') return reachExternalName(service, lookup, reachAny);
  const found = findServicePort(service, lookup);
  if (found !== undefined) return reachServicePort(lookup, service, found);
  const protocol = stream === undefined ? '' : `${stream} `;
  const message = `the Service ${key} has no ${protocol}port "${portText(port)}"`;
  return nowhere(missingServicePort, message, portsHelp(service, { port, protocol: stream ?? 'TCP' }));
}

/**
 * Where requests for a backend go. Endpoints come first; of a Service whose endpoints the input would not hold (in a Git
 * repository) the cluster IP, else the DNS name. Whatever is missing answers 503, as in the controller.
 */
export function reach(
  backend: BackendRef | HostRef,
  world: BackendWorld,
  settings: BackendSettings,
  stream?: Protocol,
): Reached {
  if ('host' in backend) return reachHost(backend, { world, settings, stream, passed: [] }, reachAny);
  const { namespace, service, port } = backend;
  const key = keyOfObject(namespace, service);
  return reachAny({ namespace, service, key, port, world, settings, stream, passed: [key] });
}
