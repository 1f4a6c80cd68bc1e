import { compile } from '../../src/compile/compile.ts';
import { behaviourDifference } from '../../src/compile/rules/differences.ts';
import type { CompileSettings } from '../../src/compile/settings.ts';
import { collect } from '../../src/diagnostics/diagnostic.ts';
import type { Diagnostic, Report } from '../../src/diagnostics/diagnostic.ts';
import type {
  ConfigMap,
  Endpoint,
  EndpointPort,
  EndpointSet,
  Ingress,
  IngressBackend,
  IngressClass,
  IngressPath,
  IngressRule,
  PathType,
  PortRef,
  Resource,
  Secret,
  Service,
  ServicePort,
} from '../../src/resources/model.ts';
import { ANNOTATIONS_PREFIX } from '../../src/resources/model.ts';
import type { Location, Routing } from '../../src/routing/model.ts';
import { pem } from './credentials.ts';
import type { CertificateName } from './credentials.ts';

/** `[path, service:port]`, as Prefix unless a type is named. A service that begins with `!` is another kind of object. */
export type Row = readonly [path: string, backend: string, pathType?: PathType];

export interface IngressParts {
  readonly name?: string;
  readonly namespace?: string;
  readonly createdAt?: string;
  /** `null`: neither field nor annotation. */
  readonly className?: string | null;
  /** Short names get the prefix of the controller. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** With the slash. */
  readonly annotationsPrefix?: string;
  /** Paths by host; `''` is no host. A host without rows has no `http` section. */
  readonly hosts?: Readonly<Record<string, readonly Row[] | undefined>>;
  /** `service:port` */
  readonly defaultBackend?: string;
  /** Hosts by Secret; `''` is no Secret. */
  readonly tls?: Readonly<Record<string, readonly string[]>>;
}

function portRefOf(text: string): PortRef {
  return /^\d+$/.test(text) ? { number: Number(text) } : { name: text };
}

function backendOf(text: string, document: string, path: readonly (string | number)[]): IngressBackend {
  const at = { document, path };
  if (text.startsWith('!')) return { kind: 'resource', resource: text.slice(1), at };
  const [service = '', port] = text.split(':');
  return { kind: 'service', service, port: port === undefined ? undefined : portRefOf(port), at };
}

/** The Ingress `shop/web` of class nginx; every part of it may be another. */
export function ingressOf(parts: IngressParts = {}): Ingress {
  const { name = 'web', namespace = 'shop', className = 'nginx', hosts = {}, tls = {}, createdAt } = parts;
  const { annotationsPrefix = ANNOTATIONS_PREFIX } = parts;
  const document = `${namespace}/${name}`;
  const rules = Object.entries(hosts).map(([host, rows], rule): IngressRule => {
    const path = ['spec', 'rules', rule];
    const paths = rows?.map(([text, backend, pathType = 'Prefix'], index): IngressPath => {
      const steps = [...path, 'http', 'paths', index];
      const at = { document, path: steps };
      return { path: text, pathType, backend: backendOf(backend, document, [...steps, 'backend']), at };
    });
    return { host, paths, at: { document, path } };
  });
  const annotations = Object.entries(parts.annotations ?? {}).map(([key, value]) => [
    key.includes('/') ? key : annotationsPrefix + key,
    value,
  ]);
  return {
    kind: 'Ingress',
    apiVersion: 'networking.k8s.io/v1',
    document,
    namespace,
    name,
    createdAt: createdAt === undefined ? undefined : Date.parse(createdAt),
    annotations: Object.fromEntries(annotations),
    annotationsPrefix,
    ingressClassName: className ?? undefined,
    defaultBackend:
      parts.defaultBackend === undefined
        ? undefined
        : backendOf(parts.defaultBackend, document, ['spec', 'defaultBackend']),
    rules,
    tls: Object.entries(tls).map(([secretName, names], index) => ({
      hosts: names,
      secretName,
      at: { document, path: ['spec', 'tls', index] },
    })),
    isRefused: false,
  };
}

export function classOf(name: string, controller = 'k8s.io/ingress-nginx', isDefault = false): IngressClass {
  return { kind: 'IngressClass', document: `class-${name}`, namespace: '', name, controller, isDefault };
}

/** A port of a Service: `http:80->8080`, `80`, `80->web`, `dns:53->53/UDP`, `80@30080` with a node port. */
function portOf(text: string): ServicePort {
  const [, name, port = '', target, nodePort, protocol] =
    /^(?:([a-z][\w-]*):)?(\d+)(?:->([\w-]+))?(?:@(\d+))?(?:\/(\w+))?$/.exec(text) ?? [];
  return {
    name,
    port: Number(port),
    targetPort: target === undefined ? undefined : /^\d+$/.test(target) ? Number(target) : target,
    nodePort: nodePort === undefined ? undefined : Number(nodePort),
    protocol: protocol === 'UDP' ? 'UDP' : 'TCP',
  };
}

/** A Service `namespace/name`, of the namespace `shop` if none is named. */
export function serviceOf(id: string, ports: readonly string[] = ['80'], parts: Partial<Service> = {}): Service {
  const [namespace, name] = split(id);
  return {
    kind: 'Service',
    document: `service-${namespace}/${name}`,
    namespace,
    name,
    type: 'ClusterIP',
    clusterIP: undefined,
    externalName: undefined,
    ports: ports.map(portOf),
    hasSelector: true,
    isRefused: false,
    ...parts,
  };
}

/** A port of endpoints: `http:8080`, `8080`, `dns:53/UDP`, or `any` for a slice port without number. */
function endpointPortOf(text: string): EndpointPort {
  if (text === 'any') return { name: undefined, port: undefined, protocol: 'TCP' };
  const { name, port, protocol } = portOf(text);
  return { name, port, protocol };
}

