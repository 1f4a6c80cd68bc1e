import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import { afterEach, beforeEach, expect, test } from 'vitest';

import type { Unit } from '../../../src/resources/unit.ts';
import { readUnit } from '../../../src/resources/unit.ts';
import { startApiServer } from '../../support/api-server.ts';
import type { ApiServer } from '../../support/api-server.ts';
import type { KubeObject } from '../../support/api-server/types.ts';
import { follow, kubectlWith, processesWith } from '../../support/followed.ts';
import type { Followed } from '../../support/followed.ts';
import { until } from '../../support/until.ts';

let server: ApiServer;
const ends: (() => unknown)[] = [];

beforeEach(async () => {
  server = await startApiServer();
  ends.push(server.close);
});

afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
  await until(() => processesWith(server.kubeconfig).length === 0);
});

async function open(settings: Parameters<typeof follow>[1] = {}, kubeconfig = server.kubeconfig): Promise<Followed> {
  const followed = await follow(kubeconfig, settings);
  ends.push(followed.stop);
  await until(() => followed.objects() !== undefined && server.openWatches() >= 5);
  return followed;
}

function ingress(name: string, path = '/'): KubeObject {
  const backend = { service: { name, port: { number: 80 } } };
  const rules = [{ host: `${name}.example.com`, http: { paths: [{ path, pathType: 'Prefix', backend }] } }];
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace: 'shop' },
    spec: { rules },
  };
}

/** Ingresses by what they ask for, wherever they were read. */
function contentsOf(units: readonly Unit[]): readonly string[] {
  const withoutPlaces = (key: string, value: unknown): unknown => (key === 'document' ? undefined : value);
  return units.flatMap(({ resources }) => resources.map(each => JSON.stringify(each, withoutPlaces))).toSorted();
}

/** The Ingresses of the snapshot as the server has them. */
function isUpToDate({ input }: Followed): boolean {
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: server.list('ingresses') });
  return isDeepStrictEqual(contentsOf(input.snapshot()?.units ?? []), contentsOf([readUnit({ name: 'list', text })]));
}

/** Changes that come while something is wrong: none may be lost. */
function change(): void {
  server.put(ingress('new'), ingress('web', '/changed'));
  server.remove('ingresses', 'shop', 'wiki');
}

/** A line in the place of all events that come after it: whoever only leaves it out will miss them. */
function sendInstead(line: string): void {
  server.faults.sendLine(line);
  server.faults.muteWatches();
}

const GARBAGE = 'HTTP/1.1 200 OK <html>';
const EVENT = JSON.stringify({ type: 'ADDED', object: { kind: 'Ingress' } });

test.each<{ readonly name: string; readonly fault: () => unknown; readonly resyncSeconds?: number }>([
  { name: 'connections are cut', fault: () => server.faults.cutWatches() },
  { name: 'connections are cut in the middle of an event', fault: () => server.faults.cutInTheMiddle('ingresses') },
  { name: 'the server ends watches', fault: () => server.faults.endWatches() },
  { name: 'versions expire (410)', fault: () => server.faults.expireWatches() },
  {
    name: 'versions expire before the watch begins',
    fault: () => {
      server.faults.answer({ path: /ingresses\?.*watch=1/, status: 410, times: 2 });
      server.faults.cutWatches();
    },
  },
  { name: 'garbage comes', fault: () => sendInstead(GARBAGE) },
  { name: 'half of an event comes as a line', fault: () => sendInstead(EVENT.slice(0, -10)) },
  {
    name: 'an error comes that says nothing',
    fault: () => sendInstead('{"type":"ERROR","object":{"metadata":{}}}'),
  },
  { name: 'watches fall silent', fault: () => server.faults.muteWatches(), resyncSeconds: 2 },
  {
    name: 'the server answers 500',
    fault: () => {
      server.faults.answer({ path: /ingresses/, status: 500, times: 3 });
      server.faults.cutWatches();
    },
  },
  {
    name: 'the server wants to be left alone (429)',
    fault: () => {
      server.faults.answer({ path: /ingresses/, status: 429, retryAfterSeconds: 1, times: 1 });
      server.faults.cutWatches();
    },
  },
  {
    name: 'a list is no list',
    fault: () => {
      server.faults.answer({ path: /ingresses\?limit/, body: '{"kind":"IngressList"}', times: 1 });
      server.faults.answer({ path: /ingresses\?limit/, body: '{"kind":"Ingr', times: 1 });
      server.faults.answer({ path: /ingresses\?limit/, body: '[]', times: 1 });
      server.faults.cutWatches();
    },
  },
  {
    name: 'the server is away for a while',
    fault: async () => {
      await server.faults.goAway();
      setTimeout(() => void server.faults.comeBack(), 1_000);
    },
  },
  {
    name: 'kubectl is killed',
    fault: () => kubectlWith(server.kubeconfig).forEach(pid => process.kill(pid, 'SIGKILL')),
  },
  {
    name: 'the guard of kubectl is killed',
    fault: () => processesWith(server.kubeconfig).forEach(pid => process.kill(pid, 'SIGKILL')),
  },
])('misses nothing when $name', async ({ fault, resyncSeconds = 600 }) => {
  server.put(ingress('web'), ingress('wiki'));
  const followed = await open({ resyncSeconds });
  expect(isUpToDate(followed)).toBe(true);
  await fault();
  change();
  await until(() => isUpToDate(followed));
  server.put(ingress('after'));
  await until(() => isUpToDate(followed));
  await until(() => followed.state('Ingress')?.state === 'watching');
});

