// @ts-check
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';

import { makeCorpus } from '../corpus.mjs';

/** @typedef {ReturnType<typeof openClient>} Client */

/** The kinds that a configuration is made of, and where the API server of the bench has them. */
const PATHS = new Map([
  ['Ingress', '/apis/networking.k8s.io/v1/namespaces/NAMESPACE/ingresses'],
  ['IngressClass', '/apis/networking.k8s.io/v1/ingressclasses'],
  ['EndpointSlice', '/apis/discovery.k8s.io/v1beta1/namespaces/NAMESPACE/endpointslices'],
  ['Service', '/api/v1/namespaces/NAMESPACE/services'],
  ['Secret', '/api/v1/namespaces/NAMESPACE/secrets'],
  ['Namespace', '/api/v1/namespaces'],
]);
const NAMESPACE = 'probe';
export const HOST = 'probe.example.com';
/** Its path, before the number of the round. */
export const PROBE = '/probe-';

/** Sends to the API server, over connections that stay open. */
export function openClient(/** @type {string} */ kubeconfig) {
  const { clusters, users } = JSON.parse(readFileSync(kubeconfig, 'utf8'));
  const agent = new Agent({
    keepAlive: true,
    maxSockets: 8,
    ca: readFileSync(clusters[0].cluster['certificate-authority']),
  });
  const send = (/** @type {string} */ method, /** @type {string} */ path, /** @type {object} */ body) =>
    new Promise((resolve, reject) => {
      const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
      const headers = { authorization: `Bearer ${users[0].user.token}`, 'content-type': type };
      const sent = request(`${clusters[0].cluster.server}${path}`, { method, agent, headers }, response => {
        let text = '';
        response.on('data', chunk => (text += chunk));
        response.on('end', () => {
          if ([200, 201].includes(response.statusCode ?? 0)) resolve(undefined);
          else reject(new Error(`${method} ${path}: ${response.statusCode} ${text.slice(0, 500)}`));
        });
      });
      sent.on('error', reject).end(JSON.stringify(body));
    });
  return { send, close: () => agent.destroy() };
}

/** Makes the cluster of the bench, and a Service on a port of this machine. Gives how many objects there are. */
export async function fill(/** @type {Client} */ client, /** @type {number} */ ingresses, /** @type {number} */ port) {
  const { objects } = makeCorpus(ingresses);
  const relevant = objects.filter(({ kind }) => PATHS.has(kind));
  const namespaces = new Set(relevant.flatMap(({ metadata }) => metadata.namespace ?? []));
  for (const name of [...namespaces, NAMESPACE]) {
    await client.send('POST', '/api/v1/namespaces', { metadata: { name } });
  }
  const all = [...relevant, ...probeObjects(port)];
  const next = all[Symbol.iterator]();
  const postSome = async () => {
    for (const object of next) await client.send('POST', pathOf(object), asServed(object));
  };
  await Promise.all(Array.from({ length: 8 }, postSome));
  return all.length;
}

function pathOf(/** @type {import('../corpus/objects.mjs').Manifest} */ { kind, metadata }) {
  return (PATHS.get(kind) ?? '').replace('NAMESPACE', metadata.namespace ?? '');
}

/** This server knows EndpointSlices as v1beta1 only, where a node is a label of an endpoint. */
function asServed(/** @type {any} */ object) {
  if (object.kind !== 'EndpointSlice') return object;
  const endpoints = object.endpoints.map((/** @type {any} */ { nodeName: _node, conditions, ...rest }) => ({
    ...rest,
    conditions: { ready: conditions.ready },
  }));
  return { ...object, apiVersion: 'discovery.k8s.io/v1beta1', endpoints };
}

function probeObjects(/** @type {number} */ port) {
  const metadata = { name: 'probe', namespace: NAMESPACE };
  const ports = [{ name: 'http', port: 80, targetPort: port, protocol: 'TCP' }];
  const labels = { 'kubernetes.io/service-name': 'probe' };
  const endpoints = [{ addresses: ['127.0.0.1'], conditions: { ready: true } }];
  return [
    { apiVersion: 'v1', kind: 'Service', metadata, spec: { clusterIP: 'None', ports } },
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { ...metadata, labels },
      addressType: 'IPv4',
      ports: [{ name: 'http', port, protocol: 'TCP' }],
      endpoints,
    },
    { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata, spec: probeSpec(`${PROBE}0`) },
  ];
}

function probeSpec(/** @type {string} */ path) {
  const backend = { service: { name: 'probe', port: { number: 80 } } };
  return {
    ingressClassName: 'nginx',
    rules: [{ host: HOST, http: { paths: [{ path, pathType: 'Exact', backend }] } }],
  };
}

/** Lets the probe be at another path. Resolves when the API server has accepted it. */
export function moveProbe(/** @type {Client} */ client, /** @type {string} */ path) {
  const where = `/apis/networking.k8s.io/v1/namespaces/${NAMESPACE}/ingresses/probe`;
  return client.send('PATCH', where, { spec: probeSpec(path) });
}
