import { afterEach, expect, test } from 'vitest';

import { startApiServer } from '../../support/api-server.ts';
import type { ApiServer } from '../../support/api-server.ts';
import type { KubeObject } from '../../support/api-server/types.ts';
import { follow, processesWith } from '../../support/followed.ts';
import type { Followed } from '../../support/followed.ts';
import { handClock } from '../../support/hand-clock.ts';
import { until } from '../../support/until.ts';

let server: ApiServer;
const ends: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
  await until(() => processesWith(server.kubeconfig).length === 0);
});

async function start(groupVersions?: readonly string[]): Promise<ApiServer> {
  server = await startApiServer(groupVersions);
  ends.push(server.close);
  return server;
}

async function open(settings: Parameters<typeof follow>[1] = {}): Promise<Followed> {
  const followed = await follow(server.kubeconfig, settings);
  ends.push(followed.stop);
  return followed;
}

async function openListed(settings: Parameters<typeof follow>[1] = {}): Promise<Followed> {
  const followed = await open(settings);
  // Before Kubernetes 1.18 there were no IngressClasses.
  const types = () => (followed.state('IngressClass')?.state === 'absent' ? 4 : 5);
  await until(() => followed.objects() !== undefined && server.openWatches() >= types());
  return followed;
}

function ingress(name: string, more: Readonly<Record<string, unknown>> = {}, host = `${name}.example.com`): KubeObject {
  const backend = { service: { name, port: { number: 80 } } };
  const rules = [{ host, http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }];
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace: 'shop', ...more },
    spec: { rules },
  };
}

function secret(name: string, text: string, namespace = 'shop'): KubeObject {
  const data = { auth: Buffer.from(text).toString('base64') };
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, type: 'Opaque', data };
}

function configMap(name: string, data: Readonly<Record<string, string>> = {}): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop' }, data };
}

const SLICE: KubeObject = {
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name: 'web-1', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'web' } },
  addressType: 'IPv4',
  endpoints: [{ addresses: ['10.0.0.1'] }],
  ports: [{ port: 8080 }],
};
const ENDPOINTS: KubeObject = {
  apiVersion: 'v1',
  kind: 'Endpoints',
  metadata: { name: 'web', namespace: 'shop' },
  subsets: [{ addresses: [{ ip: '10.0.0.1' }], ports: [{ port: 8080 }] }],
};

test('annotations of the controller have the prefix that is asked for', async () => {
  await start();
  server.put(ingress('web'));
  const { input } = await openListed({ annotationsPrefix: 'ingress.example.com/' });
  const resources = input.snapshot()?.units.flatMap(unit => unit.resources) ?? [];
  expect(resources).toMatchObject([{ kind: 'Ingress', annotationsPrefix: 'ingress.example.com/' }]);
});

test('gives nothing before all types are listed, and then everything', async () => {
  await start();
  server.put(ingress('web'), SLICE, ENDPOINTS, configMap('other'));
  const back = server.faults.answer({ path: /\/services/, status: 500 });
  const { objects, state, causes } = await open();
  await until(() => state('Service')?.state === 'retrying');
  await until(() => state('Ingress')?.objects === 1);
  expect(objects()).toBeUndefined();
  expect(causes).toEqual([]);
  back();
  await until(() => objects() !== undefined);
  expect(objects()).toEqual(['Ingress shop/web', 'EndpointSlice shop/web-1']);
  expect(causes).toEqual(['all objects were listed']);
});

test('names every change', async () => {
  await start();
  server.put(ingress('web'));
  const { causes, objects } = await openListed();
  server.put(ingress('wiki'));
  server.put(ingress('web', { annotations: { 'nginx.ingress.kubernetes.io/enable-cors': 'true' } }));
  server.remove('ingresses', 'shop', 'web');
  await until(() => causes.length === 4);
  server.put({ ...SLICE, endpoints: [] });
  await until(() => causes.length === 5);
  expect(causes).toEqual([
    'all objects were listed',
    'Ingress shop/wiki added',
    'Ingress shop/web modified',
    'Ingress shop/web deleted',
    'EndpointSlice shop/web-1 added',
  ]);
  expect(objects()).toEqual(['Ingress shop/wiki', 'EndpointSlice shop/web-1']);
});

