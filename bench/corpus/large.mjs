// @ts-check

/** @typedef {import('./dice.mjs').Dice} Dice */
/** @typedef {import('./objects.mjs').Manifest} Manifest */

const WORDS = /** @type {const} */ ([
  'replicas',
  'storage',
  'schedule',
  'backup',
  'template',
  'retention',
  'listeners',
]);

/** @returns {object} */
function fieldOf(/** @type {number} */ seed, /** @type {number} */ depth) {
  const word = WORDS[seed % WORDS.length];
  if (depth === 0) {
    const description = `How the ${word} of this resource is handled while it is not ready: leave it empty for the default.`;
    return { type: seed % 3 === 0 ? 'integer' : 'string', description };
  }
  const below = Array.from({ length: 6 }, (_, index) => [
    `${word}${index}`,
    fieldOf(5 * seed + index + depth, depth - 1),
  ]);
  return { type: 'object', description: `Settings of the ${word}.`, properties: Object.fromEntries(below) };
}

/**
 * A kind that others define, with the schema of its fields.
 * @returns {Manifest}
 */
export function definition(/** @type {number} */ index) {
  const [plural, group] = [`things${index}`, `x${index}.example.com`];
  const versions = [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: fieldOf(index, 3) } }];
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: { group, names: { kind: `Thing${index}`, plural }, scope: 'Namespaced', versions },
  };
}

/**
 * What watches an application.
 * @returns {Manifest}
 */
export function monitor(/** @type {{ name: string, namespace: string }} */ metadata) {
  const endpoints = [{ port: 'http', interval: '30s', path: '/metrics' }];
  const selector = { matchLabels: { 'app.kubernetes.io/name': metadata.name } };
  return { apiVersion: 'monitoring.coreos.com/v1', kind: 'ServiceMonitor', metadata, spec: { endpoints, selector } };
}

/**
 * One mistake of those that people make, none of which keeps the rest from being served.
 * @param {Dice} roll
 * @param {any} ingress
 */
export function withMistake(roll, ingress) {
  const copy = structuredClone(ingress);
  const [first] = copy.spec.rules[0].http.paths;
  switch (roll.below(3)) {
    case 0:
      copy.metadata.annotations['nginx.ingress.kubernetes.io/proxy-bodysize'] = '8m';
      break;
    case 1:
      copy.metadata.annotations['nginx.ingress.kubernetes.io/proxy-read-timeout'] = 'one minute';
      break;
    default:
      first.backend.service.name += '-missing';
  }
  return copy;
}

/** The fields of one manager, as far as a server lists them. */
function managed(/** @type {Manifest} */ { apiVersion, metadata, spec }) {
  const keysOf = (/** @type {unknown} */ fields) =>
    Object.fromEntries(Object.keys(fields ?? {}).map(key => [`f:${key}`, {}]));
  return {
    apiVersion,
    fieldsType: 'FieldsV1',
    fieldsV1: { 'f:metadata': { 'f:labels': keysOf(metadata.labels) }, 'f:spec': keysOf(spec) },
    manager: 'kubectl-client-side-apply',
    operation: 'Update',
    time: '2024-05-06T07:08:09Z',
  };
}

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * What `kubectl get -o yaml --show-managed-fields` prints of an object, which somebody has applied.
 * @returns {Manifest}
 */
export function applied(/** @type {Manifest} */ object) {
  const { kind, metadata } = object;
  if (kind !== 'Ingress' && kind !== 'Service') return object;
  const annotations = { ...metadata.annotations, [LAST_APPLIED]: `${JSON.stringify(object)}\n` };
  const more = { annotations, generation: 1, managedFields: [managed(object)] };
  const status = { loadBalancer: kind === 'Ingress' ? { ingress: [{ ip: '203.0.113.10' }] } : {} };
  return { ...object, metadata: { ...metadata, ...more }, status };
}
