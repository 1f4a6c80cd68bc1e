import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import type { ApiServer } from '../../support/api-server.ts';
import { startApiServer } from '../../support/api-server.ts';
import type { KubeObject } from '../../support/api-server/types.ts';
import { runBin } from '../../support/bin.ts';
import type { Manifest } from '../../support/manifests.ts';
import { ingress, service } from '../../support/manifests.ts';
import type { Watching } from '../../support/watching.ts';
import { startWatching } from '../../support/watching.ts';

let folder = '';
let server: ApiServer;
let running: Watching | undefined;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'i2n-publish-'));
  server = await startApiServer();
  put(service('web', [{ number: 80, pod: 8080 }], { clusterIP: '10.0.0.7' }));
});

afterEach(async () => {
  await running?.stop('SIGKILL');
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

function put(...objects: readonly Manifest[]): void {
  server.put(...objects.map(object => object as unknown as KubeObject));
}

function web(name: string, className = 'nginx'): Manifest {
  return ingress({ name, className, host: `${name}.example.com`, paths: [['/', 'Prefix', 'web']] });
}

function start(...words: readonly string[]): Watching {
  const all = ['render', '-o', join(folder, 'out'), '--kubeconfig', server.kubeconfig, ...words];
  running = startWatching(all);
  return running;
}

function addressesOf(name: string): unknown {
  const held = server.get('ingresses', 'shop', name) as
    | { status?: { loadBalancer?: { ingress?: unknown } } }
    | undefined;
  return held?.status?.loadBalancer?.ingress;
}

test('what is served is published, and taken back at a clean end', async () => {
  put(web('shop'), web('other', 'other'));
  const watching = start('--publish-status-address', 'auto');
  await watching.until(({ event }) => event === 'published');
  expect([addressesOf('shop'), addressesOf('other')]).toEqual([[{ ip: '127.0.0.1' }], undefined]);
  put(web('api'));
  await watching.until(({ event, ingresses }) => event === 'published' && ingresses === 2);
  expect(addressesOf('api')).toEqual([{ ip: '127.0.0.1' }]);
  // Writing the status is no change of the input: nothing is rendered for it.
  expect(watching.log().filter(({ event }) => event === 'synced').length).toBe(2);
  expect(await watching.stop()).toBe(0);
  expect([addressesOf('shop'), addressesOf('api')]).toEqual([undefined, undefined]);
  expect(server.list('leases')).toMatchObject([{ spec: { holderIdentity: '' } }]);
});

test('the Lease lies where it is said', async () => {
  put(web('shop'));
  const watching = start(
    '--publish-status-address',
    'lb.example.net',
    '-n',
    'shop',
    '--leader-election-namespace',
    'infra',
  );
  await watching.until(({ event }) => event === 'published');
  expect(addressesOf('shop')).toEqual([{ hostname: 'lb.example.net' }]);
  expect(server.list('leases').map(({ metadata }) => metadata.namespace)).toEqual(['infra']);
  await watching.stop();
});

test.each([
  {
    name: 'without --watch',
    words: ['--publish-status-address', 'auto', 'manifests'],
    said: '--publish-status-address needs --watch',
  },
  { name: 'with files', words: ['--watch', '--publish-status-address', 'auto', '.'], said: 'is for clusters' },
  {
    name: 'with an address that the server would refuse',
    words: ['--watch', '--publish-status-address', '10.0.0.256'],
    said: 'Use auto',
  },
  {
    name: 'with a namespace for the Lease alone',
    words: ['--watch', '--leader-election-namespace', 'infra'],
    said: 'needs --publish-status-address',
  },
])('it is a usage error $name', async ({ words, said }) => {
  const run = await runBin(['render', '-o', join(folder, 'out'), ...words], '', folder);
  expect(run.code).toBe(2);
  expect(run.stderr).toContain(said);
});
