import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { startKubeApiserver } from '../../scripts/kube-apiserver/server.mjs';
import type { KubeApiserver } from '../../scripts/kube-apiserver/server.mjs';
import { openApiClient } from '../support/api-client.ts';
import type { ApiClient } from '../support/api-client.ts';
import type { KubeObject } from '../support/api-server/types.ts';
import { service } from '../support/manifests.ts';
import { readFolder } from '../support/soak/folder.ts';
import { eventually, startWatching } from '../support/watching.ts';

// A real API server that serves what one of Kubernetes 1.13 did: no networking.k8s.io, no EndpointSlices.

const OFF = ['networking.k8s.io/v1', 'networking.k8s.io/v1beta1', 'discovery.k8s.io/v1beta1'];
const folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-old-'));
let server: KubeApiserver;
let client: ApiClient;

beforeAll(async () => {
  const runtimeConfig = `--runtime-config=${OFF.map(version => `${version}=false`).join(',')}`;
  // This part of the server waits for a version that is not served.
  const flags = [runtimeConfig, '--disable-admission-plugins=DefaultIngressClass'];
  server = await startKubeApiserver(join(folder, 'server'), { flags });
  client = openApiClient(server.kubeconfig);
});

afterAll(async () => {
  client.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const metadata = { name: 'web', namespace: 'default' };
const endpoints = (ip: string) => ({
  apiVersion: 'v1',
  kind: 'Endpoints',
  metadata,
  subsets: [{ addresses: [{ ip }], ports: [{ name: 'http', port: 8080 }] }],
});
const ingress = {
  apiVersion: 'extensions/v1beta1',
  kind: 'Ingress',
  metadata: { ...metadata, annotations: { 'kubernetes.io/ingress.class': 'nginx' } },
  spec: {
    rules: [
      { host: 'old.example.com', http: { paths: [{ path: '/', backend: { serviceName: 'web', servicePort: 80 } }] } },
    ],
  },
};

test('takes Ingresses of extensions/v1beta1, and Endpoints', async () => {
  await client.put(service('web', [{ name: 'http', number: 80, pod: 8080 }], { namespace: 'default' }) as KubeObject);
  await client.put(endpoints('10.7.7.1'));
  await client.put(ingress);
  const out = join(folder, 'out');
  const words = ['render', '--kubeconfig', server.kubeconfig, '--verbose', '--sync-rate', '10', '-o', out];
  const watching = startWatching(words);
  const conf = () => readFolder(out).get('nginx.conf') ?? '';
  await watching.until(line => line.event === 'synced');
  expect(conf()).toContain('server_name old.example.com');
  expect(conf()).toContain('server 10.7.7.1:8080');
  await client.put(endpoints('10.7.7.2'));
  await eventually('the other pod', () => conf().includes('server 10.7.7.2:8080') || undefined, watching.text);
  expect(await watching.stop()).toBe(0);
});
