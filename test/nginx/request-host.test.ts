import { connect as connectHttp2 } from 'node:http2';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { sendRaw } from '../support/client.ts';
import { app, ingress, tlsSecret } from '../support/manifests.ts';
import { serve } from '../support/serve.ts';
import type { Served } from '../support/serve.ts';

let served: Served;

beforeAll(async () => {
  served = await serve(backends => [
    ...app(backends, 'web'),
    ...app(backends, 'cart'),
    tlsSecret('shop-tls', 'shop'),
    ingress({ name: 'open', host: 'open.example.com', paths: [['/', 'Prefix', 'web']] }),
    ingress({ name: 'other', host: 'other.example.com', paths: [['/', 'Prefix', 'cart']] }),
    ingress({ name: 'any', host: '*.apps.example.com', paths: [['/', 'Prefix', 'cart']] }),
    ingress({
      name: 'shop',
      host: 'shop.example.com',
      tls: [{ hosts: ['shop.example.com'], secretName: 'shop-tls' }],
      paths: [['/', 'Prefix', 'web']],
    }),
  ]);
});
afterAll(() => served.stop());

function send(target: string, host: string): Promise<string> {
  return sendRaw(served.ports, `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
}

describe('the pod sees the host whose rules decided', () => {
  test.each([
    { name: 'as it was sent', target: '/', host: 'open.example.com', pod: 'web', seen: 'open.example.com' },
    { name: 'with its port', target: '/', host: 'open.example.com:8080', pod: 'web', seen: 'open.example.com:8080' },
    { name: 'in its letters', target: '/', host: 'OPEN.Example.com:80', pod: 'web', seen: 'OPEN.Example.com:80' },
    { name: 'with its dot', target: '/', host: 'open.example.com.:80', pod: 'web', seen: 'open.example.com.:80' },
    {
      name: 'of the request line, whatever the Host header says',
      target: 'http://open.example.com/a',
      host: 'other.example.com',
      pod: 'web',
      seen: 'open.example.com',
    },
    {
      name: 'of the request line with a port, whatever the Host header says',
      target: 'http://Open.example.com:81/a',
      host: 'other.example.com',
      pod: 'web',
      seen: 'open.example.com',
    },
    {
      name: 'of the request line, though the Host header begins like it',
      target: 'http://open.example.com/',
      host: 'open.example.com.evil.test',
      pod: 'web',
      seen: 'open.example.com',
    },
    {
      name: 'of the request line, though the Host header ends like it',
      target: 'http://a.apps.example.com/',
      host: 'b.a.apps.example.com',
      pod: 'cart',
      seen: 'a.apps.example.com',
    },
    {
      name: 'in both, with the port of the Host header',
      target: 'http://open.example.com/',
      host: 'open.example.com:8080',
      pod: 'web',
      seen: 'open.example.com:8080',
    },
  ])('$name', async ({ target, host, pod, seen }) => {
    const answer = await send(target, host);
    expect(answer).toContain(`"pod":"${pod}"`);
    expect(answer).toContain(`"host":"${seen}"`);
    expect(answer).toContain(`"x-forwarded-host":"${seen}"`);
  });

  test('over HTTP/2, where the Host header stands beside :authority', async () => {
    const answer = await askOverHttp2({ ':authority': 'open.example.com', ':path': '/', host: 'other.example.com' });
    expect(answer).toMatch(/^400 |"pod":"web".*"host":"open\.example\.com"/u);
  });
});

function askOverHttp2(headers: Readonly<Record<string, string>>): Promise<string> {
  return new Promise((resolve, reject) => {
    const url = `https://127.0.0.1:${served.ports.httpsPort}`;
    const client = connectHttp2(url, { rejectUnauthorized: false, servername: 'open.example.com' });
    const stream = client.on('error', reject).request({ ...headers });
    let text = '';
    stream.on('response', found => (text = `${String(found[':status'])} `));
    stream.on('data', chunk => (text += String(chunk)));
    stream.on('error', reject).on('end', () => client.close(() => resolve(text)));
  });
}

describe('a redirect to HTTPS names', () => {
  test.each([
    { name: 'the host in its letters', target: '/a', host: 'SHOP.example.com', location: 'https://SHOP.example.com/a' },
    { name: 'the host with its dot', target: '/a', host: 'shop.example.com.', location: 'https://shop.example.com./a' },
    {
      name: 'no port of somebody else',
      target: '/a',
      host: 'Shop.example.com.:8123',
      location: 'https://Shop.example.com./a',
    },
    {
      name: 'the host of the request line',
      target: 'http://shop.example.com/a',
      host: 'evil.example',
      location: 'https://shop.example.com/a',
    },
  ])('$name', async ({ target, host, location }) => {
    expect(await send(target, host)).toContain(`\r\nLocation: ${location}\r\n`);
  });
});
