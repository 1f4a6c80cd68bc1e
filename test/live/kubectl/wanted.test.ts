import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { WantedKind } from '../../../src/cluster/wanted.ts';
import { startApiServer } from '../../support/api-server.ts';
import type { ApiServer } from '../../support/api-server.ts';
import type { KubeObject } from '../../support/api-server/types.ts';
import { follow, processesWith } from '../../support/followed.ts';
import type { Followed } from '../../support/followed.ts';
import { handClock } from '../../support/hand-clock.ts';
import { until } from '../../support/until.ts';

let server: ApiServer;
const ends: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  server = await startApiServer();
  ends.push(server.close);
});

afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
  await until(() => processesWith(server.kubeconfig).length === 0);
});

async function open(settings: Parameters<typeof follow>[1] = {}): Promise<Followed> {
  const followed = await follow(server.kubeconfig, settings);
  ends.push(followed.stop);
  await until(() => followed.objects() !== undefined && server.openWatches() >= 5);
  return followed;
}

function objectOf(kind: WantedKind, name: string, text: string, namespace = 'shop'): KubeObject {
  const data = { key: kind === 'Secret' ? Buffer.from(text).toString('base64') : text };
  return { apiVersion: 'v1', kind, metadata: { name, namespace }, data };
}

const configMap = (name: string, text = '', namespace = 'shop') => objectOf('ConfigMap', name, text, namespace);
const keys = (...names: readonly string[]): ReadonlySet<string> => new Set(names);

function requestsTo(path: RegExp): readonly string[] {
  return server.requests.map(({ url }) => url).filter(url => path.test(url));
}

