import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';

import { describe, expect, test } from 'vitest';

import { app, ingress } from '../support/manifests.ts';
import type { Manifest } from '../support/manifests.ts';
import { serve } from '../support/serve.ts';
import type { Served } from '../support/serve.ts';

const HOST = 'shop.example.com';

interface ProxiedRequest {
  /** What the connection begins with; empty for nothing. */
  readonly begin: string;
  readonly https?: boolean;
  readonly host?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** `PROXY TCP4 …`, as a load balancer sends it. */
const proxyLine = (client: string, port: number): string => `PROXY TCP4 ${client} 192.0.2.1 40000 ${port}\r\n`;

/** What nginx answers, all of it; empty where it closes the connection at once. */
function send({ ports }: Served, { begin, https = false, host = HOST, headers = {} }: ProxiedRequest): Promise<string> {
  return new Promise(resolve => {
    let text = '';
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const request = `GET /x HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n${lines.join('')}\r\n`;
    const tcp = connect(https ? ports.httpsPort : ports.httpPort, '127.0.0.1', () => {
      tcp.write(https ? begin : begin + request);
      if (!https) return;
      const secure = connectTls({ socket: tcp, servername: host, rejectUnauthorized: false }, () =>
        secure.write(request),
      );
      secure.on('data', chunk => (text += String(chunk)));
      secure.on('close', () => resolve(text)).on('error', () => resolve(''));
    });
    if (!https) tcp.on('data', chunk => (text += String(chunk)));
    tcp.on('close', () => resolve(text)).on('error', () => resolve(''));
  });
}

/** The headers that the pod got. */
function seenIn(answer: string): Readonly<Record<string, string>> {
  const found: unknown = JSON.parse(/\{.*\}/s.exec(answer)?.[0] ?? '{}');
  const headers = typeof found === 'object' && found !== null && 'headers' in found ? found.headers : {};
  return Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)]));
}

const options = (data: Readonly<Record<string, string>>): Manifest => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'options', namespace: 'ingress' },
  data,
});

async function withServed(
  data: Readonly<Record<string, string>>,
  annotations: Readonly<Record<string, string>>,
  use: (served: Served) => Promise<void>,
): Promise<void> {
  const served = await serve(
    backends => [
      ...app(backends, 'web'),
      options(data),
      ingress({ host: HOST, paths: [['/', 'Prefix', 'web']], annotations }),
    ],
    ['--controller-config', 'ingress/options', '--test'],
  );
  try {
    await use(served);
  } finally {
    await served.stop();
  }
}

describe('with use-proxy-protocol', () => {
  test('the client is the one in the PROXY header, and its port says how it asked', () =>
    withServed({ 'use-proxy-protocol': 'true', 'proxy-real-ip-cidr': '127.0.0.1' }, {}, async served => {
      const plain = seenIn(
        await send(served, { begin: proxyLine('203.0.113.7', 80), headers: { 'X-Forwarded-For': '1.1.1.1' } }),
      );
      expect(plain).toMatchObject({
        'x-real-ip': '203.0.113.7',
        'x-forwarded-for': '203.0.113.7',
        'x-forwarded-proto': 'http',
        'x-forwarded-port': '80',
      });
      const ended = seenIn(await send(served, { begin: proxyLine('203.0.113.7', 443) }));
      expect(ended).toMatchObject({ 'x-forwarded-proto': 'https', 'x-forwarded-port': '443' });
      const secure = seenIn(await send(served, { begin: proxyLine('203.0.113.8', 443), https: true }));
      expect(secure).toMatchObject({ 'x-real-ip': '203.0.113.8', 'x-forwarded-proto': 'https' });
    }));

  test('a connection without the header is closed', () =>
    withServed({ 'use-proxy-protocol': 'true' }, {}, async served => {
      expect(await send(served, { begin: '' })).toBe('');
      expect(await send(served, { begin: '', https: true })).toBe('');
    }));

  test('who comes from port 443 of the load balancer is not redirected to HTTPS', () =>
    withServed({ 'use-proxy-protocol': 'true' }, { 'force-ssl-redirect': 'true' }, async served => {
      expect(await send(served, { begin: proxyLine('203.0.113.7', 443) })).toMatch(/^HTTP\/1.1 200/u);
      expect(await send(served, { begin: proxyLine('203.0.113.7', 80) })).toMatch(/^HTTP\/1.1 308/u);
    }));

  test('lists look at the client in the header', () =>
    withServed(
      { 'use-proxy-protocol': 'true', 'proxy-real-ip-cidr': '127.0.0.1' },
      { 'allowlist-source-range': '203.0.113.0/24' },
      async served => {
        expect(await send(served, { begin: proxyLine('203.0.113.7', 80) })).toMatch(/^HTTP\/1.1 200/u);
        expect(await send(served, { begin: proxyLine('198.51.100.1', 80) })).toMatch(/^HTTP\/1.1 403/u);
      },
    ));
});

describe('with use-proxy-protocol and use-forwarded-headers', () => {
  const BOTH = { 'use-proxy-protocol': 'true', 'use-forwarded-headers': 'true', 'compute-full-forwarded-for': 'true' };
  const chain = { 'X-Forwarded-For': '203.0.113.7', 'X-Forwarded-Proto': 'https' };

  test('the header names the client where everybody is trusted', () =>
    withServed(BOTH, {}, async served => {
      expect(served.findings.map(({ name }) => name)).not.toContain('nginx-warns');
      const seen = seenIn(await send(served, { begin: proxyLine('10.1.1.1', 80), headers: chain }));
      expect(seen).toMatchObject({
        'x-real-ip': '203.0.113.7',
        'x-forwarded-for': '203.0.113.7, 10.1.1.1',
        'x-forwarded-proto': 'https',
        'x-forwarded-for-proxy-protocol': '203.0.113.7',
      });
    }));

  test('where some are, it is the one in the PROXY header, and lists refuse what trusted proxies bring', () =>
    withServed(
      { ...BOTH, 'proxy-real-ip-cidr': '127.0.0.1,10.0.0.0/8' },
      { 'allowlist-source-range': '10.0.0.0/8,198.51.100.0/24' },
      async served => {
        expect(await send(served, { begin: proxyLine('10.1.1.1', 80), headers: chain })).toMatch(/^HTTP\/1.1 403/u);
        const direct = await send(served, { begin: proxyLine('198.51.100.1', 80), headers: chain });
        expect(direct).toMatch(/^HTTP\/1.1 200/u);
        expect(seenIn(direct)).toMatchObject({
          'x-real-ip': '198.51.100.1',
          'x-forwarded-for-proxy-protocol': '198.51.100.1',
        });
      },
    ));
});
