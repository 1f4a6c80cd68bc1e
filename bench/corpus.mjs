// @ts-check
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { dump } from 'js-yaml';

import { ANNOTATIONS, PASSWORDS_SECRET } from './corpus-annotations.mjs';

/** @typedef {{ readonly name: string, readonly namespace?: string, readonly labels?: object }} Metadata */
/** @typedef {{ readonly kind: string, readonly metadata: Metadata, readonly [field: string]: unknown }} Manifest */
/** @typedef {ReturnType<typeof dice>} Dice */

/** @type {readonly [string, ...string[]]} */
const NAMESPACES = [
  'billing',
  'catalog',
  'checkout',
  'identity',
  'mail',
  'orders',
  'reports',
  'search',
  'shop',
  'wiki',
];
/** @type {readonly [string, ...string[]]} */
const SEGMENTS = [
  'account',
  'api',
  'assets',
  'cart',
  'events',
  'health',
  'items',
  'login',
  'orders',
  'static',
  'v1',
  'v2',
];
const WILDCARD_SECRET = 'apps-tls';

/** Numbers that look random and are the same for the same seed: a multiplicative generator modulo 2^31 - 1. */
function dice(/** @type {number} */ seed) {
  let state = (seed % 2_147_483_646) + 1;
  const below = (/** @type {number} */ limit) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % limit;
  };
  return {
    below,
    /** True `percent` times in a hundred. */
    odds: (/** @type {number} */ percent) => below(100) < percent,
    /** @type {<T>(from: readonly [T, ...(readonly T[])]) => T} */
    pick: from => from[below(from.length)] ?? from[0],
  };
}

/** A certificate for `*.apps.example.com`, and its key; what no test trusts outside this clone. */
function wildcardPair() {
  const base64 = (/** @type {string} */ name) =>
    readFileSync(new URL(`../fixtures/certificates/${name}`, import.meta.url)).toString('base64');
  return { 'tls.crt': base64('wildcard.crt'), 'tls.key': base64('wildcard.key') };
}

const secret = (
  /** @type {string} */ namespace,
  /** @type {string} */ name,
  /** @type {string} */ type,
  /** @type {object} */ data,
) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, type, data });

/** What stands once: the class, the Secrets of each namespace, and two kinds that nothing reads. */
function shared() {
  const passwords = Buffer.from('ada:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=\n').toString('base64');
  const perNamespace = NAMESPACES.flatMap(namespace => [
    secret(namespace, WILDCARD_SECRET, 'kubernetes.io/tls', wildcardPair()),
    secret(namespace, PASSWORDS_SECRET, 'Opaque', { auth: passwords }),
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace } },
  ]);
  const ingressClass = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: { name: 'nginx' },
    spec: { controller: 'k8s.io/ingress-nginx' },
  };
  return [ingressClass, ...perNamespace];
}

/** A Service, its EndpointSlice with one to four pods, and for every second one the Deployment that makes them. */
function backend(/** @type {Dice} */ roll, /** @type {string} */ namespace, /** @type {string} */ name) {
  const app = { 'app.kubernetes.io/name': name };
  const metadata = { name, namespace, labels: app };
  const targetPort = 3000 + roll.below(6000);
  const endpoints = Array.from({ length: 1 + roll.below(4) }, (_, pod) => ({
    addresses: [`10.${roll.below(250)}.${roll.below(250)}.${1 + roll.below(250)}`],
    conditions: { ready: roll.odds(97), serving: true, terminating: false },
    nodeName: `node-${roll.below(200)}`,
    targetRef: { kind: 'Pod', name: `${name}-${pod}`, namespace },
  }));
  const ports = [{ name: 'http', port: 80, targetPort, protocol: 'TCP' }];
  const slice = { ...metadata, name: `${name}-x7k2p`, labels: { ...app, 'kubernetes.io/service-name': name } };
  const objects = [
    { apiVersion: 'v1', kind: 'Service', metadata, spec: { type: 'ClusterIP', selector: app, ports } },
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: slice,
      addressType: 'IPv4',
      ports: [{ name: 'http', port: targetPort, protocol: 'TCP' }],
      // One pod is always ready: a location that answers 503 is shorter than the others.
      endpoints: endpoints.map((end, i) => (i === 0 ? { ...end, conditions: { ready: true } } : end)),
    },
  ];
  return roll.odds(50) ? [...objects, deployment(metadata, targetPort)] : objects;
}

const deployment = (/** @type {Metadata} */ metadata, /** @type {number} */ containerPort) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata,
  spec: {
    replicas: 2,
    selector: { matchLabels: metadata.labels },
    template: {
      metadata: { labels: metadata.labels },
      spec: {
        containers: [
          {
            name: 'main',
            image: `registry.example.com/${metadata.namespace}/${metadata.name}:1.4.2`,
            ports: [{ name: 'http', containerPort }],
            env: ['LOG_LEVEL', 'REGION', 'CACHE_URL'].map(name => ({
              name,
              value: `${name.toLowerCase()} of the app`,
            })),
            resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
            readinessProbe: { httpGet: { path: '/health', port: 'http' }, periodSeconds: 10 },
          },
        ],
      },
    },
  },
});

