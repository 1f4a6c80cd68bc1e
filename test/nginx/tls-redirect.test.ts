import { afterAll, beforeAll, expect, test } from 'vitest';

import { expectAnswer, sendRaw } from '../support/client.ts';
import { app, ingress } from '../support/manifests.ts';
import { serve } from '../support/serve.ts';
import type { Served } from '../support/serve.ts';

// What depends on our own ports, and bytes that no client sends; the rest is in fixtures/golden/tls-redirect/.
let served: Served;

beforeAll(async () => {
  served = await serve(backends => [
    ...app(backends, 'web'),
    ingress({
      name: 'forced',
      host: 'forced.example.com',
      annotations: { 'force-ssl-redirect': 'true' },
      paths: [['/', 'Prefix', 'web']],
    }),
    ingress({ name: 'plain', host: 'plain.example.com', paths: [['/', 'Prefix', 'web']] }),
  ]);
});
afterAll(() => served.stop());

test('plain HTTP is sent to our own HTTPS port, when the client named our own HTTP port', async () => {
  const { httpPort, httpsPort } = served.ports;
  const answer = await served.ask({ host: `forced.example.com:${httpPort}`, path: '/a' });
  const location = `https://forced.example.com:${httpsPort}/a`;
  expectAnswer(answer, { status: 308, pod: null, headers: { location } });
});

const head = (target: string, host: string): string =>
  `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n`;

test.each([
  { name: 'a path above the root', bytes: head('/%2e%2e/a', 'plain.example.com'), status: 400 },
  { name: 'a path that is too long', bytes: head(`/${'a'.repeat(40_000)}`, 'plain.example.com'), status: 414 },
  { name: 'a host that is none', bytes: head('/', '..'), status: 400 },
  { name: 'two hosts', bytes: `${head('/', 'plain.example.com')}Host: b.example.com\r\n`, status: 400 },
  { name: 'no host', bytes: 'GET / HTTP/1.1\r\nConnection: close\r\n', status: 400 },
  { name: 'too long a header', bytes: `${head('/', 'plain.example.com')}A: ${'a'.repeat(40_000)}\r\n`, status: 400 },
  { name: 'TRACE', bytes: head('/', 'plain.example.com').replace('GET', 'TRACE'), status: 405 },
  {
    name: 'a coding that nobody knows',
    bytes: `${head('/', 'plain.example.com')}Transfer-Encoding: x\r\n`,
    status: 501,
  },
  { name: 'a version that nobody knows', bytes: head('/', 'plain.example.com').replace('1.1', '7.0'), status: 505 },
])('there is no HSTS on what nginx refuses before it has a location: $name', async ({ bytes, status }) => {
  const answer = await sendRaw(served.ports, `${bytes}\r\n`, 'plain.example.com');
  expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(answer).not.toMatch(/strict-transport/iu);
});
