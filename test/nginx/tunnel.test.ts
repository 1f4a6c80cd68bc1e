import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { echoOverWebSocket, sendRaw } from '../support/client.ts';
import { app, ingress } from '../support/manifests.ts';
import { serve } from '../support/serve.ts';
import type { Served } from '../support/serve.ts';

const host = 'shop.example.com';
let served: Served;

beforeAll(async () => {
  served = await serve(backends => [
    ...app(backends, 'web'),
    ingress({ name: 'shop', host, paths: [['/', 'Prefix', 'web']] }),
  ]);
});
afterAll(() => served.stop());

/** A pod takes every tunnel that it is asked for. */
function askForTunnel(...headers: readonly string[]): Promise<string> {
  return sendRaw(served.ports, `${['GET / HTTP/1.1', `Host: ${host}`, ...headers].join('\r\n')}\r\n\r\n`);
}

describe('a pod is not asked for a tunnel', () => {
  test.each([
    { name: 'of HTTP/2', headers: ['Upgrade: h2c'] },
    { name: 'of HTTP/2, in other letters', headers: ['Upgrade: H2C'] },
    { name: 'of HTTP/2 or WebSocket', headers: ['Upgrade: h2c, websocket'] },
    { name: 'of WebSocket or HTTP/2', headers: ['Upgrade: websocket, h2c'] },
    { name: 'of two kinds, in two headers', headers: ['Upgrade: h2c', 'Upgrade: websocket'] },
    { name: 'of TLS', headers: ['Upgrade: TLS/1.2'] },
    { name: 'of a kind that begins like WebSocket', headers: ['Upgrade: websocket2'] },
    { name: 'of no kind', headers: ['Upgrade:'] },
  ])('$name', async ({ headers }) => {
    const settings = 'HTTP2-Settings: AAMAAABkAAQAAP__';
    const answer = await askForTunnel('Connection: Upgrade, HTTP2-Settings, close', settings, ...headers);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /u);
    expect(answer).not.toMatch(/"upgrade"|"http2-settings"/u);
  });
});

test('a WebSocket is asked for in whatever letters', async () => {
  const question = { host, path: '/', headers: { Upgrade: 'WebSocket' } };
  expect(await echoOverWebSocket(served.ports, question, 'hello')).toBe('hello');
});
