import { readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import type { PlainObject } from '../../src/json/value.ts';
import { isRecord } from '../../src/json/value.ts';
import { startKubeApiserver } from '../../scripts/kube-apiserver/server.mjs';
import type { KubeApiserver } from '../../scripts/kube-apiserver/server.mjs';
import { WANTED_KINDS } from '../../src/cluster/wanted.ts';
import { compile } from '../../src/compile/compile.ts';
import { collect } from '../../src/diagnostics/diagnostic.ts';
import { INGRESS } from '../../src/live/kubectl/api-types.ts';
import { listAll } from '../../src/live/kubectl/list.ts';
import type { Unit } from '../../src/resources/unit.ts';
import { readUnit } from '../../src/resources/unit.ts';
import { parseSources } from '../../src/manifests/parse-sources.ts';
import { renderNginx } from '../../src/nginx/render.ts';
import { follow, processesWith } from '../support/followed.ts';
import type { Followed } from '../support/followed.ts';
import { until } from '../support/until.ts';
import { openApiClient } from '../support/api-client.ts';
import type { ApiClient } from '../support/api-client.ts';
import type { KubeObject } from '../support/api-server/types.ts';
import { SETTINGS } from '../support/compiled.ts';

// What test/live/kubectl finds out with a scripted server, where only a real one can tell.

const folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-follow-'));
const TYPES = ['ingresses', 'ingressclasses', 'services', 'endpointslices'];
let server: KubeApiserver;
let client: ApiClient;
const ends: (() => unknown)[] = [];

beforeAll(async () => {
  server = await startKubeApiserver(folder);
  client = openApiClient(server.kubeconfig);
});

afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

afterAll(async () => {
  client.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function open(settings: Parameters<typeof follow>[1] = {}): Promise<Followed> {
  const followed = await follow(server.kubeconfig, settings);
  ends.push(followed.stop);
  await until(() => followed.objects() !== undefined && followed.state('Secret')?.state === 'watching');
  return followed;
}

function ingress(name: string, path = '/'): KubeObject {
  const backend = { service: { name, port: { number: 80 } } };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace: 'default' },
    spec: { rules: [{ host: `${name}.example.com`, http: { paths: [{ path, pathType: 'Prefix', backend }] } }] },
  };
}

function secret(name: string, text: string): KubeObject {
  const data = { auth: Buffer.from(text).toString('base64') };
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: 'default' }, type: 'Opaque', data };
}

function configMap(name: string, data: Readonly<Record<string, string>>): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' }, data };
}

function render(units: readonly Unit[]) {
  const { report, diagnostics } = collect();
  const { routing, wanted } = compile(
    units.flatMap(({ resources }) => resources),
    SETTINGS,
    report,
  );
  const said = diagnostics.map(found => `${found.rule.name}: ${found.message}`);
  return { files: renderNginx(routing, {}).files, said: said.toSorted(), wanted };
}

/** The same objects, by way of kubectl and YAML. */
function offline(): Unit {
  const words = ['--kubeconfig', server.kubeconfig, 'get', [...TYPES, 'secrets'].join(','), '-A', '-o', 'yaml'];
  return readUnit({ name: 'cluster.yaml', text: execFileSync('kubectl', words, { encoding: 'utf8' }) });
}

/** What is made of the cluster now; undefined while Secrets for it are on their way. */
function renderLive({ input }: Followed) {
  const rendered = render(input.snapshot()?.units ?? []);
  const isThere = WANTED_KINDS.map(kind => input.want(kind, rendered.wanted[kind])).every(Boolean);
  return isThere ? render(input.snapshot()?.units ?? []) : undefined;
}

function isUpToDate(followed: Followed): boolean {
  return isDeepStrictEqual(renderLive(followed), render([offline()]));
}

