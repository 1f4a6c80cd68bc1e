import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

import type { KubeApiserver } from '../../scripts/kube-apiserver/server.mjs';
import { startKubeApiserver } from '../../scripts/kube-apiserver/server.mjs';
import type { ApiClient } from '../support/api-client.ts';
import { openApiClient } from '../support/api-client.ts';
import type { KubeObject } from '../support/api-server/types.ts';
import { ingress } from '../support/manifests.ts';
import { runBin } from '../support/bin.ts';
import type { Stage } from '../support/publishing.ts';
import { openStage } from '../support/publishing.ts';
import type { Watching } from '../support/watching.ts';
import { eventually, startWatching } from '../support/watching.ts';

const folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-cluster-'));
const OURS = [{ ip: '192.0.2.1' }];
let server: KubeApiserver;
let client: ApiClient;
let stage: Stage;

function kubectl(words: readonly string[], stdin = ''): void {
  const all = ['--kubeconfig', server.kubeconfig, ...words];
  const { status, stderr } = spawnSync('kubectl', all, { input: stdin, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

beforeAll(async () => {
  server = await startKubeApiserver(folder, { isRbac: true });
  client = openApiClient(server.kubeconfig);
  await client.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
  const docs = readFileSync(new URL('../../docs/publish.md', import.meta.url), 'utf8');
  const [, roles = ''] = /```yaml\n(.*?)```/su.exec(docs) ?? [];
  kubectl(['apply', '-f', '-'], roles);
  kubectl(['create', 'clusterrolebinding', 'publish', '--clusterrole=ingress2nginx-publish', '--user=dev']);
  kubectl(['create', 'rolebinding', 'publish', '-n', 'default', '--role=ingress2nginx-publish', '--user=dev']);
});

afterAll(async () => {
  client.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  // `dev` may do what docs/publish.md says, and nothing else.
  stage = await openStage(server.kubeconfig, 'dev');
});

afterEach(() => stage.close());

const INGRESSES = '/apis/networking.k8s.io/v1/namespaces/shop/ingresses';

function named(...names: readonly string[]) {
  return names.map(name => ({ namespace: 'shop', name }));
}

async function putIngresses(...names: readonly string[]): Promise<void> {
  for (const name of names) {
    const object = ingress({ name, host: `${name}.example.com`, paths: [['/', 'Prefix', 'web']] });
    await client.put(object as unknown as KubeObject);
  }
}

interface ReadIngress {
  readonly metadata: { readonly resourceVersion: string };
  readonly status: { readonly loadBalancer: { readonly ingress?: unknown } };
}

async function read(name: string): Promise<ReadIngress> {
  return (await client.call({ path: `${INGRESSES}/${name}` })).value as ReadIngress;
}

async function addressesOf(name: string): Promise<unknown> {
  return (await read(name)).status.loadBalancer.ingress;
}

async function writeStatus(name: string, addresses: readonly unknown[]): Promise<void> {
  const body = { status: { loadBalancer: { ingress: addresses } } };
  const { code } = await client.call({ method: 'PATCH', path: `${INGRESSES}/${name}/status`, body });
  expect(code).toBe(200);
}

async function holder(): Promise<string> {
  const path = '/apis/coordination.k8s.io/v1/namespaces/default/leases/ingress2nginx-nginx';
  const { value } = await client.call({ path });
  return (value as { readonly spec: { readonly holderIdentity: string } }).spec.holderIdentity;
}

test('the status is written once, and taken back at a clean end', async () => {
  await putIngresses('web', 'api', 'other');
  const one = stage.start('one');
  one.update(named('web', 'api', 'gone'));
  await stage.pass(2_000);
  const [web, api, other] = [await read('web'), await addressesOf('api'), await addressesOf('other')];
  expect([web.status.loadBalancer.ingress, api, other]).toEqual([OURS, OURS, undefined]);
  // Minutes of looking at it make no event.
  await stage.pass(180_000);
  expect((await read('web')).metadata.resourceVersion).toBe(web.metadata.resourceVersion);
  await writeStatus('api', [...OURS, { hostname: 'lb.example.net' }]);
  await one.stop();
  expect(await addressesOf('web')).toBeUndefined();
  expect(await addressesOf('api')).toEqual([{ hostname: 'lb.example.net' }]);
  expect(await holder()).toBe('');
  expect(one.events.filter(({ kind }) => kind === 'trouble')).toEqual([]);
});

test('what others wrote is put right, and what is no longer ours is let go', async () => {
  await putIngresses('web', 'api');
  const one = stage.start('one', { addresses: [{ ip: '192.0.2.1' }, { ip: '2001:db8::1' }] });
  one.update(named('web', 'api'));
  await stage.pass(2_000);
  await writeStatus('web', [{ ip: '203.0.113.9' }]);
  await stage.pass(60_000);
  expect(await addressesOf('web')).toEqual([{ ip: '192.0.2.1' }, { ip: '2001:db8::1' }]);
  one.update(named('web'));
  await stage.pass(1_000);
  expect(await addressesOf('api')).toBeUndefined();
});

test('of five that start at once exactly one leads, and one after the other takes over', async () => {
  await putIngresses('web');
  const all = ['1', '2', '3', '4', '5'].map(number =>
    stage.start(number, { addresses: [{ ip: `192.0.2.${number}` }] }),
  );
  for (const instance of all) instance.update(named('web'));
  for (const left of [5, 4, 3, 2, 1]) {
    await stage.pass(30_000);
    const leaders = all.filter(instance => instance.leads());
    expect([left, leaders.length, stage.mostLeaders()]).toEqual([left, 1, 1]);
    expect(await addressesOf('web')).toEqual([{ ip: `192.0.2.${await holder()}` }]);
    // Every second one dies without a word.
    if (left % 2 === 0) leaders[0]?.cutOff();
    else await leaders[0]?.stop();
  }
});

test('a crash of the server ends nothing', async () => {
  await putIngresses('web');
  const one = stage.start('one');
  await stage.pass(2_000);
  await server.kill('kube-apiserver');
  one.update(named('web'));
  await stage.pass(12_000);
  expect(one.leads()).toBe(false);
  await server.start();
  await stage.pass(60_000);
  expect(one.leads()).toBe(true);
  expect(await addressesOf('web')).toEqual(OURS);
});

/** The built program, as one of several. Its address says which. */
function startProgram(address: string): Watching {
  const words = ['--kubeconfig', server.kubeconfig, '--publish-status-address', address];
  return startWatching(['render', '-o', join(folder, `out-${address}`), '--on-error', 'isolate', ...words]);
}

async function untilPublished(name: string, address: string): Promise<void> {
  await eventually(`${name} to have ${address}`, async () => {
    const [first] = ((await addressesOf(name)) ?? []) as readonly { readonly ip?: string }[];
    return first?.ip === address ? true : undefined;
  });
}

test('of two programs the other takes over when the leader stands still, and when it is killed', async () => {
  await putIngresses('web', 'api');
  const programs = new Map(['192.0.2.11', '192.0.2.12'].map(address => [address, startProgram(address)]));
  try {
    const [address, leader] = await eventually('a leader', async () => {
      const held = await holder();
      return [...programs].find(([, { pid }]) => held.includes(`_${pid}_`));
    });
    const [next, other] = [...programs].find(([found]) => found !== address) ?? [];
    if (next === undefined || other === undefined) throw new Error('there are two');
    await untilPublished('web', address);
    leader.signal('SIGSTOP');
    await untilPublished('web', next);
    const mark = leader.mark();
    leader.signal('SIGCONT');
    await leader.until(({ event, isLeader }) => event === 'leader' && isLeader === false, mark);
    await untilPublished('web', next);
    const shown = await runBin(['hosts', '--on-error', 'isolate', '--format', 'json'], await listOfIngresses());
    expect(JSON.parse(shown.stdout)).toMatchObject({
      hosts: expect.arrayContaining([{ host: 'web.example.com', address: next, source: 'status' }]) as unknown,
    });
    await other.stop('SIGKILL');
    await untilPublished('web', address);
    await untilPublished('api', address);
    expect(await leader.stop()).toBe(0);
    expect([await addressesOf('web'), await addressesOf('api')]).toEqual([undefined, undefined]);
  } finally {
    for (const program of programs.values()) await program.stop('SIGKILL');
  }
});

async function listOfIngresses(): Promise<string> {
  const { value } = await client.call({ path: INGRESSES });
  const { items } = value as { readonly items: readonly object[] };
  const typed = items.map(item => ({ ...item, apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' }));
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items: typed });
}
