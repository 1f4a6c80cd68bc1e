import { describe, expect, test } from 'vitest';

import { foundAt } from '../../support/found-at.ts';
import { compileSources } from '../../support/compiled.ts';
import type { CompileSettings } from '../../../src/compile/settings.ts';

const SETTINGS: Partial<CompileSettings> = {
  controllerConfig: 'ingress/controller',
  tcpServicesConfigMap: 'ingress/tcp',
};

/** A ConfigMap. */
const data = (name: string, values: Readonly<Record<string, string>>): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'ingress' }, data: values });

const ports = (count: number): string =>
  data('tcp', Object.fromEntries(Array.from({ length: count }, (_, index) => [`${9_000 + index}`, 'shop/web:80'])));

interface Hosts {
  readonly hosts: readonly string[];
  readonly paths?: readonly string[];
  readonly annotations?: Readonly<Record<string, string>>;
}

const ingress = ({ hosts, paths = ['/'], annotations = {} }: Hosts): string =>
  JSON.stringify({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'shop', namespace: 'shop', annotations },
    spec: {
      ingressClassName: 'nginx',
      rules: hosts.map(host => ({
        host,
        http: {
          paths: paths.map(path => ({
            path,
            pathType: 'ImplementationSpecific',
            backend: { service: { name: 'web', port: { number: 80 } } },
          })),
        },
      })),
    },
  });

const WEB = JSON.stringify({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { clusterIP: '10.0.0.7', ports: [{ port: 80 }] },
});

/** What is said of sizes. */
function saidOf(...texts: readonly string[]): readonly string[] {
  const sources = [...texts, WEB].map((text, index) => ({ name: `${index}.json`, text }));
  return compileSources(sources, SETTINGS)
    .diagnostics.filter(({ rule }) => rule.id.startsWith('I2N8'))
    .map(({ severity, rule, message }) => `${severity} ${rule.name}: ${message}`);
}

describe('connections of a worker', () => {
  const workers = (count: string): string => data('controller', { 'max-worker-connections': count });
  test.each([
    { name: 'are plenty', given: [workers('16384'), ports(100)], said: [] },
    { name: 'are few, as somebody wants it', given: [workers('64')], said: [] },
    {
      name: 'are mostly taken by ports',
      given: [workers('300'), ports(100)],
      said: [
        'warning too-few-connections: 300 connections of a worker, and 204 addresses and ports to listen on: few are left for clients and backends',
      ],
    },
    {
      name: 'are one too few',
      given: [workers('204'), ports(100)],
      said: [
        'error too-few-connections: 204 connections of a worker, and 204 addresses and ports to listen on: nginx refuses the whole configuration',
      ],
    },
  ])('$name', ({ given, said }) => {
    expect(saidOf(ingress({ hosts: ['shop.example.com'] }), ...given)).toEqual(said);
  });
});

describe('the bucket of host names', () => {
  const bucket = (size: string): string => data('controller', { 'server-name-hash-bucket-size': size });
  const host = (length: number): string => ingress({ hosts: [`${'a'.repeat(length - 2)}.b`] });
  test.each([
    { name: 'has room for 46 characters in 64 bytes', given: [bucket('64'), host(46)], said: [] },
    { name: 'has 64 bytes where 32 are asked for', given: [bucket('32'), host(46)], said: [] },
    {
      name: 'has no room for 47',
      given: [bucket('32'), host(47)],
      said: [
        `warning server-name-bucket: server-name-hash-bucket-size: "32" is too small for the host "${'a'.repeat(45)}.b" of Ingress shop/shop: the nginx of the controller refuses the whole configuration`,
      ],
    },
    { name: 'is as large as it takes where nobody says', given: [bucket('0'), host(60)], said: [] },
    { name: 'holds no wildcards', given: [bucket('64'), ingress({ hosts: [`*.${'a'.repeat(60)}.b`] })], said: [] },
  ])('$name', ({ given, said }) => {
    expect(saidOf(...given)).toEqual(said);
  });
});

describe('what is compared one after the other', () => {
  const many = (count: number, nameOf: (index: number) => string): readonly string[] =>
    Array.from({ length: count }, (_, index) => nameOf(index));
  test.each([
    { name: '199 wildcard hosts', given: ingress({ hosts: many(199, index => `*.t${index}.example.com`) }), said: [] },
    {
      name: '200 wildcard hosts',
      given: ingress({ hosts: many(200, index => `*.t${index}.example.com`) }),
      said: [
        'info many-host-patterns: there are 200 wildcard hosts: a request for another host is compared with each of them',
      ],
    },
    { name: '500 hosts', given: ingress({ hosts: many(500, index => `t${index}.example.com`) }), said: [] },
    {
      name: '200 expressions',
      given: ingress({
        hosts: ['shop.example.com'],
        paths: many(200, index => `/p${index}/(.*)`),
        annotations: { 'nginx.ingress.kubernetes.io/use-regex': 'true' },
      }),
      said: [
        'info many-expressions: shop.example.com has 201 paths that are regular expressions: a request is compared with one after the other',
      ],
    },
    {
      name: '500 prefixes',
      given: ingress({ hosts: ['shop.example.com'], paths: many(500, index => `/p${index}`) }),
      said: [],
    },
  ])('$name', ({ given, said }) => {
    expect(saidOf(given)).toEqual(said);
  });
});

describe('an object', () => {
  const ofPaths = (count: number): string =>
    ingress({ hosts: ['shop.example.com'], paths: Array.from({ length: count }, (_, index) => `/p${index}`) });
  const stored = (text: string): string => text.replace('"metadata":{', '"metadata":{"uid":"7d1f",');
  test.each([
    { name: 'with 2,000 paths can be applied', given: ofPaths(2_000), said: [] },
    {
      name: 'with 3,000 paths is too large for kubectl apply',
      given: ofPaths(3_000),
      said: ['info too-large-to-apply'],
    },
    { name: 'with 3,000 paths that a cluster has was not', given: stored(ofPaths(3_000)), said: [] },
    { name: 'with 40,000 paths is too large for the API server', given: ofPaths(40_000), said: ['error too-large'] },
  ])('$name', ({ given, said }) => {
    const { diagnostics } = compileSources([
      { name: 'shop.json', text: given },
      { name: 'web.json', text: WEB },
    ]);
    const found = diagnostics.map(({ severity, rule }) => `${severity} ${rule.name}`);
    expect(found.filter(line => line.includes('too-large'))).toEqual(said);
  });
});

test('sizes are found where the option stands', () => {
  const text = `apiVersion: v1
kind: ConfigMap
metadata: {name: controller, namespace: ingress}
data:
  server-name-hash-bucket-size: "64"
  client-body-buffer-size: 512m
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
  annotations:
    nginx.ingress.kubernetes.io/client-body-buffer-size: 2048M
spec:
  ingressClassName: nginx
  rules:
  - host: a-shop-with-a-name-that-nobody-remembers.example.com
`;
  expect(foundAt(text, SETTINGS).filter(line => /bucket|buffer/.test(line))).toEqual([
    '5:33 warning server-name-bucket',
    '6:28 info large-body-buffer',
    '13:58 info large-body-buffer',
  ]);
});