test.each([
  { name: 'an end in order', fault: () => server.faults.endWatches('ingresses') },
  { name: 'an expired version', fault: () => server.faults.expireWatches('ingresses') },
])('makes no fuss about $name', async ({ fault }) => {
  const { events, objects } = await open();
  fault();
  server.put(ingress('web'));
  await until(() => objects()?.length === 1);
  expect(events.filter(event => 'problem' in event)).toEqual([]);
});

test('keeps everything while the server is away, and says so once', async () => {
  server.put(ingress('web'));
  const followed = await open();
  await server.faults.goAway();
  const ofIngress = () => followed.events.filter(event => event.kind === 'input' && event.type === 'Ingress');
  await until(() => ofIngress().length > 8);
  expect(followed.objects()).toEqual(['Ingress shop/web']);
  const problems = ofIngress().flatMap(event => ('problem' in event ? event.problem : []));
  expect(new Set(problems.slice(1))).toEqual(
    new Set([`dial tcp 127.0.0.1:${server.port}: connect: connection refused`]),
  );
  await server.faults.comeBack();
  await until(() => followed.state('Ingress')?.state === 'watching');
  expect(followed.causes).toEqual(['all objects were listed']);
});

test('starts before its server', async () => {
  server.put(ingress('web'));
  await server.faults.goAway();
  const followed = await follow(server.kubeconfig);
  ends.push(followed.stop);
  await until(() => followed.state('Ingress')?.state === 'retrying');
  expect(followed.objects()).toBeUndefined();
  await server.faults.comeBack();
  await until(() => followed.objects() !== undefined);
  expect(followed.objects()).toEqual(['Ingress shop/web']);
});

test('says that its credentials are refused, and goes on with those that stand in the kubeconfig later', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'i2n-kubeconfig-'));
  ends.push(() => rmSync(folder, { recursive: true }));
  const kubeconfig = join(folder, 'kubeconfig');
  copyFileSync(server.kubeconfig, kubeconfig);
  server.put(ingress('web'));
  const followed = await open({ renewAfterMs: 300 }, kubeconfig);
  server.faults.setToken('renewed');
  server.faults.cutWatches();
  await until(() => followed.state('Ingress')?.problem?.includes('Unauthorized') === true);
  expect(followed.state('Ingress')).toMatchObject({
    state: 'retrying',
    problem: 'the API server rejects the credentials: Unauthorized',
  });
  expect(followed.objects()).toEqual(['Ingress shop/web']);
  copyFileSync(server.kubeconfigWith('renewed'), kubeconfig);
  change();
  await until(() => isUpToDate(followed));
});

