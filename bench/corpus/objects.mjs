// @ts-check

/** @typedef {import('./dice.mjs').Dice} Dice */
/** @typedef {{ readonly name: string, readonly namespace?: string, readonly labels?: object, readonly annotations?: object }} Metadata */
/** @typedef {{ readonly kind: string, readonly metadata: Metadata, readonly [field: string]: unknown }} Manifest */
/** @typedef {'small' | 'large'} Style */

/** @returns {Manifest} */
export function secret(
  /** @type {Metadata} */ metadata,
  /** @type {string} */ type,
  /** @type {Readonly<Record<string, string>>} */ data,
) {
  return { apiVersion: 'v1', kind: 'Secret', metadata, type, data };
}

/** What an object of an application is labelled with. */
export function labelsOf(/** @type {string} */ name, /** @type {Style} */ style) {
  const label = { 'app.kubernetes.io/name': name };
  if (style === 'small') return label;
  const chart = { 'helm.sh/chart': `${name}-1.4.2`, 'app.kubernetes.io/managed-by': 'Helm' };
  return { ...label, 'app.kubernetes.io/instance': `${name}-prod`, ...chart, team: name.replace(/-.*/u, '') };
}

/** @returns {Manifest} */
function endpointSlice(/** @type {Dice} */ roll, /** @type {Metadata} */ metadata, /** @type {number} */ port) {
  const { name, namespace, labels } = metadata;
  // One pod is always ready: a location that answers 503 is shorter than the others.
  const endpoints = Array.from({ length: 1 + roll.below(4) }, (_, pod) => ({
    addresses: [`10.${roll.below(250)}.${roll.below(250)}.${1 + roll.below(250)}`],
    conditions: { ready: pod === 0 || roll.odds(97), serving: true, terminating: false },
    nodeName: `node-${roll.below(200)}`,
    targetRef: { kind: 'Pod', name: `${name}-${pod}`, namespace },
  }));
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { ...metadata, name: `${name}-x7k2p`, labels: { ...labels, 'kubernetes.io/service-name': name } },
    addressType: 'IPv4',
    ports: [{ name: 'http', port, protocol: 'TCP' }],
    endpoints,
  };
}

const VARIABLES = {
  small: ['LOG_LEVEL', 'REGION'],
  large: [
    'LOG_LEVEL',
    'REGION',
    'CACHE_URL',
    'DATABASE_URL',
    'OTEL_EXPORTER_OTLP_ENDPOINT',
    'PUBLIC_URL',
    'SENTRY_DSN',
    'FEATURE_FLAGS_URL',
    'SESSION_STORE',
  ],
};
const PROBE = { httpGet: { path: '/health', port: 'http' }, periodSeconds: 10 };

function containerOf(
  /** @type {Metadata} */ { name, namespace },
  /** @type {number} */ containerPort,
  /** @type {Style} */ style,
) {
  const more = {
    args: ['--listen', `:${containerPort}`, '--log-format=json'],
    imagePullPolicy: 'IfNotPresent',
    livenessProbe: { ...PROBE, initialDelaySeconds: 15 },
    securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true },
    volumeMounts: [{ name: 'settings', mountPath: '/etc/app', readOnly: true }],
  };
  return {
    name: 'main',
    image: `registry.example.com/${namespace}/${name}:1.4.2`,
    ports: [{ name: 'http', containerPort }],
    env: VARIABLES[style].map(variable => ({ name: variable, value: `${variable.toLowerCase()} of the app` })),
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
    readinessProbe: PROBE,
    ...(style === 'large' ? more : {}),
  };
}

/** @returns {Manifest} */
function deployment(/** @type {Metadata} */ metadata, /** @type {number} */ containerPort, /** @type {Style} */ style) {
  const { name, labels } = metadata;
  const pod = {
    serviceAccountName: name,
    securityContext: { runAsNonRoot: true, fsGroup: 1000 },
    containers: [containerOf(metadata, containerPort, style)],
    volumes: [{ name: 'settings', configMap: { name: `${name}-settings` } }],
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      replicas: 2,
      selector: { matchLabels: { 'app.kubernetes.io/name': name } },
      template: { metadata: { labels }, spec: style === 'large' ? pod : { containers: pod.containers } },
    },
  };
}

/**
 * A Service, its EndpointSlice with one to four pods, and for every second one the Deployment that makes them.
 * @returns {readonly Manifest[]}
 */
export function backend(
  /** @type {Dice} */ roll,
  /** @type {{ name: string, namespace: string }} */ { name, namespace },
  /** @type {Style} */ style,
) {
  const metadata = { name, namespace, labels: labelsOf(name, style) };
  const targetPort = 3000 + roll.below(6000);
  const ports = [{ name: 'http', port: 80, targetPort, protocol: 'TCP' }];
  const selector = { 'app.kubernetes.io/name': name };
  const service = { apiVersion: 'v1', kind: 'Service', metadata, spec: { type: 'ClusterIP', selector, ports } };
  const objects = [service, endpointSlice(roll, metadata, targetPort)];
  return roll.odds(50) ? [...objects, deployment(metadata, targetPort, style)] : objects;
}

const SETTINGS = 'server:\n  port: 8080\n  name: NAME\nlogging:\n  # one line per event\n  format: json\n';
const PIPELINE = Array.from(
  { length: 14 },
  (_, step) => `[step.${step}]\ncommand = "run --stage ${step}" # retried\n`,
).join('\n');

/** @returns {Manifest} */
export function settings(/** @type {Metadata} */ { name, namespace }, /** @type {Style} */ style) {
  const data = { 'application.yaml': SETTINGS.replace('NAME', name) };
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `${name}-settings`, ...(namespace === undefined ? {} : { namespace }) },
    data: style === 'large' ? { ...data, 'pipeline.toml': PIPELINE, 'feature-flags': 'checkout,search' } : data,
  };
}
