import type { Cluster } from '../cluster/cluster.ts';
import { keyOfObject, parseReference } from '../cluster/object-name.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import { keyOf } from '../diagnostics/place.ts';
import type { ConfigMap, Service, ServicePort } from '../resources/model.ts';
import { refOf } from '../resources/model.ts';
import type { Peer, Stream } from '../routing/model.ts';
import { reachForward, reachNodePort } from './outside-cluster.ts';
import { invalidStreamEntry, missingConfigMap } from './rules.ts';
import { peersOfPort } from './service-ports.ts';
import type { CompileSettings } from './settings.ts';

type Protocol = Stream['protocol'];

interface World {
  readonly cluster: Cluster;
  readonly settings: CompileSettings;
}

interface Entry {
  readonly protocol: Protocol;
  readonly key: string;
  readonly value: string;
  readonly configMap: ConfigMap;
}

/** `namespace/service:port`, then for TCP `:PROXY` for PROXY protocol from clients and once more for it to the backend. */
const VALUE = /^([^:]+):([^:]+)(?::([^:]*))?(?::([^:]*))?$/;

function isProxy(text: string | undefined): boolean {
  return text?.toUpperCase() === 'PROXY';
}

function findPort(service: Service, text: string, protocol: Protocol): ServicePort | undefined {
  return service.ports.find(port => port.protocol === protocol && (String(port.port) === text || port.name === text));
}

/**
 * Where a port leads: endpoints, else the cluster IP if the input holds no endpoints at all, unless the settings ask
 * for something else. A name is of no use here. A text says why it leads nowhere.
 */
function peersOf({ cluster, settings }: World, service: Service, port: ServicePort): readonly Peer[] | string {
  const { clusterIP } = service;
  const address = clusterIP === undefined || clusterIP === 'None' ? [] : [{ address: clusterIP, port: port.port }];
  if (settings.backendAddress === 'cluster-ip' && address.length > 0) return address;
  const peers = peersOfPort(cluster, service, port);
  const outside =
    peers.length > 0 || !cluster.hasEndpoints ? fromOutside({ cluster, settings }, service, port) : undefined;
  if (outside !== undefined) return outside;
  const found = peers.length > 0 || cluster.hasEndpoints || settings.backendAddress === 'pod' ? peers : address;
  const name = keyOfObject(service.namespace, service.name);
  return found.length > 0 ? found : `the Service ${name} has no ready endpoint for port "${port.name ?? port.port}"`;
}

/** Undefined unless nginx is to come from outside of the cluster. */
function fromOutside({ settings }: World, service: Service, port: ServicePort): readonly Peer[] | string | undefined {
  const { backendAddress } = settings;
  if (backendAddress !== 'node-port' && backendAddress !== 'port-forward') return undefined;
  const reachPort = backendAddress === 'node-port' ? reachNodePort : reachForward;
  const { peers, finding } = reachPort(service, port, settings);
  return peers?.kind === 'addresses' ? peers.addresses : finding?.message;
}

/** Reads an entry; a text says why it cannot be served. */
function readEntry(
  { protocol, key, value, configMap }: Entry,
  world: World,
  taken: ReadonlySet<string>,
): Stream | string {
  const { cluster, settings } = world;
  const number = /^\d{1,5}$/.test(key) ? Number(key) : 0;
  if (number < 1 || number > 65_535) return `"${key}" is not a port`;
  if (protocol === 'TCP' && (number === settings.httpPort || number === settings.httpsPort)) {
    return `the port ${key} is one that nginx needs itself`;
  }
  if (taken.has(`${protocol} ${number}`)) return `another entry has the port ${number}`;
  const [, backend = '', portName = '', decode, encode] = VALUE.exec(value) ?? [];
  const reference = backend.includes('/') ? parseReference(backend, '') : undefined;
  if (reference === undefined) return `"${value}" does not have the form namespace/service:port`;
  const name = keyOfObject(reference.namespace, reference.name);
  const service = cluster.services.get(name);
  if (service === undefined) return `the Service "${name}" is not in the input`;
  const port = findPort(service, portName, protocol);
  if (port === undefined) return `the Service ${name} has no ${protocol} port "${portName}"`;
  const addresses = peersOf(world, service, port);
  if (typeof addresses === 'string') return addresses;
  const from = {
    resource: `ConfigMap ${keyOfObject(configMap.namespace, configMap.name)}`,
    field: refOf(configMap, 'data', key),
  };
  const isTcp = protocol === 'TCP';
  return {
    protocol,
    port: number,
    addresses,
    acceptsProxyProtocol: isTcp && isProxy(decode),
    sendsProxyProtocol: isTcp && isProxy(encode),
    from,
  };
}

function entriesOf(name: string | undefined, protocol: Protocol, cluster: Cluster, report: Report): readonly Entry[] {
  if (name === undefined) return [];
  const configMap = cluster.configMaps.get(name);
  if (configMap === undefined) {
    const flag = protocol === 'TCP' ? '--tcp-services-configmap' : '--udp-services-configmap';
    report({
      rule: missingConfigMap,
      message: `the ConfigMap ${name} of ${flag} is not in the input`,
      help: 'add it to the input',
    });
    return [];
  }
  const entries = Object.entries(configMap.data).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([key, value]) => ({ protocol, key, value, configMap }));
}

/**
 * The TCP and UDP ports of the ConfigMaps that the settings name; entries that cannot be served are said and left out.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/controller.go, getStreamServices.
 */
export function compileStreams(cluster: Cluster, settings: CompileSettings, report: Report): readonly Stream[] {
  const taken = new Set<string>();
  const streams: Stream[] = [];
  const entries = [
    ...entriesOf(settings.tcpServicesConfigMap, 'TCP', cluster, report),
    ...entriesOf(settings.udpServicesConfigMap, 'UDP', cluster, report),
  ];
  for (const entry of entries) {
    const stream = readEntry(entry, { cluster, settings }, taken);
    if (typeof stream !== 'string') {
      taken.add(`${stream.protocol} ${stream.port}`);
      streams.push(stream);
      continue;
    }
    const at = keyOf(refOf(entry.configMap, 'data', entry.key));
    report({
      rule: invalidStreamEntry,
      message: `${entry.protocol} port ${entry.key}: ${stream}`,
      help: 'write namespace/service:port',
      at,
    });
  }
  return streams.toSorted((a, b) => (a.protocol === b.protocol ? a.port - b.port : a.protocol < b.protocol ? -1 : 1));
}