describe.each([
  { kind: 'Secret' as const, plural: 'secrets' },
  { kind: 'ConfigMap' as const, plural: 'configmaps' },
])('of $plural', ({ kind, plural }) => {
  const object = (name: string, text: string) => objectOf(kind, name, text);

  test('fetches those that are wanted, and keeps no other', async () => {
    server.put(object('users', 'one'), object('other', 'not for us'));
    const { input, causes, objects } = await open();
    expect(objects()).toEqual([]);
    expect(input.want(kind, keys('shop/users', 'shop/nobody'))).toBe(false);
    await until(() => causes.includes(`${kind} shop/users read`));
    expect(objects()).toEqual([`${kind} shop/users`]);
    expect(input.want(kind, keys('shop/users', 'shop/nobody'))).toBe(true);

    server.put(object('users', 'two'), object('other', 'still not for us'));
    await until(() => causes.includes(`${kind} shop/users modified`));
    expect(JSON.stringify(input.snapshot()?.units)).not.toContain('for us');
    expect(input.snapshot()?.units[0]?.resources).toMatchObject([{ data: object('users', 'two')['data'] }]);
    server.put(object('nobody', 'somebody'));
    await until(() => causes.includes(`${kind} shop/nobody read`));
    server.remove(plural, 'shop', 'users');
    await until(() => causes.includes(`${kind} shop/users deleted`));
    expect(objects()).toEqual([`${kind} shop/nobody`]);
    expect(causes.filter(cause => cause.includes('other'))).toEqual([]);
    expect(input.want(kind, keys())).toBe(true);
    expect(objects()).toEqual([]);
  });

  test('fetches many at once', async () => {
    const names = Array.from({ length: 120 }, (_, index) => `name-${index}`);
    server.put(...names.map(name => object(name, name)));
    const { input, causes, objects } = await open();
    const before = server.requests.length;
    input.want(kind, new Set(names.map(name => `shop/${name}`)));
    await until(() => causes.length === 121);
    expect(objects()).toHaveLength(120);
    expect(server.requests.length - before).toBeLessThan(10);
  });

  test('asks for a content again and again until somebody answers', async () => {
    server.put(object('users', 'one'));
    const { input, causes, events } = await open();
    server.faults.answer({ path: new RegExp(`namespaces/shop/${plural}\\?`), status: 500, times: 3 });
    expect(input.want(kind, keys('shop/users'))).toBe(false);
    await until(() => causes.includes(`${kind} shop/users read`));
    expect(input.want(kind, keys('shop/users'))).toBe(true);
    expect(events.filter(event => event.kind === 'trouble').map(({ what }) => what)).toEqual([`${kind}s`]);
  });

  test('keeps a content while its new one is refused, and asks again after the next list', async () => {
    server.put(object('users', 'one'));
    const { input, causes, objects, events } = await open();
    input.want(kind, keys('shop/users'));
    await until(() => causes.includes(`${kind} shop/users read`));
    const allow = server.faults.answer({ path: new RegExp(`namespaces/shop/${plural}\\?`), status: 403 });
    server.put(object('users', 'two'));
    await until(() => events.some(event => event.kind === 'trouble' && event.what === `${kind}s`));
    expect(objects()).toEqual([`${kind} shop/users`]);
    expect(input.want(kind, keys('shop/users'))).toBe(true);
    allow();
    input.resync();
    await until(() => causes.includes(`${kind} shop/users modified`));
  });

  test('keeps those that it has when they become forbidden', async () => {
    server.put(object('users', 'one'));
    const { input, causes, objects, state } = await open();
    input.want(kind, keys('shop/users'));
    await until(() => causes.includes(`${kind} shop/users read`));
    server.faults.forbid(plural, 'list', 'watch');
    server.faults.cutWatches();
    await until(() => state(kind)?.state === 'forbidden');
    expect(objects()).toEqual([`${kind} shop/users`]);
    expect(input.want(kind, keys('shop/users'))).toBe(true);
  });

  test('reads those of a namespace that is not followed otherwise, and no other namespace', async () => {
    server.put(
      objectOf(kind, 'users', 'one', 'office'),
      object('users', 'two'),
      objectOf(kind, 'users', 'three', 'hr'),
    );
    const { input, causes, objects } = await open({ namespaces: ['shop'] });
    expect(input.want(kind, keys('office/users', 'shop/users'))).toBe(false);
    const read = () => causes.filter(cause => cause.endsWith(' read')).toSorted();
    await until(() => read().length === 2);
    expect(read()).toEqual([`${kind} office/users read`, `${kind} shop/users read`]);
    expect(objects()).toEqual(expect.arrayContaining([`${kind} office/users`, `${kind} shop/users`]));
    expect(requestsTo(new RegExp(`v1/${plural}\\?|/hr/`))).toEqual([]);
    server.put(objectOf(kind, 'users', 'four', 'office'));
    await until(() => causes.includes(`${kind} office/users modified`));
    expect(input.want(kind, keys('shop/users'))).toBe(true);
    await until(() => server.openWatches(plural) === 1);
    expect(objects()).toEqual([`${kind} shop/users`]);
  });
});

test('asks for no ConfigMap before one is wanted, and for none any more when none is', async () => {
  server.put(configMap('headers'), configMap('other'));
  const { input, causes, state, objects } = await open();
  expect(state('ConfigMap')).toBeUndefined();
  expect(input.want('ConfigMap', keys())).toBe(true);
  expect(requestsTo(/configmaps/)).toEqual([]);
  input.want('ConfigMap', keys('shop/headers'));
  await until(() => causes.includes('ConfigMap shop/headers read') && server.openWatches('configmaps') === 1);
  expect(input.want('ConfigMap', keys())).toBe(true);
  await until(() => server.openWatches('configmaps') === 0);
  expect(objects()).toEqual([]);
  await until(() => state('ConfigMap')?.objects === 0);
  expect(state('ConfigMap')).toEqual({ kind: 'input', type: 'ConfigMap', state: 'watching', objects: 0 });
  input.want('ConfigMap', keys('shop/headers'));
  await until(() => objects()?.length === 1);
});

test('says so when a ConfigMap that somebody waits for is not there', async () => {
  const { input, causes } = await open();
  expect(input.want('ConfigMap', keys('shop/headers'))).toBe(false);
  await until(() => causes.includes('ConfigMap shop/headers not found'));
  expect(input.want('ConfigMap', keys('shop/headers'))).toBe(true);
  server.put(configMap('headers'));
  await until(() => causes.includes('ConfigMap shop/headers read'));
});

