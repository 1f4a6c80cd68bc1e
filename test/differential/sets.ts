import { authority } from '../support/credentials.ts';
import { secret, tlsSecret, userSecret } from '../support/manifests.ts';
import type { Manifest } from '../support/manifests.ts';
import type { Chance } from './chance.ts';
import { canaryAnnotations, FEATURES } from './features.ts';
import type { Annotations, FeatureWorld } from './features.ts';
import type { Pods } from './pods.ts';
import { BACKENDS, servicesOf } from './services.ts';

/** A path of a rule. */
export interface PathRow {
  readonly path: string;
  readonly pathType: 'Exact' | 'Prefix' | 'ImplementationSpecific';
  readonly service: string;
  readonly port: number | string;
}

export interface MadeIngress {
  readonly name: string;
  readonly annotations: Annotations;
  /** `''` is no host. */
  readonly rules: readonly { readonly host: string; readonly paths: readonly PathRow[] }[];
  readonly hasTls: boolean;
  readonly defaultBackend?: string;
}

/** Ingresses that have hosts, a namespace and Services of their own. */
export interface MadeSet {
  readonly number: number;
  readonly domain: string;
  readonly ingresses: readonly MadeIngress[];
}

const PLAIN_PATHS = [
  '/',
  '/',
  '/',
  '/foo',
  '/foo/',
  '/foo/bar',
  '/Foo',
  '/api',
  '/api/v1',
  '/old',
  '/x.y',
  '/é',
  '/a-b_c~d',
  '/foo/bar/baz',
  '/api/',
  '/a%20b',
  '/FOO/Bar',
  '/index.php',
] as const;
const EXPRESSIONS = [
  '/api(/|$)(.*)',
  '/foo/(.*)',
  '/v[0-9]+/(?<id>[^/]+)',
  '/.*\\.php$',
  '/(en|de)/?(.*)',
  '/[a-c]+$',
  '/foo.bar',
  '/(.*)',
  '/?(.*)',
  '/(?!api)(.*)',
  '/foo/(?=b)(.*)',
  '/x{2,3}/(\\d+)?',
  '/(a+)b\\1',
  '/foo|/bar',
  '/(?i)FoO$',
] as const;
const HOSTS = ['', 'www.', 'api.', '*.', '*.api.', 'deep.api.'] as const;

function pathRow(chance: Chance, isExpression: boolean, isHttps: boolean): PathRow {
  const service = chance.percent(4) ? 'direct' : chance.pick(BACKENDS);
  if (service === 'direct') {
    return { path: chance.pick(PLAIN_PATHS), pathType: 'Prefix', service, port: isHttps ? 'https' : 'http' };
  }
  const port = chance.percent(3) ? 1234 : isHttps ? 'https' : chance.pick([80, 80, 80, 'http', 9090, 'metrics']);
  if (isExpression && chance.percent(70)) {
    return { path: chance.pick(EXPRESSIONS), pathType: 'ImplementationSpecific', service, port };
  }
  const pathType = chance.pick<PathRow['pathType']>(['Prefix', 'Prefix', 'Prefix', 'Exact', 'ImplementationSpecific']);
  return { path: chance.pick(PLAIN_PATHS), pathType, service, port };
}

/** What the backends of a set speak belongs to their ports, so that all of its Ingresses must say the same. */
interface SetWorld extends FeatureWorld {
  readonly isHttps: boolean;
}