test.each(['kustomize', 'helm-chart', 'many-team-cluster'])('compiles %s as kubectl shows it', async name => {
  const path = new URL(`../../fixtures/golden/whole/${name}/input.yaml`, import.meta.url);
  const { objects } = parseSources([{ name, text: readFileSync(path, 'utf8') }], () => undefined);
  const namespaces = new Set(objects.flatMap(({ document }) => document.namespace ?? []));
  for (const namespace of namespaces) {
    const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } };
    await client.call({ method: 'POST', path: '/api/v1/namespaces', body });
  }
  const refused: string[] = [];
  for (const { value } of objects) {
    await client.put(asWritten(value)).catch(error => void refused.push(String(error)));
  }
  expect(refused.length).toBeLessThan(objects.length / 10);
  const followed = await open();
  await until(() => renderLive(followed) !== undefined);
  expect(renderLive(followed)).toEqual(render([offline()]));
  const ingresses = objects.filter(({ document }) => document.kind === 'Ingress');
  expect(followed.objects('Ingress')?.length).toBeGreaterThanOrEqual(ingresses.length - refused.length);
});

/** Without what only a server may write, and the addresses that another cluster gave. */
function asWritten(value: PlainObject): KubeObject {
  const { apiVersion, kind, metadata, status: _, ...rest } = value as unknown as KubeObject;
  const { clusterIP: __, clusterIPs: ___, ...spec } = isRecord(value['spec']) ? value['spec'] : {};
  const { name, namespace, labels, annotations } = metadata;
  return {
    // The server of the tests is too old for this one.
    apiVersion: apiVersion === 'discovery.k8s.io/v1' ? 'discovery.k8s.io/v1beta1' : apiVersion,
    kind,
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(labels === undefined ? {} : { labels }),
      ...(annotations === undefined ? {} : { annotations }),
    },
    ...rest,
    ...('spec' in rest ? { spec } : {}),
  };
}

test('is told of Secrets without their content', async () => {
  await client.put(secret('hidden', 'sesame'));
  const { api } = await open();
  const listed = await api.request({ method: 'GET', path: '/api/v1/secrets', onlyMetadata: true });
  expect(listed).toMatchObject({ kind: 'ok', value: { kind: 'PartialObjectMetadataList' } });
  const lines: string[] = [];
  const ending = new AbortController();
  const path = '/api/v1/secrets?watch=1&resourceVersion=0&timeoutSeconds=60';
  const stream = api.stream(path, {
    signal: ending.signal,
    silenceMs: 60_000,
    onlyMetadata: true,
    onLine: line => void lines.push(line),
  });
  await until(() => lines.length > 0);
  ending.abort();
  expect(await stream).toEqual({ kind: 'aborted' });
  expect(JSON.stringify([listed, lines])).toContain('"hidden"');
  expect(JSON.stringify([listed, lines])).not.toContain(Buffer.from('sesame').toString('base64'));
});

test('reads a Secret that is wanted whenever it changes', async () => {
  await client.put(secret('users', 'one'));
  const { input, causes, objects } = await open();
  const wanted = new Set(['default/users', 'default/late']);
  expect(input.want('Secret', wanted)).toBe(false);
  await until(() => causes.includes('Secret default/users read'));
  await client.put(secret('users', 'two'));
  await until(() => causes.includes('Secret default/users modified'));
  await client.put(secret('late', 'three'));
  await until(() => causes.includes('Secret default/late read'));
  await client.remove(secret('users', 'two'));
  await until(() => causes.includes('Secret default/users deleted'));
  expect(objects('Secret')).toEqual(['Secret default/late']);
});

test('lists pages of one moment, and begins anew when that is too long ago', async () => {
  for (let index = 0; index < 25; index++) await client.put(ingress(`page-${index}`));
  const { api } = await open();
  const [form] = INGRESS.forms;
  if (form === undefined) throw new Error('Ingress has forms');
  let pages = 0;
  const listed = await listAll({
    api: {
      ...api,
      async request(request) {
        const answer = await api.request(request);
        pages++;
        if (pages === 1 || pages === 4) await client.remove(ingress(pages === 1 ? 'page-0' : 'page-1'));
        // The first list loses its moment; the second keeps it, although an object goes.
        if (pages === 1) await server.compact();
        return answer;
      },
    },
    type: INGRESS,
    form,
    scope: { namespace: 'default' },
    signal: new AbortController().signal,
    onWrongObject: problem => expect(problem).toBe(''),
    pageSize: 10,
  });
  const keys = listed.kind === 'listed' ? listed.objects.map(({ key }) => key) : [];
  expect(keys).not.toContain('default/page-0');
  expect(keys).toContain('default/page-1');
  expect(new Set(keys).size).toBe(keys.length);
});

