import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { startKubeApiserver } from '../../scripts/kube-apiserver/server.mjs';
import type { KubeApiserver } from '../../scripts/kube-apiserver/server.mjs';
import { openApiClient } from '../support/api-client.ts';
import type { ApiClient } from '../support/api-client.ts';
import type { KubeObject } from '../support/api-server/types.ts';
import { runBin } from '../support/bin.ts';
import { freePorts } from '../support/nginx.ts';
import { openRelay } from '../support/soak/relay.ts';
import type { Relay } from '../support/soak/relay.ts';
import { descendantsOf, untilGone } from '../support/soak/processes.ts';
import { killKubectl } from '../support/soak/scripted-faults.ts';
import { rollSoak, soak, startSoak } from '../support/soak/soak.ts';
import type { Fault, Soak } from '../support/soak/soak.ts';

// As test/live/watch-soak.test.ts, with a real kube-apiserver, which is killed and brought back.

const folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-soak-'));
const start = rollSoak('discovery.k8s.io/v1beta1');
let server: KubeApiserver;
let client: ApiClient;
let relay: Relay;
let running: Soak;

beforeAll(async () => {
  server = await startKubeApiserver(join(folder, 'server'));
  client = openApiClient(server.kubeconfig);
  await fill(start.objects);
  const [relayPort = 0, httpPort = 0, httpsPort = 0] = await freePorts(3);
  relay = await openRelay(relayPort, server.port);
  running = startSoak({ kubeconfig: server.kubeconfigAt(relayPort) }, { folder, httpPort, httpsPort });
});

afterAll(async () => {
  running.render.signal('SIGKILL');
  running.apply.signal('SIGKILL');
  await runBin(['stop', '--state-dir', join(folder, 'state')]);
  client.close();
  await relay.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Namespaces first, then the others, some at a time. */
async function fill(objects: readonly KubeObject[]): Promise<void> {
  const namespaces = objects.filter(({ kind }) => kind === 'Namespace');
  for (const namespace of namespaces) await client.put(namespace);
  const others = objects.filter(({ kind }) => kind !== 'Namespace');
  const next = others[Symbol.iterator]();
  const putSome = async () => {
    for (const object of next) await client.put(object);
  };
  await Promise.all([putSome(), putSome(), putSome(), putSome()]);
}

const FAULTS: readonly Fault[] = [
  {
    name: 'the API server is killed',
    isLogged: true,
    happen: async () => {
      await server.kill('kube-apiserver');
      await server.start();
    },
  },
  {
    name: 'etcd is killed',
    isLogged: false,
    happen: async () => {
      await server.kill('etcd');
      await server.start();
    },
  },
  {
    name: 'both are killed, and history is forgotten',
    isLogged: true,
    happen: async ({ change }) => {
      relay.cut();
      await change(3);
      await server.compact();
      await server.kill('kube-apiserver');
      await server.kill('etcd');
      await server.start();
    },
  },
  { name: 'kubectl is killed', isLogged: true, happen: killKubectl },
  {
    name: 'the network stands still',
    isLogged: false,
    happen: async ({ change }) => {
      relay.stall();
      await change(5);
      await after(1_000);
      relay.resume();
    },
  },
  { name: 'all connections are cut', isLogged: true, happen: async () => relay.cut() },
  {
    name: 'history is forgotten',
    isLogged: true,
    happen: async ({ change }) => {
      await change(5);
      await server.compact();
      relay.cut();
    },
  },
];

test('writes what a fresh render would, after 200 changes and 20 faults', async () => {
  const cluster = {
    kubeconfig: server.kubeconfig,
    change: ({ action, object }: { readonly action: 'put' | 'remove'; readonly object: KubeObject }) =>
      action === 'put' ? client.put(object) : client.remove(object),
    // It does not say.
    isWatched: () => true,
    faults: [...FAULTS, ...FAULTS, ...FAULTS],
  };
  const { made, files } = await soak(cluster, running, { start, folder });
  expect(files).toBeGreaterThan(5);
  const kinds = ['Ingress', 'EndpointSlice', 'Service', 'Secret'];
  expect(made).toEqual(expect.arrayContaining(kinds.flatMap(kind => [`${kind} put`, `${kind} remove`])));
});

test('leaves no child behind when it ends, or is killed', async () => {
  const ofRender = descendantsOf(running.render.pid);
  const ofApply = descendantsOf(running.apply.pid).filter(({ command }) => !command.startsWith('nginx:'));
  expect(ofRender.length).toBeGreaterThan(0);
  expect(ofApply.length).toBeGreaterThan(0);
  running.render.signal('SIGKILL');
  running.apply.signal('SIGTERM');
  expect(await running.apply.ended).toBe(0);
  await untilGone([...ofRender, ...ofApply]);
});