function ingressOf(world: SetWorld, name: string): MadeIngress {
  const { chance, domain, isHttps } = world;
  const features = chance.some(FEATURES, chance.pick([0, 1, 1, 2, 2, 3, 4]));
  const annotations = Object.assign(
    isHttps ? { 'backend-protocol': 'HTTPS' } : {},
    ...features.map(feature => feature(world)),
  ) as Annotations;
  const isExpression = 'use-regex' in annotations || 'rewrite-target' in annotations || chance.percent(5);
  const named = chance.some(HOSTS, chance.pick([1, 1, 1, 2])).map(host => `${host}${domain}`);
  // All sets share the default server.
  const hosts = world.number === 1 && chance.percent(30) ? [...named, ''] : named;
  const rules = hosts.map(host => {
    const paths = Array.from({ length: 1 + chance.below(4) }, () => pathRow(chance, isExpression, isHttps));
    const rest: PathRow = { ...pathRow(chance, false, isHttps), path: '/', pathType: 'Prefix' };
    return { host, paths: chance.percent(40) ? [...paths, rest] : paths };
  });
  const isWithDefault = chance.percent(10);
  return {
    name,
    annotations,
    rules,
    hasTls: chance.percent(25),
    ...(isWithDefault && !isHttps ? { defaultBackend: chance.pick(BACKENDS) } : {}),
  };
}

function canaryOf(main: MadeIngress, name: string, { chance, isHttps }: SetWorld): MadeIngress {
  const rules = main.rules.map(({ host, paths }) => ({
    host,
    paths: paths.map(row => ({ ...row, service: chance.pick(BACKENDS), port: isHttps ? 443 : 80 })),
  }));
  return { name, annotations: canaryAnnotations(chance), rules, hasTls: false };
}

/** A set of one to four Ingresses, and canaries of some. */
export function setOf(number: number, chance: Chance, pods: Pods): MadeSet {
  const domain = `s${number}.test`;
  const world = { chance, domain, number, podPort: pods.ports.http, isHttps: chance.percent(6) };
  const mains = Array.from({ length: 1 + chance.below(4) }, (_, index) => ingressOf(world, `i${index}`));
  const canaries = mains.filter(() => chance.percent(20)).map(main => canaryOf(main, `${main.name}-canary`, world));
  return { number, domain, ingresses: [...mains, ...canaries] };
}

/** All hosts that the Ingresses of a set name, in its own words. */
export function hostsOf({ ingresses }: MadeSet): readonly string[] {
  return [...new Set(ingresses.flatMap(({ rules }) => rules.map(({ host }) => host)))];
}

function backendOf(service: string, port: number | string): Manifest {
  return { service: { name: service, port: typeof port === 'number' ? { number: port } : { name: port } } };
}

function ingressManifest(ingress: MadeIngress, namespace: string, minute: number): Manifest {
  const annotations = Object.entries(ingress.annotations).map(([name, value]) => [
    `nginx.ingress.kubernetes.io/${name}`,
    value,
  ]);
  const { name, rules, hasTls, defaultBackend } = ingress;
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name,
      namespace,
      creationTimestamp: new Date(Date.UTC(2025, 0, 1, 0, minute)).toISOString().replace('.000', ''),
      annotations: Object.fromEntries(annotations) as Manifest,
    },
    spec: {
      ingressClassName: 'nginx',
      ...(hasTls ? { tls: [{ hosts: rules.map(({ host }) => host), secretName: 'tls' }] } : {}),
      ...(defaultBackend === undefined ? {} : { defaultBackend: backendOf(defaultBackend, 80) }),
      rules: rules.map(({ host, paths }) => ({
        ...(host === '' ? {} : { host }),
        http: {
          paths: paths.map(({ path, pathType, service, port }) => ({
            path,
            pathType,
            backend: backendOf(service, port),
          })),
        },
      })),
    },
  };
}

/** The objects of a set, in a namespace of its own. */
export function manifestsOf(set: MadeSet, pods: Pods): readonly Manifest[] {
  const namespace = `n${set.number}`;
  const inNamespace = (manifest: Manifest): Manifest => ({
    ...manifest,
    metadata: { ...(manifest['metadata'] as object), namespace },
  });
  return [
    ...servicesOf(set.number, namespace, pods),
    inNamespace(tlsSecret('tls', 'other')),
    inNamespace(userSecret('users')),
    inNamespace(secret('clients', { 'ca.crt': authority('clients.crt') })),
    ...set.ingresses.map((ingress, index) => ingressManifest(ingress, namespace, index)),
  ];
}