/** Addresses of pods, with `-` before those that are not ready. */
function endpointOf(text: string): Endpoint {
  return text.startsWith('-') ? { address: text.slice(1), isReady: false } : { address: text, isReady: true };
}

/** An EndpointSlice of a Service; its name is that of the Service and `suffix`. */
export function sliceOf(
  id: string,
  ports: readonly string[],
  addresses: readonly string[],
  suffix = '-x7k2p',
): EndpointSet {
  const [namespace, name] = split(id);
  return {
    kind: 'EndpointSet',
    from: 'EndpointSlice',
    document: `slice-${namespace}/${name}${suffix}`,
    namespace,
    name: name + suffix,
    service: name,
    groups: [{ ports: ports.map(endpointPortOf), endpoints: addresses.map(endpointOf) }],
    isFromCluster: true,
    isRefused: false,
  };
}

export function endpointsOf(id: string, ports: readonly string[], addresses: readonly string[]): EndpointSet {
  const slice = sliceOf(id, ports, addresses, '');
  return { ...slice, from: 'Endpoints', document: `endpoints-${slice.namespace}/${slice.name}`, isFromCluster: false };
}

/** A Service on port 80 with one pod on 8080 for every address. */
export function appOf(id: string, ...addresses: readonly string[]): readonly Resource[] {
  return [serviceOf(id, ['http:80->8080']), sliceOf(id, ['http:8080'], addresses)];
}

/** A Secret with these plain texts. */
export function secretOf(id: string, texts: Readonly<Record<string, string>>): Secret {
  const [namespace, name] = split(id);
  const data = Object.entries(texts).map(([key, text]) => [key, Buffer.from(text).toString('base64')]);
  const document = `secret-${namespace}/${name}`;
  return { kind: 'Secret', document, namespace, name, type: 'Opaque', data: Object.fromEntries(data), plainKeys: [] };
}

export function tlsSecretOf(id: string, certificate: CertificateName, key: CertificateName = certificate): Secret {
  return secretOf(id, { 'tls.crt': pem(certificate).chain, 'tls.key': pem(key).key });
}

export function configMapOf(id: string, data: Readonly<Record<string, string>>): ConfigMap {
  const [namespace, name] = split(id);
  return { kind: 'ConfigMap', document: `config-map-${namespace}/${name}`, namespace, name, data };
}

function split(id: string): readonly [namespace: string, name: string] {
  const [first = '', second] = id.split('/');
  return second === undefined ? ['shop', first] : [first, second];
}

/** The defaults of the command line, in the year 2025. */
export function settingsOf(settings: Partial<CompileSettings> = {}): CompileSettings {
  return {
    ingressClass: 'nginx',
    controllerClass: 'k8s.io/ingress-nginx',
    watchWithoutClass: false,
    annotationsPrefix: ANNOTATIONS_PREFIX,
    listen: ['0.0.0.0', '::'],
    httpPort: 80,
    httpsPort: 443,
    backendAddress: 'auto',
    nodeAddresses: [],
    forwards: new Map<string, number>(),
    clusterDomain: 'cluster.local',
    resolvers: [],
    machineResolvers: [],
    localNames: new Map<string, readonly string[]>(),
    isCluster: false,
    now: Date.parse('2025-06-01T00:00:00Z'),
    expireDays: 14,
    ...settings,
  };
}

/** Findings as lines: `rule-name: message`. */
export function linesOf(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ rule, message }) => `${rule.name}: ${message}`);
}

/** Runs what reports, and gives its result with the findings. */
export function reported<T>(run: (report: Report) => T): { readonly result: T; readonly found: readonly Diagnostic[] } {
  const { report, diagnostics } = collect();
  return { result: run(report), found: diagnostics };
}

export interface CompiledResources {
  readonly routing: Routing;
  readonly found: readonly Diagnostic[];
  /** `rule-name: message`, in the order in which they came; without notes of what differs. */
  readonly lines: readonly string[];
  /** The locations of a host, each as `match path -> target`, where the match is `=`, `^` (a prefix) or `~`. */
  readonly locations: (host: string) => readonly string[];
  readonly location: (host: string, head: string) => Location | undefined;
  /** The addresses of an upstream, or how its name is looked up. */
  readonly peers: (upstream: string) => readonly string[] | string | undefined;
}

const MARKS = { exact: '=', prefix: '^', regex: '~' } as const;

function headOf({ match, path }: Location): string {
  return `${MARKS[match]} ${path}`;
}

export function compiled(resources: readonly Resource[], settings: Partial<CompileSettings> = {}): CompiledResources {
  const { result, found } = reported(report => compile(resources, settingsOf(settings), report));
  const { routing } = result;
  const locationsAt = (host: string) => routing.servers.find(server => server.host === host)?.locations ?? [];
  return {
    routing,
    found,
    lines: linesOf(found.filter(({ rule }) => rule !== behaviourDifference)),
    locations: host =>
      locationsAt(host).map(location => {
        const { target } = location;
        return `${headOf(location)} -> ${target.kind === 'proxy' ? target.to.name : target.code}`;
      }),
    location: (host, head) => locationsAt(host).find(location => headOf(location) === head),
    peers(name) {
      const peers = routing.upstreams.find(upstream => upstream.name === name)?.peers;
      if (peers === undefined) return undefined;
      if (peers.kind !== 'addresses') return `${peers.kind} ${peers.host}:${peers.port}`;
      return peers.addresses.map(({ address, port }) =>
        address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`,
      );
    },
  };
}