test('goes on without ConfigMaps that stay forbidden, and reads them when they are allowed', async () => {
  server.put(configMap('headers'));
  const allow = server.faults.forbid('configmaps', 'list', 'watch');
  const { input, causes, state } = await open();
  expect(input.want('ConfigMap', keys('shop/headers'))).toBe(false);
  await until(() => causes.includes('ConfigMap shop/headers cannot be read'));
  expect(state('ConfigMap')).toMatchObject({ state: 'forbidden', objects: 0 });
  expect(input.want('ConfigMap', keys('shop/headers'))).toBe(true);
  allow();
  await until(() => causes.includes('ConfigMap shop/headers read') && state('ConfigMap')?.state === 'watching');
});

test('waits for ConfigMaps that a server forbids only while it starts', async () => {
  server.put(configMap('headers'));
  const allow = server.faults.forbid('configmaps', 'list');
  // It must not ask so often that no stays no before it is allowed.
  const clock = handClock();
  const { input, causes, state } = await open({ clock });
  input.want('ConfigMap', keys('shop/headers'));
  await until(() => state('ConfigMap')?.state === 'forbidden');
  expect(input.want('ConfigMap', keys('shop/headers'))).toBe(false);
  allow();
  await clock.pass(2_000);
  await until(() => causes.includes('ConfigMap shop/headers read'));
  expect(causes).not.toContain('ConfigMap shop/headers cannot be read');
});

test('waits for ConfigMaps as long as nobody answers', async () => {
  server.put(configMap('headers'));
  const { input, causes, state } = await open();
  const back = server.faults.answer({ path: /v1\/configmaps/, status: 500 });
  input.want('ConfigMap', keys('shop/headers', 'shop/nobody'));
  await until(() => state('ConfigMap')?.state === 'retrying');
  expect(input.want('ConfigMap', keys('shop/headers', 'shop/nobody'))).toBe(false);
  expect(causes).toEqual(['all objects were listed']);
  back();
  await until(() => causes.length === 3);
  expect(causes.slice(1)).toEqual(['ConfigMap shop/nobody not found', 'ConfigMap shop/headers read']);
});

test('follows ConfigMaps that flags name as before, and once, whoever else wants them', async () => {
  server.put(configMap('controller', 'one'), configMap('headers'), configMap('other'));
  const { input, causes, objects, state } = await open({ configMaps: ['shop/controller', 'office/tcp'] });
  expect(input.want('ConfigMap', keys('shop/controller', 'office/tcp'))).toBe(true);
  expect(requestsTo(/v1\/configmaps/)).toEqual([]);
  expect(input.want('ConfigMap', keys('shop/controller', 'office/tcp', 'shop/headers'))).toBe(false);
  await until(() => causes.includes('ConfigMap shop/headers read'));
  expect(objects()).toEqual(['ConfigMap shop/controller', 'ConfigMap shop/headers']);
  await until(() => state('ConfigMap')?.objects === 3);
  server.put(configMap('controller', 'two'));
  await until(() => causes.includes('ConfigMap shop/controller modified'));
  expect(input.want('ConfigMap', keys())).toBe(true);
  expect(objects()).toEqual(['ConfigMap shop/controller']);
});

test('leaves nothing behind of what was wanted for a while', async () => {
  const { input, objects } = await open({ namespaces: ['shop'] });
  input.want('ConfigMap', keys('shop/headers', 'office/headers'));
  await until(() => server.openWatches('configmaps') === 2);
  input.want('ConfigMap', keys('shop/headers'));
  await input.stop();
  await until(() => server.openWatches() === 0);
  const { length } = server.requests;
  server.put(configMap('headers'), configMap('headers', '', 'office'));
  expect(objects()).toEqual([]);
  expect(server.requests).toHaveLength(length);
});