test('takes what cannot matter for no change', async () => {
  await start();
  server.put(ingress('web'), ENDPOINTS, SLICE);
  const { causes, input } = await openListed();
  const web = server.get('ingresses', 'shop', 'web') ?? ingress('web');
  server.put({ ...web, status: { loadBalancer: { ingress: [{ ip: '127.0.0.1' }] } } });
  const applied = 'kubectl.kubernetes.io/last-applied-configuration';
  server.put(ingress('web', { annotations: { [applied]: '{"kind":"Ingress"}' }, managedFields: [{ manager: 'us' }] }));
  server.put({ ...SLICE, metadata: { ...SLICE.metadata, annotations: { 'last-change': '12:00' } } });
  server.put(ingress('last'));
  await until(() => causes.length === 2);
  server.put({ ...SLICE, endpoints: [] });
  await until(() => causes.length === 3);
  expect(causes.slice(1)).toEqual(['Ingress shop/last added', 'EndpointSlice shop/web-1 modified']);
  expect(JSON.stringify(input.snapshot())).not.toContain(applied);
});

test('knows the addresses that were written into the status of an Ingress', async () => {
  await start();
  server.put({ ...ingress('web'), status: { loadBalancer: { ingress: [{ ip: '192.168.49.2' }] } } });
  const { input } = await openListed();
  expect(input.snapshot()?.units[0]?.documents[0]?.status).toEqual({
    loadBalancer: { ingress: [{ ip: '192.168.49.2' }] },
  });
});

test.each([
  { name: 'all of Kubernetes 1.21', versions: undefined, ingress: 'networking.k8s.io/v1', endpoints: 'EndpointSlice' },
  {
    name: 'Kubernetes 1.18',
    versions: ['v1', 'networking.k8s.io/v1beta1', 'extensions/v1beta1', 'discovery.k8s.io/v1beta1'],
    ingress: 'networking.k8s.io/v1beta1',
    endpoints: 'EndpointSlice',
  },
  {
    name: 'Kubernetes 1.13',
    versions: ['v1', 'extensions/v1beta1'],
    ingress: 'extensions/v1beta1',
    endpoints: 'Endpoints',
  },
])('reads the newest version that there is: $name', async ({ versions, ingress: apiVersion, endpoints }) => {
  await start(versions);
  server.put(ingress('web'), SLICE, ENDPOINTS);
  const { input, objects, state } = await openListed();
  expect(input.snapshot()?.units[0]?.documents[0]).toMatchObject({ apiVersion, kind: 'Ingress' });
  expect(input.snapshot()?.units[0]?.resources[0]).toMatchObject({ kind: 'Ingress', apiVersion });
  expect(objects()?.[1]).toBe(`${endpoints} shop/${endpoints === 'Endpoints' ? 'web' : 'web-1'}`);
  await until(() => state(endpoints)?.state === 'watching' && state(endpoints)?.objects === 1);
  expect(state(endpoints === 'Endpoints' ? 'EndpointSlice' : 'Endpoints')?.state).toBe(
    endpoints === 'Endpoints' ? 'absent' : undefined,
  );
});

test('goes to an older version when the newest is served no more', async () => {
  await start();
  server.put(ingress('web'), SLICE, ENDPOINTS);
  const { input, objects, causes } = await openListed();
  server.serve(['v1', 'networking.k8s.io/v1beta1', 'networking.k8s.io/v1']);
  server.faults.endWatches();
  await until(() => objects('Endpoints')?.length === 1);
  expect(objects()).toEqual(['Ingress shop/web', 'Endpoints shop/web']);
  expect(causes.slice(1)).toEqual(['EndpointSlice shop/web-1 deleted', 'Endpoints shop/web added']);
  expect(input.snapshot()?.units).toHaveLength(2);
});

test('reads only some namespaces', async () => {
  await start();
  server.put(ingress('web'), { ...ingress('wiki'), metadata: { name: 'wiki', namespace: 'docs' } });
  server.put({ ...ingress('hr'), metadata: { name: 'hr', namespace: 'office' } }, configMap('controller'));
  const { objects } = await open({ namespaces: ['docs', 'office', 'docs'], configMaps: ['shop/controller'] });
  await until(() => objects() !== undefined);
  expect(objects()).toEqual(['Ingress docs/wiki', 'Ingress office/hr', 'ConfigMap shop/controller']);
  expect(server.requests.filter(({ url }) => /v1\/(?:ingresses|secrets|services|configmaps)\?/.test(url))).toEqual([]);
});

