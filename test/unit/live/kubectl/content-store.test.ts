import { beforeEach, expect, test } from 'vitest';

import { CONFIG_MAP, SECRET } from '../../../../src/live/kubectl/api-types.ts';
import { createContentStore } from '../../../../src/live/kubectl/content-store.ts';
import type { ContentStore } from '../../../../src/live/kubectl/content-store.ts';
import type { KubeObject } from '../../../../src/live/kubectl/object.ts';

const KEY = 'shop/users';
let store: ContentStore;

function secret(version: number, text = String(version), key = KEY): KubeObject {
  const [namespace = '', name = ''] = key.split('/');
  const data = { auth: Buffer.from(text).toString('base64') };
  const value = { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, data };
  return { key, resourceVersion: String(version), value };
}

/** What a fetch does that began now. */
function fetch(object: KubeObject | undefined): string | undefined {
  return store.fetched(KEY, store.stale().get(KEY) ?? '', object);
}

beforeEach(() => {
  store = createContentStore(SECRET.form);
  store.replace([secret(1), secret(1, 'x', 'shop/other')]);
});

test('knows all and keeps nothing until it is wanted', () => {
  expect(store.size()).toBe(2);
  expect([...store.stale()]).toEqual([]);
  expect(store.isMissing()).toBe(false);
  store.want(new Set([KEY, 'shop/nobody']));
  expect([...store.stale()]).toEqual([[KEY, '1']]);
  expect(store.isMissing()).toBe(true);
});

test('is content with what was fetched', () => {
  store.want(new Set([KEY]));
  expect(fetch(secret(1))).toBe('Secret shop/users read');
  expect(store.isMissing()).toBe(false);
  expect(store.stale().size).toBe(0);
  expect(store.units()).toHaveLength(1);
});

test.each([
  { name: 'the event comes after the answer', came: 2, events: [2], isStale: false },
  { name: 'the event comes after the answer, and another one', came: 2, events: [2, 3], isStale: true },
])('$name', ({ came, events, isStale }) => {
  store.want(new Set([KEY]));
  fetch(secret(came));
  expect(store.stale().size).toBe(0);
  for (const version of events) store.apply({ type: 'MODIFIED', objects: [secret(version)] });
  expect(store.stale().size > 0).toBe(isStale);
});

test.each([
  { name: 'an older answer comes after the event', came: 1, isStale: true },
  { name: 'the answer has what the event says', came: 2, isStale: false },
])('$name', ({ came, isStale }) => {
  store.want(new Set([KEY]));
  const asked = store.stale().get(KEY) ?? '';
  store.apply({ type: 'MODIFIED', objects: [secret(2)] });
  store.fetched(KEY, asked, secret(came));
  expect(store.stale().size > 0).toBe(isStale);
});

test('takes no content of what is gone or not wanted any more', () => {
  store.want(new Set([KEY]));
  store.apply({ type: 'DELETED', objects: [secret(1)] });
  expect(store.fetched(KEY, '1', secret(1))).toBeUndefined();
  store.replace([secret(3)]);
  store.want(new Set());
  expect(store.fetched(KEY, '3', secret(3))).toBeUndefined();
  expect(store.units()).toEqual([]);
});

test('forgets content that is not wanted any more, and says when it is deleted', () => {
  store.want(new Set([KEY]));
  fetch(secret(1));
  store.want(new Set(['shop/other']));
  expect(store.units()).toEqual([]);
  store.want(new Set([KEY]));
  fetch(secret(1));
  expect(store.replace([])).toEqual(['Secret shop/users deleted']);
  expect(store.units()).toEqual([]);
});

test('does not ask again and again for what is not there or forbidden, but after the next list', () => {
  store.want(new Set([KEY]));
  fetch(undefined);
  expect(store.stale().size).toBe(0);
  store.apply({ type: 'MODIFIED', objects: [secret(2)] });
  expect(fetch(secret(2))).toBe('Secret shop/users read');
  store.apply({ type: 'MODIFIED', objects: [secret(3)] });
  expect(store.denied(KEY, '3')).toBeUndefined();
  expect(store.units()).toHaveLength(1);
  expect(store.stale().size).toBe(0);
  store.replace([secret(3)]);
  expect([...store.stale()]).toEqual([[KEY, '3']]);
});

test('says nothing of a content that stays the same', () => {
  store.want(new Set([KEY]));
  fetch(secret(1, 'same'));
  store.apply({ type: 'MODIFIED', objects: [secret(2)] });
  expect(fetch(secret(2, 'same'))).toBeUndefined();
  store.apply({ type: 'MODIFIED', objects: [secret(3)] });
  expect(fetch(secret(3, 'other'))).toBe('Secret shop/users modified');
});

test('says that a Secret is gone that somebody waits for', () => {
  store.want(new Set([KEY]));
  expect(store.apply({ type: 'DELETED', objects: [secret(1)] })).toEqual(['Secret shop/users deleted']);
  expect(store.isMissing()).toBe(false);
  expect(store.apply({ type: 'DELETED', objects: [secret(1, 'x', 'shop/other')] })).toEqual([]);
});

test('names its changes after the kind of its objects', () => {
  store = createContentStore(CONFIG_MAP.form);
  const value = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'headers', namespace: 'shop' }, data: {} };
  const object = { key: 'shop/headers', resourceVersion: '1', value };
  store.replace([object]);
  store.want(new Set(['shop/headers']));
  expect(store.fetched('shop/headers', '1', object)).toBe('ConfigMap shop/headers read');
  expect(store.units()[0]?.resources).toMatchObject([{ kind: 'ConfigMap', name: 'headers' }]);
  expect(store.replace([])).toEqual(['ConfigMap shop/headers deleted']);
});
