import type { KubeObject } from '../api-server/types.ts';
import { HASHES, pem } from '../credentials.ts';
import type { Dice } from './dice.ts';

export const NAMESPACES = ['billing', 'catalog', 'identity', 'mail', 'orders', 'reports', 'search', 'shop'];
/** Of each namespace. */
const SERVICES = 40;
const PREFIX = 'nginx.ingress.kubernetes.io/';

/** Where the options of the controller are. */
export const CONTROLLER_CONFIG = 'ingress-nginx/controller';

export interface Recipe {
  readonly dice: Dice;
  /** `discovery.k8s.io/v1`, or what the server has instead. */
  readonly sliceVersion: string;
}

/** Everything that exists when the soak begins. */
export function firstObjects(recipe: Recipe, ingresses: number): readonly KubeObject[] {
  const namespaces = [...NAMESPACES, 'ingress-nginx'].map(name => object('v1', 'Namespace', { name }));
  const perNamespace = NAMESPACES.flatMap(namespace => [
    tlsSecret(recipe, namespace, 'site-tls'),
    passwordSecret(recipe, namespace, 'staff'),
    ...Array.from({ length: SERVICES }, (_, index) => service(recipe, namespace, `web-${index}`)),
    ...Array.from({ length: SERVICES }, (_, index) => slice(recipe, namespace, `web-${index}`)),
  ]);
  const all = Array.from({ length: ingresses }, (_, index) => ingress(recipe, index));
  return [...namespaces, ingressClass('nginx'), ingressClass('spare'), config(recipe), ...perNamespace, ...all];
}

function object(apiVersion: string, kind: string, metadata: KubeObject['metadata'], rest: object = {}): KubeObject {
  return { apiVersion, kind, metadata, ...rest };
}

/** Its namespace and name follow from the index alone: the same index again is a change of the same Ingress. */
export function ingress({ dice }: Recipe, index: number): KubeObject {
  const namespace = NAMESPACES[index % NAMESPACES.length] ?? 'shop';
  const name = `app-${index}`;
  // Some hosts have more than one Ingress.
  const hosts = [dice.odds(10) ? `shared-${index % 20}.example.com` : `${name}.example.com`];
  const paths = ['/', '/api', '/static', '/cart/v1'].slice(0, 1 + dice.below(4)).map(path => ({
    path,
    pathType: dice.pick(['Prefix', 'Prefix', 'Exact', 'ImplementationSpecific']),
    backend: {
      service: { name: `web-${dice.below(SERVICES)}`, port: dice.odds(30) ? { name: 'http' } : { number: 80 } },
    },
  }));
  const rules = hosts.map(host => ({ host, http: { paths } }));
  const tls = dice.odds(40) ? { tls: [{ hosts, secretName: 'site-tls' }] } : {};
  const spec = { ingressClassName: dice.odds(90) ? 'nginx' : 'spare', ...tls, rules };
  const annotations = dice.odds(30) ? dice.pick(ANNOTATIONS) : undefined;
  return object(
    'networking.k8s.io/v1',
    'Ingress',
    { name, namespace, ...(annotations === undefined ? {} : { annotations }) },
    { spec },
  );
}

const ANNOTATIONS: readonly Readonly<Record<string, string>>[] = [
  { [`${PREFIX}ssl-redirect`]: 'false' },
  { [`${PREFIX}force-ssl-redirect`]: 'true' },
  { [`${PREFIX}rewrite-target`]: '/new' },
  { [`${PREFIX}auth-type`]: 'basic', [`${PREFIX}auth-secret`]: 'staff' },
  // Refused, whatever else is there.
  { [`${PREFIX}rewrite-target`]: '/a;b {' },
];

export function service({ dice }: Recipe, namespace: string, name: string): KubeObject {
  const ports = [{ name: 'http', port: 80, targetPort: 3000 + dice.below(9), protocol: 'TCP' }];
  const more = dice.odds(20) ? [{ name: 'metrics', port: 9090, targetPort: 9090, protocol: 'TCP' }] : [];
  const spec = { type: 'ClusterIP', clusterIP: 'None', selector: { app: name }, ports: [...ports, ...more] };
  return object('v1', 'Service', { name, namespace }, { spec });
}

export function slice({ dice, sliceVersion }: Recipe, namespace: string, service: string): KubeObject {
  const endpoints = Array.from({ length: 1 + dice.below(4) }, () => ({
    addresses: [`10.${dice.below(250)}.${dice.below(250)}.${1 + dice.below(250)}`],
    conditions: { ready: dice.odds(90) },
  }));
  const labels = { 'kubernetes.io/service-name': service };
  const ports = [{ name: 'http', port: 3000 + dice.below(9), protocol: 'TCP' }];
  const name = `${service}-${dice.pick(['a1b2c', 'x7k2p'])}`;
  return object(sliceVersion, 'EndpointSlice', { name, namespace, labels }, { addressType: 'IPv4', endpoints, ports });
}

function secret(type: string, metadata: KubeObject['metadata'], texts: Readonly<Record<string, string>>): KubeObject {
  const data = Object.entries(texts).map(([key, text]) => [key, Buffer.from(text).toString('base64')]);
  return object('v1', 'Secret', metadata, { type, data: Object.fromEntries(data) });
}

export function tlsSecret({ dice }: Recipe, namespace: string, name: string): KubeObject {
  const { chain, key } = pem(dice.pick(['shop', 'wildcard', 'other']));
  return secret('kubernetes.io/tls', { name, namespace }, { 'tls.crt': chain, 'tls.key': key });
}

export function passwordSecret({ dice }: Recipe, namespace: string, name: string): KubeObject {
  const user = dice.pick(['ines', 'tomasz'] as const);
  return secret('Opaque', { name, namespace }, { auth: `${user}-${dice.below(1_000)}:${HASHES[user]}\n` });
}

export function ingressClass(name: string, annotations?: Readonly<Record<string, string>>): KubeObject {
  const metadata = { name, ...(annotations === undefined ? {} : { annotations }) };
  return object('networking.k8s.io/v1', 'IngressClass', metadata, { spec: { controller: 'k8s.io/ingress-nginx' } });
}

export function config({ dice }: Recipe): KubeObject {
  const [namespace = '', name = ''] = CONTROLLER_CONFIG.split('/');
  const data = { 'hsts-max-age': String(1_000 + dice.below(100_000)), 'ssl-redirect': String(dice.odds(50)) };
  return object('v1', 'ConfigMap', { name, namespace }, { data });
}
