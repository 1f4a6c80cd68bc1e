import type { Manifest } from '../support/manifests.ts';
import type { Pods } from './pods.ts';

/** Services that have endpoints in each set; `empty` has none, and `missing` is not there. */
export const SERVICES = ['alpha', 'beta', 'gamma', 'delta'] as const;

/** What paths lead to: mostly what is there. */
export const BACKENDS = [...SERVICES, ...SERVICES, ...SERVICES, ...SERVICES, 'empty', 'missing'] as const;

interface PortRow {
  readonly name: string;
  readonly port: number;
  readonly pod: number;
}

function rowsOf({ ports }: Pods): readonly PortRow[] {
  return [
    { name: 'http', port: 80, pod: ports.http },
    { name: 'metrics', port: 9090, pod: ports.metrics },
    { name: 'https', port: 443, pod: ports.https },
  ];
}

function serviceOf(name: string, namespace: string, rows: readonly PortRow[], clusterIp: string): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: {
      clusterIP: clusterIp,
      selector: { app: name },
      ports: rows.map(({ name: port, port: number, pod }) => ({ name: port, port: number, targetPort: pod })),
    },
  };
}

function sliceOf(name: string, namespace: string, rows: readonly PortRow[], addresses: readonly string[]): Manifest {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: `${name}-x7k2p`, namespace, labels: { 'kubernetes.io/service-name': name } },
    addressType: 'IPv4',
    ports: rows.map(({ name: port, pod }) => ({ name: port, port: pod, protocol: 'TCP' })),
    endpoints: addresses.map(address => ({ addresses: [address], conditions: { ready: true } })),
  };
}

/**
 * The Services of a set, each with pods of its own. Ports of Services are those of pods where a Service is asked at its
 * own address, which answers as a pod of its own.
 */
export function servicesOf(number: number, namespace: string, pods: Pods): readonly Manifest[] {
  const rows = rowsOf(pods);
  const own = rows.map(row => ({ ...row, port: row.pod }));
  const all = SERVICES.flatMap((name, index) => {
    const addresses = Array.from({ length: 1 + (index % 3) }, (_, pod) => `127.${10 + index}.${number}.${pod + 1}`);
    return [serviceOf(name, namespace, rows, 'None'), sliceOf(name, namespace, rows, addresses)];
  });
  const direct = serviceOf('direct', namespace, own, `127.40.${number}.1`);
  return [
    ...all,
    direct,
    sliceOf('direct', namespace, rows, [`127.20.${number}.1`]),
    serviceOf('empty', namespace, rows, 'None'),
    sliceOf('empty', namespace, rows, []),
  ];
}
