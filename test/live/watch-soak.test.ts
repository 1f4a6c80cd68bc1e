import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { startApiServer } from '../support/api-server.ts';
import type { ApiServer } from '../support/api-server.ts';
import { runBin } from '../support/bin.ts';
import { freePorts } from '../support/nginx.ts';
import { descendantsOf, untilGone } from '../support/soak/processes.ts';
import { scriptedFaults } from '../support/soak/scripted-faults.ts';
import { TYPES, rollSoak, soak, startSoak } from '../support/soak/soak.ts';
import type { Soak } from '../support/soak/soak.ts';
import { until } from '../support/until.ts';

// With the scripted API server, real kubectl and real nginx; test/cluster has the same with a real API server.

const folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-soak-'));
const start = rollSoak('discovery.k8s.io/v1');
let server: ApiServer;
let running: Soak;

beforeAll(async () => {
  server = await startApiServer();
  server.put(...start.objects);
});

afterAll(async () => {
  running.render.signal('SIGKILL');
  running.apply.signal('SIGKILL');
  await runBin(['stop', '--state-dir', join(folder, 'state')]);
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function untilAsked(path: RegExp, times: number): Promise<void> {
  const asked = () => server.requests.filter(({ url }) => path.test(url)).length;
  await until(() => asked() >= times, {
    problem: () => `${path.source} was asked ${asked()} times`,
  });
}

test('writes nothing before all lists are complete', async () => {
  const takeBack = server.faults.answer({ path: /\/endpointslices\?/u, status: 503 });
  const [httpPort = 0, httpsPort = 0] = await freePorts(2);
  running = startSoak(server, { folder, httpPort, httpsPort });
  await untilAsked(/\/endpointslices\?/u, 4);
  await untilAsked(/\/ingresses\?.*watch/u, 2);
  expect(running.folders.filter(existsSync)).toEqual([]);
  takeBack();
});

test('writes what a fresh render would, after 200 changes and 20 faults', async () => {
  const { made, files } = await soak(
    {
      kubeconfig: server.kubeconfig,
      change: async change => {
        if (change.action === 'put') server.put(change.object);
        else server.remove(change.plural, change.object.metadata.namespace, change.object.metadata.name);
      },
      isWatched: () => server.openWatches() >= 2 * TYPES,
      faults: scriptedFaults(server),
    },
    running,
    { start, folder },
  );
  expect(files).toBeGreaterThan(5);
  const kinds = ['Ingress', 'EndpointSlice', 'Service', 'Secret'];
  expect(made).toEqual(expect.arrayContaining(kinds.flatMap(kind => [`${kind} put`, `${kind} remove`])));
});

test('leaves no child behind when it ends', async () => {
  const children = descendantsOf(running.render.pid);
  expect(children.map(({ command }) => command).join('\n')).toContain('kubectl');
  running.render.signal('SIGTERM');
  expect(await running.render.ended).toBe(0);
  await untilGone(children);
});

test('leaves no child behind but nginx when it is killed', async () => {
  const children = descendantsOf(running.apply.pid).filter(({ command }) => !command.startsWith('nginx:'));
  expect(children.map(({ command }) => command).join('\n')).toContain('kubectl');
  running.apply.signal('SIGKILL');
  expect(await running.apply.ended).toBe('SIGKILL');
  await untilGone(children);
});
