import type { Cluster } from '../cluster/cluster.ts';
import { keyOfObject, parseReference } from '../cluster/object-name.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import { keyOf } from '../diagnostics/place.ts';
import type { ConfigMap, PortRef } from '../resources/model.ts';
import { refOf } from '../resources/model.ts';
import { cameFrom } from '../resources/provenance.ts';
import type { Stream } from '../routing/model.ts';
import type { Assumptions } from './assumptions.ts';
import { reach } from './backends.ts';
import type { Reached } from './reached.ts';
import { missingConfigMap } from './rules/config-maps.ts';
import { invalidStreamEntry } from './rules/streams.ts';
import type { CompileSettings } from './settings.ts';

type Protocol = Stream['protocol'];

interface StreamContext {
  readonly settings: CompileSettings;
  readonly assumptions: Assumptions;
  readonly report: Report;
}

/** Where an entry leads, once for all entries that name the same. */
type ReachStream = (namespace: string, service: string, port: string, protocol: Protocol) => Reached;

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

/** Reads an entry; a text says why it cannot be served. */
function readEntry(
  { protocol, key, value, configMap }: Entry,
  { settings, assumptions, report, reachStream }: StreamContext & { readonly reachStream: ReachStream },
  taken: ReadonlySet<string>,
): Stream | string {
  const number = /^\d{1,5}$/.test(key) ? Number(key) : 0;
  if (number < 1 || number > 65_535) return `"${key}" is not a port`;
  if (protocol === 'TCP' && (number === settings.httpPort || number === settings.httpsPort)) {
    return `nginx itself needs the port ${key}`;
  }
  if (taken.has(`${protocol} ${number}`)) return `another entry has the port ${number}`;
  const [, backend = '', portName = '', decode, encode] = VALUE.exec(value) ?? [];
  const reference = backend.includes('/') ? parseReference(backend, '') : undefined;
  if (reference === undefined) return `"${value}" does not have the format namespace/service:port`;
  const { peers, finding, ...reached } = reachStream(reference.namespace, reference.name, portName, protocol);
  const service = keyOfObject(reference.namespace, reference.name);
  if (peers === undefined) return finding?.message ?? `the Service ${service} is not valid`;
  const at = refOf(configMap, 'data', key);
  if (finding !== undefined) report({ ...finding, at });
  for (const assumption of reached.assumptions) assumptions.add({ assumption, service, at });
  const from = cameFrom(configMap, at);
  const isTcp = protocol === 'TCP';
  return {
    protocol,
    port: number,
    peers,
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

function rememberReached(cluster: Cluster, settings: CompileSettings): ReachStream {
  const known = new Map<string, Reached>();
  return (namespace, service, text, protocol) => {
    const key = `${protocol} ${namespace}/${service}:${text}`;
    const port: PortRef = /^[1-9]\d*$/.test(text) ? { number: Number(text) } : { name: text };
    const reached = known.get(key) ?? reach({ namespace, service, port }, cluster, settings, protocol);
    known.set(key, reached);
    return reached;
  };
}

/**
 * The TCP and UDP ports of the ConfigMaps that the settings name; entries that cannot be served are said and left out.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/controller.go, getStreamServices.
 */
export function compileStreams(cluster: Cluster, context: StreamContext): readonly Stream[] {
  const { settings, report } = context;
  const reachStream = rememberReached(cluster, settings);
  const taken = new Set<string>();
  const streams: Stream[] = [];
  const entries = [
    ...entriesOf(settings.tcpServicesConfigMap, 'TCP', cluster, report),
    ...entriesOf(settings.udpServicesConfigMap, 'UDP', cluster, report),
  ];
  for (const entry of entries) {
    const stream = readEntry(entry, { ...context, reachStream }, taken);
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
