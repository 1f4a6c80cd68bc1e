import { request, Agent } from 'node:http';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { echoOverWebSocket, expectAnswer, sendRaw } from '../support/client.ts';
import { app, ingress } from '../support/manifests.ts';
import { serve } from '../support/serve.ts';
import type { Served } from '../support/serve.ts';

const MIB = 1024 * 1024;
const shop = { host: 'shop.example.com', path: '/' };
let served: Served;

beforeAll(async () => {
  served = await serve(backends => [
    ...app(backends, 'web'),
    ...app(backends, 'cart', ['cart', 'blog']),
    ingress({ name: 'shop', host: 'shop.example.com', paths: [['/', 'Prefix', 'web']] }),
    ingress({ name: 'cart', host: 'cart.example.com', paths: [['/', 'Prefix', 'cart']] }),
    ingress({ name: 'all', defaultBackend: 'web' }),
  ]);
});
afterAll(() => served.stop());

describe('the pod sees', () => {
  test.each([
    { name: 'the host', https: false, seen: { host: 'shop.example.com', 'x-forwarded-host': 'shop.example.com' } },
    { name: 'the client', https: false, seen: { 'x-real-ip': '127.0.0.1', 'x-forwarded-for': '127.0.0.1' } },
    {
      name: 'plain HTTP',
      https: false,
      seen: { 'x-forwarded-proto': 'http', 'x-forwarded-scheme': 'http', 'x-scheme': 'http' },
    },
    {
      name: 'HTTPS on 443 whatever the real port is',
      https: true,
      seen: {
        'x-forwarded-proto': 'https',
        'x-forwarded-scheme': 'https',
        'x-forwarded-port': '443',
        'x-scheme': 'https',
      },
    },
    { name: 'an id of the request', https: false, seen: { 'x-request-id': expect.stringMatching(/^[0-9a-f]{32}$/u) } },
    { name: 'no Proxy header', https: false, seen: { proxy: null } },
    { name: 'no hop-by-hop header', https: false, seen: { upgrade: null } },
  ])('$name', async ({ https, seen }) => {
    expectAnswer(await served.ask({ ...shop, https, headers: { Proxy: 'http://evil.example' } }), { pod: 'web', seen });
  });

  test('headers of its own, not those that a client made up', async () => {
    const headers = {
      'X-Forwarded-For': '203.0.113.9',
      'X-Forwarded-Host': 'evil.example',
      'X-Forwarded-Proto': 'https',
      'X-Forwarded-Port': '1',
      'X-Real-IP': '203.0.113.9',
    };
    expectAnswer(await served.ask({ ...shop, headers }), {
      seen: {
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-host': 'shop.example.com',
        'x-forwarded-proto': 'http',
        'x-real-ip': '127.0.0.1',
        'x-original-forwarded-for': '203.0.113.9',
      },
    });
  });

  test('the id of a request that already has one', async () => {
    const headers = { 'X-Request-ID': 'from-the-edge-17' };
    expectAnswer(await served.ask({ ...shop, headers }), { seen: { 'x-request-id': 'from-the-edge-17' } });
  });

  test('a Host even if the client sent none, as HTTP/1.0 allows', async () => {
    const text = await sendRaw(served.ports, 'GET / HTTP/1.0\r\n\r\n');
    expect(text).toMatch(/^HTTP\/1\.1 200 /u);
    expect(text).toContain('"host":"_"');
  });

  test('HTTP/1.1, method and body', async () => {
    const answer = await served.ask({ ...shop, method: 'PUT', body: Buffer.alloc(70_000, 'x') });
    expectAnswer(answer, { pod: 'web', method: 'PUT', bodyBytes: 70_000 });
    expect(answer.seen?.httpVersion).toBe('1.1');
  });

  test('one connection for many requests', async () => {
    const used = new Set<number | undefined>();
    for (let round = 0; round < 10; round += 1) used.add((await served.ask(shop)).seen?.connection);
    // Each worker process keeps its own.
    expect(used.size).toBeLessThan(10);
  });
});

describe('a body', () => {
  test('of one MiB passes', async () => {
    const answer = await served.ask({ ...shop, method: 'POST', body: Buffer.alloc(MIB) });
    expectAnswer(answer, { status: 200, bodyBytes: MIB });
  });

  test('of more is refused', async () => {
    const answer = await served.ask({ ...shop, method: 'POST', body: Buffer.alloc(MIB + 1) });
    expectAnswer(answer, { status: 413, pod: null });
  });
});

describe('an answer', () => {
  test.each([204, 301, 404, 500, 503])('with status %i comes through', async status => {
    expectAnswer(await served.ask({ ...shop, pod: { status } }), { status });
  });

  test('does not say the version of nginx', async () => {
    const answer = await served.ask(shop);
    expect(answer.headers['server'] ?? '').not.toMatch(/\d/u);
  });

  test('keeps a Location as the pod wrote it', async () => {
    const location = 'http://web.shop.svc:8080/next';
    const answer = await served.ask({ ...shop, pod: { status: 302, headers: { Location: location } } });
    expectAnswer(answer, { status: 302, headers: { location } });
  });

  test('of a bad gateway is tried on the other pod only when nothing answered', async () => {
    const pod = { status: 500, pod: 'blog' } as const;
    const statuses = new Set<string>();
    for (let round = 0; round < 6; round += 1) {
      statuses.add(String((await served.ask({ host: 'cart.example.com', path: '/', pod })).status));
    }
    expect([...statuses].toSorted()).toEqual(['200', '500']);
  });
});

test('a WebSocket is passed through', async () => {
  expect(await echoOverWebSocket(served.ports, shop, 'hello')).toBe('hello');
});

test('a client may keep its connection', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const once = () =>
    new Promise<number | undefined>((resolve, reject) => {
      const { httpPort: port } = served.ports;
      const sent = request({ host: '127.0.0.1', port, path: '/', headers: { Host: shop.host }, agent }, response => {
        const { localPort } = response.socket;
        response.resume().on('end', () => resolve(localPort));
      });
      sent.on('error', reject).end();
    });
  expect(await once()).toBe(await once());
  agent.destroy();
});