/** Different paths of one host: mostly `/` first, and then one or two segments. */
function pathsOf(/** @type {Dice} */ roll, /** @type {readonly [string, ...string[]]} */ services) {
  const paths = new Set(roll.odds(75) ? ['/'] : []);
  const wanted = roll.pick([1, 1, 1, 1, 2, 2, 3, 4, 5]);
  while (paths.size < wanted) paths.add(`/${roll.pick(SEGMENTS)}${roll.odds(40) ? `/${roll.pick(SEGMENTS)}` : ''}`);
  return [...paths].map(path => ({
    path,
    pathType: roll.pick(['Prefix', 'Prefix', 'Prefix', 'ImplementationSpecific', 'Exact']),
    backend: { service: { name: roll.pick(services), port: roll.odds(30) ? { name: 'http' } : { number: 80 } } },
  }));
}

/**
 * What makes a cluster differ from the usual one: annotations that every Ingress has besides, or Ingresses that all have
 * one host with TLS, and no annotation.
 * @typedef {{ readonly annotations?: object, readonly isPlain?: boolean }} Variant
 */

/**
 * One application: its Ingress, one to three Services with what belongs to them, and often something to skip.
 * @param {Dice} roll
 * @param {number} index
 * @param {Variant} variant
 */
function application(roll, index, { annotations = {}, isPlain = false }) {
  const namespace = roll.pick(NAMESPACES);
  const name = `${roll.pick(SEGMENTS)}-${index}`;
  /** @type {readonly [string, ...string[]]} */
  const services = [name, ...[`${name}-1`, `${name}-2`].slice(0, roll.pick([0, 0, 1, 2]))];
  const hosts = [name, `${name}-www`]
    .slice(0, isPlain ? 1 : roll.pick([1, 1, 1, 2]))
    .map(label => `${label}.apps.example.com`);
  const rules = hosts.map(host => ({ host, http: { paths: pathsOf(roll, services) } }));
  const ownSecret = roll.odds(15);
  const tls =
    isPlain || roll.odds(60) ? { tls: [{ hosts, secretName: ownSecret ? `${name}-tls` : WILDCARD_SECRET }] } : {};
  const ingress = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name,
      namespace,
      labels: { 'app.kubernetes.io/name': name },
      annotations: { ...(isPlain ? {} : roll.pick(ANNOTATIONS)), ...annotations },
    },
    spec: { ingressClassName: 'nginx', ...tls, rules },
  };
  /** @type {Manifest[]} */
  const objects = [ingress, ...services.flatMap(service => backend(roll, namespace, service))];
  if (ownSecret) objects.push(secret(namespace, `${name}-tls`, 'kubernetes.io/tls', wildcardPair()));
  if (roll.odds(20)) objects.push(settings(namespace, name));
  return { objects, routes: rules.reduce((sum, rule) => sum + rule.http.paths.length, 0) };
}

const settings = (/** @type {string} */ namespace, /** @type {string} */ name) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: `${name}-settings`, namespace },
  data: {
    'application.yaml': `server:\n  port: 8080\n  name: ${name}\nlogging:\n  # one line per event\n  format: json\n`,
  },
});

/** What the server adds to an object before `kubectl get -o json` prints it. */
function served(/** @type {Manifest} */ object, /** @type {number} */ index) {
  const uid = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
  const added = { uid, resourceVersion: String(1_000_000 + index), creationTimestamp: '2024-05-06T07:08:09Z' };
  return { ...object, metadata: { ...object.metadata, ...added } };
}

/**
 * A cluster of so many Ingresses; the same count gives the same objects. `routes` counts the paths of all Ingresses.
 * @param {number} ingresses
 * @param {Variant} [variant]
 */
export function makeCorpus(ingresses, variant = {}) {
  const roll = dice(ingresses);
  /** @type {Manifest[]} */
  const objects = shared();
  let routes = 0;
  for (let index = 0; index < ingresses; index++) {
    const app = application(roll, index, variant);
    objects.push(...app.objects);
    routes += app.routes;
  }
  return { objects, routes };
}

/**
 * Writes a cluster of so many Ingresses as `all.yaml`, multi-document, and as `all.json`, one List.
 * @param {string} folder
 * @param {number} ingresses
 * @param {Variant} [variant]
 */
export function writeCorpus(folder, ingresses, variant = {}) {
  const { objects, routes } = makeCorpus(ingresses, variant);
  const yaml = join(folder, 'all.yaml');
  const json = join(folder, 'all.json');
  writeFileSync(yaml, objects.map(object => dump(object, { lineWidth: -1, noRefs: true })).join('---\n'));
  writeFileSync(json, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects.map(served) }, undefined, 4));
  return { yaml, json, objects: objects.length, routes };
}
