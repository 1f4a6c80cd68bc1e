import type { Cluster } from '../cluster/cluster.ts';
import { keyOfObject, parseReference } from '../cluster/object-name.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import { keyOf } from '../diagnostics/place.ts';
import type { ConfigMap, Service, ServicePort } from '../resources/model.ts';
import { refOf } from '../resources/model.ts';
import type { Peer, Stream } from '../routing/model.ts';
import { invalidStreamEntry, missingConfigMap } from './rules.ts';
import { peersOfPort } from './service-ports.ts';
import type { CompileSettings } from './settings.ts';

type Protocol = Stream['protocol'];

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

/** Where a port leads: endpoints, else the cluster IP if the input holds no endpoints at all. */
function peersOf(cluster: Cluster, service: Service, port: ServicePort): readonly Peer[] {
  const peers = peersOfPort(cluster, service, port);
  const { clusterIP } = service;
  if (peers.length > 0 || cluster.hasEndpoints || clusterIP === undefined || clusterIP === 'None') return peers;
  return [{ address: clusterIP, port: port.port }];
}

/** Reads an entry; a text says why it cannot be served. */
function readEntry(
  { protocol, key, value, configMap }: Entry,
  cluster: Cluster,
  taken: ReadonlySet<number>,
): Stream | string {
  const number = /^\d{1,5}$/.test(key) ? Number(key) : 0;
  if (number < 1 || number > 65_535) return `"${key}" is not a port`;
  if (taken.has(number)) return `the port ${key} is one that nginx needs itself`;
  const [, backend = '', portName = '', decode, encode] = VALUE.exec(value) ?? [];
  const reference = backend.includes('/') ? parseReference(backend, '') : undefined;
  if (reference === undefined) return `"${value}" does not have the form namespace/service:port`;
  const name = keyOfObject(reference.namespace, reference.name);
  const service = cluster.services.get(name);
  if (service === undefined) return `the Service "${name}" is not in the input`;
  const port = findPort(service, portName, protocol);
  if (port === undefined) return `the Service ${name} has no ${protocol} port "${portName}"`;
  const addresses = peersOf(cluster, service, port);
  if (addresses.length === 0) return `the Service ${name} has no ready endpoint for port "${portName}"`;
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
  return Object.entries(configMap.data).map(([key, value]) => ({ protocol, key, value, configMap }));
}

/**
 * The TCP and UDP ports of the ConfigMaps that the settings name; entries that cannot be served are said and left out.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/controller.go, getStreamServices.
 */
export function compileStreams(cluster: Cluster, settings: CompileSettings, report: Report): readonly Stream[] {
  const taken = new Set([settings.httpPort, settings.httpsPort]);
  const streams: Stream[] = [];
  const entries = [
    ...entriesOf(settings.tcpServicesConfigMap, 'TCP', cluster, report),
    ...entriesOf(settings.udpServicesConfigMap, 'UDP', cluster, report),
  ];
  for (const entry of entries) {
    const stream = readEntry(entry, cluster, entry.protocol === 'TCP' ? taken : new Set());
    if (typeof stream !== 'string') {
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