test('reads the ConfigMaps that are named, when they come, and no other', async () => {
  await start();
  server.put(configMap('other', { key: 'value' }));
  const { objects, causes } = await openListed({ configMaps: ['shop/controller', 'shop/tcp'] });
  expect(objects()).toEqual([]);
  await until(() => server.openWatches('configmaps') === 2);
  server.put(configMap('controller', { hsts: 'false' }), configMap('other', { key: 'other' }));
  await until(() => causes.length === 2);
  expect(objects()).toEqual(['ConfigMap shop/controller']);
  server.remove('configmaps', 'shop', 'controller');
  await until(() => causes.length === 3);
  expect(causes.slice(1)).toEqual(['ConfigMap shop/controller added', 'ConfigMap shop/controller deleted']);
});

test('shows places of a Secret, and nothing of its content', async () => {
  await start();
  server.put({ ...secret('users', 'x'), data: { auth: 'c2VzYW1l', broken: 'not base64!' } });
  const { input, causes } = await openListed();
  input.want('Secret', new Set(['shop/users']));
  await until(() => causes.length === 2);
  const [unit] = input.snapshot()?.units ?? [];
  expect(unit?.diagnostics.map(found => found.rule.name)).toEqual(['invalid-base64']);
  const text = unit?.documents[0]?.source.text ?? '';
  expect(text).toContain('broken: ');
  expect(text).not.toMatch(/c2VzYW1l|base64/);
});

test.each([
  { name: 'IngressClass', plural: 'ingressclasses' },
  { name: 'Secret', plural: 'secrets' },
])('goes on without a $name that is forbidden, and says so', async ({ name, plural }) => {
  await start();
  server.put(ingress('web'));
  const allow = server.faults.forbid(plural, 'list', 'watch');
  const { objects, state, input } = await open();
  await until(() => objects() !== undefined);
  expect(objects()).toEqual(['Ingress shop/web']);
  expect(state(name)).toMatchObject({ state: 'forbidden', objects: 0 });
  expect(state(name)?.problem).toMatch(new RegExp(`^${plural}.* is forbidden: .* cannot list`));
  expect(input.want('Secret', new Set(['shop/users']))).toBe(true);
  allow();
  await until(() => state(name)?.state === 'watching');
});

test('waits for Secrets that a server forbids only while it starts', async () => {
  await start();
  server.put(ingress('web'), secret('users', 'sesame'));
  const allow = server.faults.forbid('secrets', 'list');
  // It must not ask so often that no stays no before it is allowed.
  const clock = handClock();
  const { objects, input, state } = await open({ clock });
  await until(() => state('Secret')?.state === 'forbidden' && server.openWatches() === 4);
  expect(objects()).toBeUndefined();
  allow();
  await clock.pass(2_000);
  await until(() => objects() !== undefined);
  expect(input.want('Secret', new Set(['shop/users']))).toBe(false);
});

test('waits for types that are needed as long as they are forbidden', async () => {
  await start();
  const allow = server.faults.forbid('services', 'list');
  const { objects, state } = await open();
  await until(() => state('Service')?.state === 'forbidden' && state('Ingress')?.state === 'watching');
  expect(objects()).toBeUndefined();
  allow();
  await until(() => objects() !== undefined);
});

test('keeps what it knew of a type that becomes forbidden', async () => {
  await start();
  server.put(ingress('web'), secret('users', 'sesame'));
  const { objects, state, input, causes } = await openListed();
  input.want('Secret', new Set(['shop/users']));
  await until(() => causes.length === 2);
  for (const plural of ['ingresses', 'secrets']) server.faults.forbid(plural, 'list', 'watch');
  server.faults.cutWatches();
  await until(() => state('Ingress')?.state === 'forbidden' && state('Secret')?.state === 'forbidden');
  expect(objects()).toEqual(['Ingress shop/web', 'Secret shop/users']);
});

test('lists everything again when it is told to', async () => {
  await start();
  const { input } = await openListed();
  const lists = () => server.requests.filter(({ url }) => /\/ingresses\?limit/.test(url)).length;
  expect(lists()).toBe(1);
  input.resync();
  await until(() => lists() === 2 && server.openWatches() === 5);
});

test('lists again when the time of a watch is over', async () => {
  await start();
  server.put(ingress('web'));
  const { causes } = await open({ resyncSeconds: 1 });
  await until(() => server.requests.filter(({ url }) => /\/ingresses\?limit/.test(url)).length >= 4);
  expect(causes).toEqual(['all objects were listed']);
});

test('leaves nothing behind', async () => {
  await start();
  const followed = await openListed();
  await followed.input.stop();
  await until(() => server.openWatches() === 0);
  const { length } = server.requests;
  server.put(ingress('late'));
  expect(followed.objects()).toEqual([]);
  expect(server.requests).toHaveLength(length);
});
