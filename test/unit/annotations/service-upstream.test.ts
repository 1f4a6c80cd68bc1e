import { describe, expect, test } from 'vitest';

import type { CompileSettings } from '../../../src/compile/settings.ts';
import { appOf, compiled, configMapOf, ingressOf, serviceOf, sliceOf } from '../../support/resources.ts';

type Texts = Readonly<Record<string, string>>;

const T = { 'service-upstream': 'true' };
const F = { 'service-upstream': 'false' };

/** A Service at 10.96.0.7, with an endpoint at 10.0.0.1. */
const WEB = [
  serviceOf('web', ['http:80->8080'], { clusterIP: '10.96.0.7' }),
  sliceOf('web', ['http:8080'], ['10.0.0.1']),
];
const CLUSTER = ['10.96.0.7:80'];
const ENDPOINT = ['10.0.0.1:8080'];

function ruleOf(name: string, age: number, annotations: Texts) {
  const createdAt = `2024-01-0${age}T00:00:00Z`;
  return ingressOf({ name, createdAt, hosts: { [`${name}.io`]: [['/', 'web:80']] }, annotations });
}

function defaultOf(name: string, age: number, annotations: Texts) {
  return ingressOf({ name, createdAt: `2024-01-0${age}T00:00:00Z`, hosts: {}, defaultBackend: 'web:80', annotations });
}

const conflict = (name: string): string =>
  `service-upstream-conflict: service-upstream has no effect: Ingress shop/${name} leads to the same Service, and decides how it is reached`;

describe('where requests go is decided', () => {
  test.each<{
    name: string;
    ingresses: readonly ReturnType<typeof ingressOf>[];
    option?: string;
    peers: readonly string[];
    lines?: readonly string[];
  }>([
    { name: 'by the annotation', ingresses: [ruleOf('a', 1, T)], peers: CLUSTER },
    {
      name: 'by the option where nobody says anything',
      ingresses: [ruleOf('a', 1, {})],
      option: 'true',
      peers: CLUSTER,
    },
    {
      name: 'by the annotation and not by the option',
      ingresses: [ruleOf('a', 1, F)],
      option: 'true',
      peers: ENDPOINT,
    },
    {
      name: 'as if it were false by an annotation that is no boolean, whatever the option says',
      ingresses: [ruleOf('a', 1, { 'service-upstream': 'on' })],
      option: 'true',
      peers: ENDPOINT,
      lines: ['invalid-annotation-value: service-upstream: "on" is not a boolean'],
    },
    {
      name: 'by the option where the annotation is empty',
      ingresses: [ruleOf('a', 1, { 'service-upstream': '' })],
      option: 'true',
      peers: CLUSTER,
    },
    { name: 'by the oldest Ingress', ingresses: [ruleOf('b', 2, {}), ruleOf('a', 1, T)], peers: CLUSTER },
    {
      name: 'by the oldest Ingress, though it says nothing',
      ingresses: [ruleOf('a', 1, {}), ruleOf('b', 2, T)],
      peers: ENDPOINT,
      lines: [conflict('a')],
    },
    {
      name: 'by the oldest Ingress and the option',
      ingresses: [ruleOf('a', 1, {}), ruleOf('b', 2, F)],
      option: 'true',
      peers: CLUSTER,
      lines: [conflict('a')],
    },
    {
      name: 'by the Ingress whose default backend it is',
      ingresses: [ruleOf('a', 1, {}), defaultOf('b', 2, T)],
      peers: CLUSTER,
    },
    { name: 'by two that agree', ingresses: [ruleOf('a', 1, T), ruleOf('b', 2, T)], peers: CLUSTER },
  ])('$name', ({ ingresses, option, peers, lines = [] }) => {
    const config = option === undefined ? [] : [configMapOf('ingress/controller', { 'service-upstream': option })];
    const settings = option === undefined ? {} : { controllerConfig: 'ingress/controller' };
    const run = compiled([...ingresses, ...WEB, ...config], settings);
    expect(run.peers('shop-web-80')).toEqual(peers);
    expect(run.lines).toEqual(lines);
  });
});