test('finds everything again after the server was killed', async () => {
  await client.put(ingress('before'));
  const followed = await open();
  await server.kill('kube-apiserver');
  await until(() => followed.state('Ingress')?.state === 'retrying');
  const { length } = followed.objects('Ingress') ?? [];
  await server.start();
  await client.put(ingress('after', '/after'));
  await client.remove(ingress('before'));
  await until(() => isUpToDate(followed));
  expect(followed.objects('Ingress')).toHaveLength(length);
  expect(followed.objects()).toContain('Ingress default/after');
});

test('goes on when the store of the server was killed', async () => {
  const followed = await open();
  await server.kill('etcd');
  await server.start();
  await client.put(ingress('survivor'));
  await until(() => isUpToDate(followed));
  expect(followed.objects()).toContain('Ingress default/survivor');
});

test('leaves no kubectl behind', async () => {
  const followed = await open();
  expect(processesWith(server.kubeconfig)).not.toEqual([]);
  await followed.stop();
  await until(() => processesWith(server.kubeconfig).length === 0);
});

test('follows what a role allows, and more when it allows more', async () => {
  const own = join(folder, 'rbac');
  const rbac = await startKubeApiserver(own, { isRbac: true });
  ends.push(() => rbac.stop());
  const admin = openApiClient(rbac.kubeconfig);
  ends.push(() => admin.close());
  const roles = '/apis/rbac.authorization.k8s.io/v1/namespaces/default';
  const apiVersion = 'rbac.authorization.k8s.io/v1';
  const allow = async (name: string, apiGroups: readonly string[], resources: readonly string[]) => {
    const rules = [{ apiGroups, resources, verbs: ['list', 'watch'] }];
    await admin.call({
      method: 'POST',
      path: `${roles}/roles`,
      body: { apiVersion, kind: 'Role', metadata: { name }, rules },
    });
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name };
    const subjects = [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'dev' }];
    const body = { apiVersion, kind: 'RoleBinding', metadata: { name }, roleRef, subjects };
    await admin.call({ method: 'POST', path: `${roles}/rolebindings`, body });
  };
  await allow('routes', ['networking.k8s.io', 'discovery.k8s.io', ''], ['ingresses', 'endpointslices', 'services']);
  await admin.put(ingress('web'));
  await admin.put(secret('users', 'sesame'));
  await admin.put(configMap('headers', { 'X-Shop': 'yes' }));

  const followed = await follow(rbac.kubeconfig, { context: 'dev', namespaces: ['default'] });
  ends.push(followed.stop);
  await until(() => followed.objects() !== undefined);
  expect(followed.objects('Ingress')).toEqual(['Ingress default/web']);
  expect(followed.state('IngressClass')).toMatchObject({
    state: 'forbidden',
    problem:
      'ingressclasses.networking.k8s.io is forbidden: User "dev" cannot list resource "ingressclasses" in API group ' +
      '"networking.k8s.io" at the cluster scope',
  });
  expect(followed.state('Secret')?.state).toBe('forbidden');
  // Without the right to get one.
  await allow('contents', [''], ['secrets']);
  await until(() => followed.state('Secret')?.state === 'watching');
  followed.input.want('Secret', new Set(['default/users']));
  await until(() => followed.objects('Secret')?.length === 1);
  expect(followed.input.want('ConfigMap', new Set(['default/headers']))).toBe(false);
  await until(() => followed.causes.includes('ConfigMap default/headers cannot be read'));
  expect(followed.input.want('ConfigMap', new Set(['default/headers']))).toBe(true);
  await allow('headers', [''], ['configmaps']);
  await until(() => followed.objects('ConfigMap')?.length === 1);
});
