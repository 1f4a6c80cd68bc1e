import { PODS } from './backends.ts';
import type { Backends, Pod } from './backends.ts';
import { HASHES, pem } from './credentials.ts';
import type { CertificateName } from './credentials.ts';

/** A Kubernetes object, as plain data. */
export type Manifest = Readonly<Record<string, unknown>>;

/** `[path, pathType, service, port]`; the port defaults to 80. */
export type PathRow = readonly [
  path: string,
  pathType: 'Prefix' | 'Exact' | 'ImplementationSpecific',
  service: string,
  port?: number | string,
];

export interface IngressOptions {
  readonly name?: string;
  readonly namespace?: string;
  /** One host with these paths; `rules` for several. No host at all when left out. */
  readonly host?: string;
  readonly paths?: readonly PathRow[];
  readonly rules?: readonly Manifest[];
  /** `null`: neither class field nor annotation. */
  readonly className?: string | null;
  /** Short names get the prefix nginx.ingress.kubernetes.io/. */
  readonly annotations?: Readonly<Record<string, string>>;
  readonly tls?: readonly { readonly hosts?: readonly string[]; readonly secretName?: string }[];
  readonly defaultBackend?: string;
  readonly createdAt?: string;
}

function backend(service: string, port: number | string = 80): Manifest {
  return { service: { name: service, port: typeof port === 'number' ? { number: port } : { name: port } } };
}

/** A rule; without paths it has no `http` section. */
export function rule(host: string, paths: readonly PathRow[] | undefined): Manifest {
  const rows = paths?.map(([path, pathType, service, port]) => ({ path, pathType, backend: backend(service, port) }));
  return { ...(host === '' ? {} : { host }), ...(rows === undefined ? {} : { http: { paths: rows } }) };
}

export function ingress(options: IngressOptions): Manifest {
  const annotations = Object.entries(options.annotations ?? {}).map(([key, value]) => [
    key.includes('/') ? key : `nginx.ingress.kubernetes.io/${key}`,
    value,
  ]);
  const { className = 'nginx', host = '', paths, rules = paths === undefined ? [] : [rule(host, paths)] } = options;
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name: options.name ?? 'shop',
      namespace: options.namespace ?? 'shop',
      ...(options.createdAt === undefined ? {} : { creationTimestamp: options.createdAt }),
      ...(annotations.length === 0 ? {} : { annotations: Object.fromEntries(annotations) as Manifest }),
    },
    spec: {
      ...(className === null ? {} : { ingressClassName: className }),
      ...(options.defaultBackend === undefined ? {} : { defaultBackend: backend(options.defaultBackend) }),
      ...(options.tls === undefined ? {} : { tls: options.tls }),
      ...(rules.length === 0 ? {} : { rules }),
    },
  };
}

export function ingressClass(name: string, controller: string, isDefault = false): Manifest {
  const annotations = isDefault ? { annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' } } : {};
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: { name, ...annotations },
    spec: { controller },
  };
}

/** `number` is the port of the Service, `pod` that of the pods; a `target` is what the Service calls it, if not that. */
export interface PortRow {
  readonly name?: string;
  readonly number: number;
  readonly pod: number;
  readonly target?: string;
}

interface Named {
  readonly namespace?: string;
}

export function service(name: string, ports: readonly PortRow[], spec: Manifest & Named = {}): Manifest {
  const { namespace = 'shop', ...rest } = spec;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: {
      ports: ports.map(row => ({
        ...(row.name === undefined ? {} : { name: row.name }),
        port: row.number,
        targetPort: row.target ?? row.pod,
      })),
      ...rest,
    },
  };
}

interface Addresses extends Named {
  readonly ready: readonly Pod[];
  readonly notReady?: readonly Pod[];
}

export function slice(name: string, ports: readonly PortRow[], at: Addresses): Manifest {
  const endpoint = (pod: Pod, ready: boolean) => ({ addresses: [PODS[pod]], conditions: { ready } });
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: `${name}-x7k2p`,
      namespace: at.namespace ?? 'shop',
      labels: { 'kubernetes.io/service-name': name },
    },
    addressType: 'IPv4',
    ports: ports.map(row => ({ name: row.name ?? '', port: row.pod, protocol: 'TCP' })),
    endpoints: [...at.ready.map(pod => endpoint(pod, true)), ...(at.notReady ?? []).map(pod => endpoint(pod, false))],
  };
}

export function endpoints(name: string, ports: readonly PortRow[], at: Addresses): Manifest {
  const addresses = (pods: readonly Pod[]) => pods.map(pod => ({ ip: PODS[pod] }));
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name, namespace: at.namespace ?? 'shop' },
    subsets: [
      {
        ...(at.ready.length === 0 ? {} : { addresses: addresses(at.ready) }),
        ...(at.notReady === undefined ? {} : { notReadyAddresses: addresses(at.notReady) }),
        ports: ports.map(row => ({ ...(row.name === undefined ? {} : { name: row.name }), port: row.pod })),
      },
    ],
  };
}

/** A Service on port 80 called `http`, and a slice with the pod of its name, or with the pods that are given. */
export function app(backends: Backends, name: Pod, pods: readonly Pod[] = [name]): readonly Manifest[] {
  const ports = [{ name: 'http', number: 80, pod: backends.ports.http }];
  return [service(name, ports), slice(name, ports, { ready: pods })];
}

export function secret(name: string, data: Readonly<Record<string, string>>, type = 'Opaque'): Manifest {
  const encoded = Object.entries(data).map(([key, value]) => [key, Buffer.from(value).toString('base64')]);
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace: 'shop' },
    type,
    data: Object.fromEntries(encoded) as Manifest,
  };
}

export function tlsSecret(name: string, certificate: CertificateName): Manifest {
  const { chain, key } = pem(certificate);
  return secret(name, { 'tls.crt': chain, 'tls.key': key }, 'kubernetes.io/tls');
}

/** The users ines and tomasz as one `auth` file. */
export function userSecret(name: string): Manifest {
  return secret(name, { auth: `ines:${HASHES.ines}\ntomasz:${HASHES.tomasz}\n` });
}

/** Manifests as a YAML text: JSON documents between `---`. */
export function yamlOf(manifests: readonly Manifest[]): string {
  return manifests.map(manifest => `${JSON.stringify(manifest, undefined, 1)}\n`).join('---\n');
}
