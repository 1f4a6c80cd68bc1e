import { expect, test } from 'vitest';

import { collect } from '../../../src/diagnostics/diagnostic.ts';
import { parseSources } from '../../../src/manifests/parse-sources.ts';
import type { KubernetesVersion } from '../../../src/resources/kubernetes-release.ts';
import { parseKubernetesVersion } from '../../../src/resources/kubernetes-release.ts';
import { validateObjects } from '../../../src/resources/validate.ts';

test.each([
  { text: '1.29', version: '1.29' },
  { text: 'v1.22', version: '1.22' },
  { text: '1.29.3', version: '1.29' },
  { text: 'v1.29.3-gke.100', version: '1.29' },
  { text: '1.21.14+rke2r1', version: '1.21' },
  { text: '1.9', version: '1.9' },
  { text: '29', version: undefined },
  { text: '2.0', version: undefined },
  { text: '1.29x', version: undefined },
  { text: '', version: undefined },
])('"$text" is read as $version', ({ text, version }) => {
  expect(parseKubernetesVersion(text)).toBe(version);
});

interface Given {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: object;
  readonly rest?: object;
}

function said({ apiVersion, kind, metadata, rest }: Given, kubernetesVersion: KubernetesVersion | undefined) {
  const { report, diagnostics } = collect();
  const text = JSON.stringify({ apiVersion, kind, metadata: { name: 'web', ...metadata }, ...rest });
  const { objects } = parseSources([{ name: 'web.json', text }], report);
  validateObjects(objects, report, kubernetesVersion === undefined ? {} : { kubernetesVersion });
  return diagnostics;
}

const linesOf = (found: ReturnType<typeof said>): readonly string[] =>
  found.map(({ severity, rule, message }) => `${severity} ${rule.name}: ${message}`);

const BACKEND = { spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } } } };
const OLD_BACKEND = { spec: { backend: { serviceName: 'web', servicePort: 80 } } };
const INGRESS = { kind: 'Ingress', apiVersion: 'networking.k8s.io/v1', rest: BACKEND };
const BETA = { kind: 'Ingress', apiVersion: 'networking.k8s.io/v1beta1', rest: OLD_BACKEND };
const EXTENSIONS = { ...BETA, apiVersion: 'extensions/v1beta1' };
const CLASS = { kind: 'IngressClass', apiVersion: 'networking.k8s.io/v1', rest: { spec: { controller: 'a.io/b' } } };
const SLICE = {
  kind: 'EndpointSlice',
  apiVersion: 'discovery.k8s.io/v1',
  rest: { addressType: 'IPv4', endpoints: [] },
};
const ENDPOINTS = { kind: 'Endpoints', apiVersion: 'v1' };

test.each<{ given: Given; version: KubernetesVersion | undefined; lines: readonly string[] }>([
  {
    given: EXTENSIONS,
    version: undefined,
    lines: ['warning removed-api-version: Kubernetes 1.22 and later do not serve extensions/v1beta1 of Ingress'],
  },
  {
    given: EXTENSIONS,
    version: '1.13',
    lines: [],
  },
  {
    given: EXTENSIONS,
    version: '1.21',
    lines: ['info deprecated-api-version: extensions/v1beta1 of Ingress is deprecated since Kubernetes 1.14'],
  },
  {
    given: EXTENSIONS,
    version: '1.22',
    lines: ['error removed-api-version: Kubernetes 1.22 does not serve extensions/v1beta1 of Ingress'],
  },
  { given: BETA, version: '1.18', lines: [] },
  {
    given: BETA,
    version: '1.19',
    lines: ['info deprecated-api-version: networking.k8s.io/v1beta1 of Ingress is deprecated since Kubernetes 1.19'],
  },
  {
    given: BETA,
    version: '1.30',
    lines: ['error removed-api-version: Kubernetes 1.30 does not serve networking.k8s.io/v1beta1 of Ingress'],
  },
  {
    given: { ...BETA, metadata: { uid: '7f0c2d4e-9b1a-4c3d-8e5f-0a1b2c3d4e5f' } },
    version: '1.30',
    lines: ['info removed-api-version: Kubernetes 1.30 does not serve networking.k8s.io/v1beta1 of Ingress'],
  },
  { given: INGRESS, version: undefined, lines: [] },
  { given: INGRESS, version: '1.19', lines: [] },
  {
    given: INGRESS,
    version: '1.18',
    lines: [
      'error unserved-api-version: Kubernetes 1.18 does not serve networking.k8s.io/v1 of Ingress, only 1.19 and later do',
    ],
  },
  {
    given: CLASS,
    version: '1.18',
    lines: [
      'error unserved-api-version: Kubernetes 1.18 does not serve networking.k8s.io/v1 of IngressClass, only 1.19 and later do',
    ],
  },
  {
    given: SLICE,
    version: '1.20',
    lines: [
      'error unserved-api-version: Kubernetes 1.20 does not serve discovery.k8s.io/v1 of EndpointSlice, only 1.21 and later do',
    ],
  },
  { given: SLICE, version: '1.21', lines: [] },
  { given: ENDPOINTS, version: undefined, lines: [] },
  { given: ENDPOINTS, version: '1.32', lines: [] },
  {
    given: ENDPOINTS,
    version: '1.33',
    lines: ['info deprecated-api-version: v1 of Endpoints is deprecated since Kubernetes 1.33'],
  },
  { given: { ...ENDPOINTS, metadata: { resourceVersion: '7' } }, version: '1.33', lines: [] },
])('$given.apiVersion of $given.kind in $version', ({ given, version, lines }) => {
  expect(linesOf(said(given, version))).toEqual(lines);
});

test.each<{ given: Given; since: KubernetesVersion; before: KubernetesVersion; path: readonly (string | number)[] }>([
  {
    given: {
      kind: 'Service',
      apiVersion: 'v1',
      rest: { spec: { trafficDistribution: 'PreferClose', ports: [{ port: 80 }] } },
    },
    since: '1.31',
    before: '1.30',
    path: ['spec', 'trafficDistribution'],
  },
  {
    given: { kind: 'Service', apiVersion: 'v1', rest: { spec: { ports: [{ port: 80, appProtocol: 'http' }] } } },
    since: '1.19',
    before: '1.18',
    path: ['spec', 'ports', 0, 'appProtocol'],
  },
  {
    given: {
      ...SLICE,
      rest: {
        addressType: 'IPv4',
        endpoints: [{ addresses: ['10.0.0.1'] }, { addresses: ['10.0.0.2'], hints: { forZones: [{ name: 'a' }] } }],
      },
    },
    since: '1.23',
    before: '1.22',
    path: ['endpoints', 1, 'hints'],
  },
  {
    given: { kind: 'Secret', apiVersion: 'v1', rest: { immutable: true } },
    since: '1.19',
    before: '1.18',
    path: ['immutable'],
  },
])('a field of $given.kind is new in $since', ({ given, since, before, path }) => {
  expect(said(given, since)).toEqual([]);
  expect(said(given, undefined)).toEqual([]);
  expect(said(given, before)).toMatchObject([
    { severity: 'warning', rule: { name: 'newer-field' }, at: { path, part: 'key' } },
  ]);
});