describe('the address of a Service', () => {
  test.each<{
    name: string;
    settings?: Partial<CompileSettings>;
    clusterIP?: string | undefined;
    port?: string;
    peers: unknown;
  }>([
    { name: 'has the port of the Service where that is meant by name', port: 'http', peers: CLUSTER },
    { name: 'is not there for a headless Service', clusterIP: 'None', peers: ENDPOINT },
    { name: 'is not there in a repository', clusterIP: undefined, peers: ENDPOINT },
    {
      name: 'is of no matter where a flag says how Services are reached',
      settings: { backendAddress: 'pod' },
      peers: ENDPOINT,
    },
  ])('$name', ({ settings, port = '80', peers, ...service }) => {
    const clusterIP = 'clusterIP' in service ? service.clusterIP : '10.96.0.7';
    const parts = [serviceOf('web', ['http:80->8080'], { clusterIP }), sliceOf('web', ['http:8080'], ['10.0.0.1'])];
    const ingress = ingressOf({ hosts: { 'a.io': [['/', `web:${port}`]] }, annotations: T });
    expect(compiled([ingress, ...parts], settings).peers(`shop-web-${port}`)).toEqual(peers);
  });

  test('is asked though nobody is ready behind it', () => {
    const { peers, lines } = compiled([
      ruleOf('a', 1, T),
      WEB[0] ?? serviceOf('web'),
      sliceOf('web', ['http:8080'], []),
    ]);
    expect(peers('shop-web-80')).toEqual(CLUSTER);
    expect(lines).toEqual([]);
  });

  test('is missing of a headless Service, which is said once', () => {
    const hosts = {
      'a.io': [
        ['/', 'web:80'],
        ['/b', 'web:http'],
      ],
    } as const;
    const headless = serviceOf('web', ['http:80->8080'], { clusterIP: 'None' });
    const { lines } = compiled([
      ingressOf({ hosts, annotations: T }),
      headless,
      sliceOf('web', ['http:8080'], ['10.0.0.1']),
    ]);
    expect(lines).toEqual([
      'annotation-without-effect: service-upstream has no effect on the headless Service shop/web: requests go to its endpoints',
    ]);
  });
});

test('a canary decides for its own Service', () => {
  const canary = { canary: 'true', 'canary-weight': '50', ...T };
  const next = ingressOf({
    name: 'next',
    createdAt: '2024-01-02T00:00:00Z',
    hosts: { 'a.io': [['/', 'next:80']] },
    annotations: canary,
  });
  const parts = [
    serviceOf('next', ['http:80->8080'], { clusterIP: '10.96.0.8' }),
    sliceOf('next', ['http:8080'], ['10.0.0.2']),
  ];
  const { peers } = compiled([ruleOf('a', 1, {}), next, ...WEB, ...parts]);
  expect(peers('shop-web-80')).toEqual(ENDPOINT);
  expect(peers('shop-next-80')).toEqual(['10.96.0.8:80']);
});

test('TCP ports are reached by endpoints, whatever the option says', () => {
  const tcp = configMapOf('ingress/tcp', { '5432': 'shop/db:5432' });
  const config = configMapOf('ingress/controller', { 'service-upstream': 'true' });
  const db = [serviceOf('db', ['pg:5432->5432'], { clusterIP: '10.96.0.9' }), sliceOf('db', ['pg:5432'], ['10.0.0.3'])];
  const settings = { controllerConfig: 'ingress/controller', tcpServicesConfigMap: 'ingress/tcp' };
  const { routing } = compiled([ruleOf('a', 1, {}), ...appOf('web', '10.0.0.1'), tcp, config, ...db], settings);
  expect(routing.streams[0]?.peers).toEqual({ kind: 'addresses', addresses: [{ address: '10.0.0.3', port: 5432 }] });
});
