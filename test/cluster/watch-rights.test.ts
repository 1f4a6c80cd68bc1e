import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import { startKubeApiserver } from '../../scripts/kube-apiserver/server.mjs';
import type { KubeApiserver } from '../../scripts/kube-apiserver/server.mjs';
import { openApiClient } from '../support/api-client.ts';
import type { ApiClient } from '../support/api-client.ts';
import type { KubeObject } from '../support/api-server/types.ts';
import { ingress, service } from '../support/manifests.ts';
import { readFolder } from '../support/soak/folder.ts';
import { eventually, startWatching } from '../support/watching.ts';
import type { Watching } from '../support/watching.ts';

// What the user of the kubeconfig may see is decided by a real API server with RBAC.

const folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-rights-'));
let server: KubeApiserver;
let client: ApiClient;
let watching: Watching | undefined;

beforeAll(async () => {
  server = await startKubeApiserver(join(folder, 'server'), { isRbac: true });
  client = openApiClient(server.kubeconfig);
  for (const name of ['shop', 'wiki']) {
    await put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    await put(service('web', [{ number: 80, pod: 8080 }], { namespace: name, clusterIP: 'None' }));
    await put(ingress({ name, namespace: name, host: `${name}.example.com`, paths: [['/', 'Prefix', 'web']] }));
  }
});

afterEach(async () => {
  await watching?.stop('SIGKILL');
});

afterAll(async () => {
  client.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const put = (object: object) => client.put(object as KubeObject);

/** Renders into a folder of this name. */
function watch(name: string, ...words: readonly string[]): Watching {
  const out = join(folder, name);
  const all = ['render', '--kubeconfig', server.kubeconfig, '--verbose', '--sync-rate', '10', '-o', out, ...words];
  watching = startWatching(all);
  return watching;
}

const written = (name: string) => readFolder(join(folder, name)).get('nginx.conf') ?? '';
const stateOf = (type: string, state: string) => (line: { readonly [field: string]: unknown }) =>
  line['event'] === 'input' && line['type'] === type && line['state'] === state;

const RBAC = '/apis/rbac.authorization.k8s.io/v1';

/** Lets the user `dev` list and watch these, and nothing else. */
async function allow(resources: readonly string[]): Promise<void> {
  const apiVersion = 'rbac.authorization.k8s.io/v1';
  const metadata = { name: 'dev' };
  const rules = [{ apiGroups: ['*'], resources, verbs: ['get', 'list', 'watch'] }];
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'dev' };
  const subjects = [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'dev' }];
  for (const path of ['clusterroles/dev', 'clusterrolebindings/dev']) {
    await client.call({ method: 'DELETE', path: `${RBAC}/${path}` });
  }
  if (resources.length === 0) return;
  const role = { apiVersion, kind: 'ClusterRole', metadata, rules };
  const binding = { apiVersion, kind: 'ClusterRoleBinding', metadata, roleRef, subjects };
  const made = [
    await client.call({ method: 'POST', path: `${RBAC}/clusterroles`, body: role }),
    await client.call({ method: 'POST', path: `${RBAC}/clusterrolebindings`, body: binding }),
  ];
  expect(made.map(({ code }) => code)).toEqual([201, 201]);
}

test('says what is forbidden, writes nothing, and begins once it is allowed', async () => {
  await allow([]);
  const { until, signal } = watch('forbidden', '--context', 'dev');
  const said = await until(stateOf('Ingress', 'forbidden'));
  expect(said['problem']).toContain('cannot list resource "ingresses" in API group "networking.k8s.io"');
  expect(readFolder(join(folder, 'forbidden')).size).toBe(0);
  await allow(['*']);
  await eventually('a configuration', () => {
    // Retries of what is forbidden are rare.
    signal('SIGHUP');
    return written('forbidden').includes('server_name shop.example.com') || undefined;
  });
});

test('goes on without Secrets and IngressClasses where they are forbidden', async () => {
  await allow(['ingresses', 'services', 'endpointslices']);
  const { until } = watch('partly', '--context', 'dev');
  await until(stateOf('Secret', 'forbidden'));
  await until(stateOf('IngressClass', 'forbidden'));
  await until(line => line.event === 'synced');
  expect(written('partly')).toContain('server_name shop.example.com');
});

test('keeps what it wrote when a right is taken away', async () => {
  await allow(['*']);
  const { until, mark, signal, log } = watch('taken', '--context', 'dev');
  await until(line => line.event === 'synced');
  await allow([]);
  const since = mark();
  await eventually('the refusal', () => {
    // The server itself learns of it a little later.
    signal('SIGHUP');
    return log().slice(since).find(stateOf('Ingress', 'forbidden'));
  });
  expect(written('taken')).toContain('server_name shop.example.com');
});

test('says that its credentials are refused, and goes on to try', async () => {
  const { until } = watch('stranger', '--context', 'stranger');
  const said = await until(stateOf('Ingress', 'retrying'));
  expect(said['problem']).toContain('credentials');
  expect(readFolder(join(folder, 'stranger')).size).toBe(0);
});

test('takes the Ingresses of one namespace alone', async () => {
  const { until } = watch('scoped', '-n', 'wiki');
  await until(line => line.event === 'synced');
  expect(written('scoped')).toContain('server_name wiki.example.com');
  expect(written('scoped')).not.toContain('shop.example.com');
});
