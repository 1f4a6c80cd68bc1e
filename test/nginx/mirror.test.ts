import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Hit } from '../support/golden/endpoints.ts';
import type { GoldenRequest } from '../support/golden/requests.ts';
import { serveFolder } from '../support/golden/served.ts';
import type { ServedFolder } from '../support/golden/served.ts';
import { until } from '../support/until.ts';

const FOLDER = fileURLToPath(new URL('../../fixtures/golden/mirror/copies-go-elsewhere', import.meta.url));
let nginx: ServedFolder;

beforeAll(async () => {
  nginx = await serveFolder(FOLDER, { requests: [] });
});
afterAll(() => nginx.stop());

/** The copy of a request, which may come after its answer. */
async function copyOf(request: Omit<GoldenRequest, 'name' | 'expect'>): Promise<Hit | undefined> {
  const [outcome] = await nginx.send({ ...request, name: 'a request', expect: {} });
  const copy = (): Hit | undefined => outcome?.hits.find(({ service }) => service === 'shop/copy');
  await until(() => copy() !== undefined);
  expect(outcome?.answer.status).toBe(200);
  return copy();
}

test.each<{
  name: string;
  request: Omit<GoldenRequest, 'name' | 'expect'>;
  copy: Pick<Hit, 'method' | 'url' | 'bodyBytes'>;
  headers: Readonly<Record<string, readonly string[] | undefined>>;
}>([
  {
    name: 'has method, URI, body and headers of the request, and the host of the target',
    request: {
      url: 'http://shop.example.com/a%20b?c=d',
      method: 'PUT',
      bodyBytes: 1000,
      headers: { 'X-Some': 'thing', Authorization: 'Bearer a' },
    },
    copy: { method: 'PUT', url: '/a%20b?c=d', bodyBytes: 1000 },
    headers: {
      host: ['copy.shop.svc.cluster.local'],
      'x-some': ['thing'],
      authorization: ['Bearer a'],
      'x-forwarded-host': ['shop.example.com'],
    },
  },
  {
    name: 'goes to a path, with the query of the request, and with another host',
    request: { url: 'http://fixed.example.com/a?b=c' },
    copy: { method: 'GET', url: '/copies?b=c', bodyBytes: 0 },
    headers: { host: ['m.example.com'] },
  },
  {
    name: 'has the URI of the request where the target has none',
    request: { url: 'http://bare.example.com/a?b=c' },
    copy: { method: 'GET', url: '/a?b=c', bodyBytes: 0 },
    headers: { host: ['copy.shop.svc.cluster.local'] },
  },
  {
    name: 'has no body, and announces none, where that is not asked for',
    request: { url: 'http://plain.example.com/x', method: 'POST', bodyBytes: 1000 },
    copy: { method: 'POST', url: '/a//x', bodyBytes: 0 },
    headers: { 'content-length': undefined },
  },
  {
    name: 'asks for no WebSocket',
    request: { url: 'http://bare.example.com/', headers: { Connection: 'Upgrade', Upgrade: 'websocket' } },
    copy: { method: 'GET', url: '/', bodyBytes: 0 },
    headers: { upgrade: undefined },
  },
])('a copy $name', async ({ request, copy, headers }) => {
  const hit = await copyOf(request);
  expect(hit).toMatchObject(copy);
  expect(Object.fromEntries(Object.keys(headers).map(name => [name, hit?.lines[name]]))).toEqual(headers);
});
