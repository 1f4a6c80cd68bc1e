// @ts-check
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { annotationsOf, AUTHORITY_SECRET, PASSWORDS_SECRET } from './corpus/annotations.mjs';
import { pairOf } from './corpus/certificates.mjs';
import { dice } from './corpus/dice.mjs';
import { applied, definition, monitor, withMistake } from './corpus/large.mjs';
import { backend, labelsOf, secret, settings } from './corpus/objects.mjs';
import { handOf, yamlOf } from './corpus/yaml.mjs';

/** @typedef {import('./corpus/dice.mjs').Dice} Dice */
/** @typedef {import('./corpus/objects.mjs').Manifest} Manifest */
/** @typedef {import('./corpus/objects.mjs').Style} Style */

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
const DOMAIN = 'apps.example.com';

/**
 * A cluster that differs from the usual one of small objects without a mistake.
 * @typedef {object} Variant
 * @property {Style} [style] `large`: objects of twice the size, as Helm and kubectl leave them; some with mistakes
 * @property {'with TLS' | 'without TLS'} [plain] all Ingresses have one host, and no annotation
 * @property {object} [annotations] what every Ingress has besides
 */

/**
 * The objects that somebody has written, one after the other.
 * @typedef {{ readonly objects: readonly Manifest[], readonly routes: number }} Part
 */

/** What stands once: the class, what each namespace has, and kinds that nothing reads. */
function shared(/** @type {number} */ ingresses, /** @type {Style} */ style) {
  const passwords = Buffer.from('ada:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=\n').toString('base64');
  const perNamespace = NAMESPACES.flatMap((namespace, index) => {
    const pair = pairOf([`*.${DOMAIN}`, DOMAIN, `*.${namespace}.${DOMAIN}`], index);
    return [
      secret({ name: WILDCARD_SECRET, namespace }, 'kubernetes.io/tls', pair),
      secret({ name: PASSWORDS_SECRET, namespace }, 'Opaque', { auth: passwords }),
      secret({ name: AUTHORITY_SECRET, namespace }, 'Opaque', { 'ca.crt': pair['tls.crt'] }),
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace } },
    ];
  });
  const ingressClass = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: { name: 'nginx' },
    spec: { controller: 'k8s.io/ingress-nginx' },
  };
  const definitions = style === 'large' ? Math.min(20, 1 + Math.ceil(ingresses / 200)) : 0;
  return [ingressClass, ...Array.from({ length: definitions }, (_, index) => definition(index)), ...perNamespace];
}

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
 * One application: its Ingress, one to three Services with what belongs to them, and often something to skip.
 * @returns {Part}
 */
function application(/** @type {Dice} */ roll, /** @type {number} */ index, /** @type {Variant} */ variant) {
  const { style = 'small', plain } = variant;
  const namespace = roll.pick(NAMESPACES);
  const name = `${roll.pick(SEGMENTS)}-${index}`;
  /** @type {readonly [string, ...string[]]} */
  const services = [name, ...[`${name}-1`, `${name}-2`].slice(0, roll.pick([0, 0, 1, 2]))];
  const hosts = [name, `${name}-www`]
    .slice(0, plain !== undefined ? 1 : roll.pick([1, 1, 1, 2]))
    .map(label => `${label}.${DOMAIN}`);
  const rules = hosts.map(host => ({ host, http: { paths: pathsOf(roll, services) } }));
  const ownSecret = roll.odds(15) ? secretOf({ name: `${name}-tls`, namespace }, hosts, index) : undefined;
  const tls = { tls: [{ hosts, secretName: ownSecret?.metadata.name ?? WILDCARD_SECRET }] };
  const annotations = plain !== undefined ? {} : annotationsOf(roll, namespace, name);
  const ingress = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name,
      namespace,
      labels: labelsOf(name, style),
      annotations: { ...annotations, ...variant.annotations },
    },
    spec: {
      ingressClassName: 'nginx',
      ...((plain === undefined ? roll.odds(60) : plain === 'with TLS') ? tls : {}),
      rules,
    },
  };
  const objects = [
    ...(ownSecret === undefined ? [] : [ownSecret]),
    style === 'large' && roll.odds(3) ? withMistake(roll, ingress) : ingress,
    ...services.flatMap(service => backend(roll, { name: service, namespace }, style)),
    ...(roll.odds(20) ? [settings({ name, namespace }, style)] : []),
    ...(style === 'large' && roll.odds(30) ? [monitor({ name, namespace })] : []),
  ];
  const isApplied = style === 'large' && roll.odds(40);
  const routes = rules.reduce((sum, rule) => sum + rule.http.paths.length, 0);
  return { objects: isApplied ? objects.map(applied) : objects, routes };
}

function secretOf(
  /** @type {{ name: string, namespace: string }} */ metadata,
  /** @type {readonly string[]} */ hosts,
  /** @type {number} */ index,
) {
  return secret(metadata, 'kubernetes.io/tls', pairOf(hosts, index));
}

/** What the server adds to an object before `kubectl get -o json` prints it. */
function served(/** @type {Manifest} */ object, /** @type {number} */ index) {
  const uid = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
  const added = { uid, resourceVersion: String(1_000_000 + index), creationTimestamp: '2024-05-06T07:08:09Z' };
  return { ...object, metadata: { ...object.metadata, ...added } };
}

/** @returns {readonly Part[]} */
function partsOf(/** @type {number} */ ingresses, /** @type {Variant} */ variant) {
  const roll = dice(ingresses);
  const first = { objects: shared(ingresses, variant.style ?? 'small'), routes: 0 };
  return [first, ...Array.from({ length: ingresses }, (_, index) => application(roll, index, variant))];
}

const objectsOf = (/** @type {readonly Part[]} */ parts) => parts.flatMap(({ objects }) => objects);

/**
 * A cluster of so many Ingresses; the same count gives the same objects. `routes` counts the paths of all Ingresses.
 * @param {number} ingresses
 * @param {Variant} [variant]
 */
export function makeCorpus(ingresses, variant = {}) {
  const parts = partsOf(ingresses, variant);
  return { objects: objectsOf(parts), routes: parts.reduce((sum, part) => sum + part.routes, 0) };
}

/**
 * Writes a cluster of so many Ingresses as `all.yaml`, multi-document, in the hands of many people, and as `all.json`,
 * one List of the same objects.
 * @param {string} folder
 * @param {number} ingresses
 * @param {Variant} [variant]
 */
export function writeCorpus(folder, ingresses, variant = {}) {
  const parts = partsOf(ingresses, variant);
  const hands = dice(ingresses + 1);
  const texts = parts.map(({ objects }) => {
    const hand = handOf(hands);
    return objects.map(object => yamlOf(object, hand)).join('---\n');
  });
  const objects = objectsOf(parts);
  const [yaml, json] = [join(folder, 'all.yaml'), join(folder, 'all.json')];
  writeFileSync(yaml, texts.join('---\n'));
  writeFileSync(json, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects.map(served) }, undefined, 4));
  return { yaml, json, objects: objects.length, routes: parts.reduce((sum, part) => sum + part.routes, 0) };
}