test('finds a server that came back on another port, when the kubeconfig says so', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'i2n-kubeconfig-'));
  ends.push(() => rmSync(folder, { recursive: true }));
  const kubeconfig = join(folder, 'kubeconfig');
  copyFileSync(server.kubeconfig, kubeconfig);
  const followed = await open({ renewAfterMs: 300 }, kubeconfig);
  await server.close();
  server = await startApiServer();
  ends.push(server.close);
  server.put(ingress('web'));
  writeFileSync(kubeconfig, readFileSync(server.kubeconfig));
  await until(() => followed.objects()?.length === 1);
  expect(followed.objects()).toEqual(['Ingress shop/web']);
});

test('leaves wrong objects out, says so once, and goes on', async () => {
  server.put(ingress('web'));
  const { events, objects } = await open();
  for (const object of [{}, 'text', null, [], { metadata: { name: 8 } }, { kind: 'Pod', metadata: { name: 'pod' } }]) {
    for (let time = 0; time < 2; time++) {
      server.faults.sendLine(JSON.stringify({ type: 'ADDED', object }), 'ingresses');
    }
  }
  server.faults.sendLine('{"type":"RENAMED","object":{}}', 'ingresses');
  server.put(ingress('wiki'));
  await until(() => objects()?.length === 2);
  expect(events.flatMap(event => (event.kind === 'trouble' ? `${event.what}: ${event.problem}` : []))).toEqual([
    'Ingress: received an object without metadata; skipped',
    'Ingress: received a string instead of an object; skipped',
    'Ingress: received null instead of an object; skipped',
    'Ingress: received a list instead of an object; skipped',
    'Ingress: received an object without a name; skipped',
    'Ingress: received an object of kind "Pod"; skipped',
    'Ingress: the watch sent an event of an unknown type; skipped',
  ]);
  expect(server.openWatches('ingresses')).toBe(1);
});

test('goes on where it was when everything stood still for a while', async () => {
  server.put(ingress('web'), ingress('wiki'));
  const followed = await open();
  server.faults.stall();
  change();
  followed.input.resync();
  setTimeout(() => server.faults.resume(), 1_500);
  await until(() => isUpToDate(followed));
  expect(followed.objects()).toHaveLength(2);
});

test('takes what no API server would store, and finds what is wrong with it', async () => {
  const { input, objects } = await open();
  const metadata = { name: 'odd', namespace: 'shop', annotations: 'none', labels: [1], creationTimestamp: 7 };
  const object = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata, spec: [{ rules: 3 }] };
  server.faults.sendLine(JSON.stringify({ type: 'ADDED', object }), 'ingresses');
  await until(() => objects()?.length === 1);
  const [unit] = input.snapshot()?.units ?? [];
  expect(unit?.diagnostics.map(found => found.rule.name)).toContain('invalid-type');
});

test('keeps up with a thousand objects and two hundred changes among twenty faults', async () => {
  const names = Array.from({ length: 1_000 }, (_, index) => `site-${index}`);
  server.put(...names.map(name => ingress(name)));
  const followed = await open({ resyncSeconds: 5 });
  expect(followed.objects()).toHaveLength(1_000);
  const faults = [
    () => server.faults.cutWatches(),
    () => server.faults.cutInTheMiddle('ingresses'),
    () => server.faults.endWatches(),
    () => server.faults.expireWatches(),
    () => server.faults.sendLine(GARBAGE),
    () => server.faults.answer({ path: /ingresses/, status: 500, times: 2 }),
    () => server.faults.forgetHistory(),
    () => kubectlWith(server.kubeconfig).forEach(pid => process.kill(pid, 'SIGKILL')),
  ];
  for (let step = 0; step < 200; step++) {
    const name = names[(step * 377) % names.length] ?? '';
    if (step % 3 === 0) server.remove('ingresses', 'shop', name);
    else server.put(ingress(step % 3 === 1 ? name : `new-${step}`, `/step-${step}`));
    if (step % 10 === 0) faults[(step / 10) % faults.length]?.();
    await new Promise(resolve => setImmediate(resolve));
  }
  await until(() => isUpToDate(followed));
  expect(followed.objects()).toHaveLength(server.list('ingresses').length);
});
