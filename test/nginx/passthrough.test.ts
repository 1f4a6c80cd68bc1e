import type { Server } from 'node:http';
import { createServer } from 'node:https';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { connect as connectTls } from 'node:tls';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { handshake } from '../support/client.ts';
import { pem } from '../support/credentials.ts';
import { app, ingress, tlsSecret } from '../support/manifests.ts';
import type { Manifest } from '../support/manifests.ts';
import { freePorts } from '../support/nginx.ts';
import { serve } from '../support/serve.ts';
import type { Served } from '../support/serve.ts';

const PASSED = { 'ssl-passthrough': 'true', 'backend-protocol': 'HTTPS' };

/** A server that shows the certificate of `other`, and says who asked for what. */
async function startVault(): Promise<Server> {
  const { chain, key } = pem('other');
  const server = createServer({ cert: chain, key }, (request, response) => {
    response.end(JSON.stringify({ vault: request.url, headers: request.headers }));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function vault(port: number): readonly Manifest[] {
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'vault', namespace: 'shop' },
      spec: { clusterIP: '10.96.0.7', ports: [{ name: 'tls', port: 443, targetPort: port }] },
    },
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: 'vault-x7k2p', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'vault' } },
      addressType: 'IPv4',
      ports: [{ name: 'tls', port }],
      endpoints: [{ addresses: ['127.0.0.1'] }],
    },
  ];
}

/** What a request over TLS gets; empty where the connection is closed before. */
function askTls(port: number, host: string, from: string, begin = ''): Promise<string> {
  return new Promise(resolve => {
    let text = '';
    const tcp = connect({ port, host: '127.0.0.1', localAddress: from }, () => {
      if (begin !== '') tcp.write(begin);
      const secure = connectTls({ socket: tcp, servername: host, rejectUnauthorized: false }, () =>
        secure.write(`GET /x HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`),
      );
      secure.on('data', chunk => (text += String(chunk)));
      secure.on('close', () => resolve(text)).on('error', () => resolve(text));
    });
    tcp.on('error', () => resolve(text));
  });
}

let backend: Server;
let served: Served;
let proxied: Served;

async function start(options: Readonly<Record<string, string>>): Promise<Served> {
  const { port } = backend.address() as AddressInfo;
  const [, inner = 0] = await freePorts(2);
  return serve(
    backends => [
      ...app(backends, 'web'),
      ...vault(port),
      tlsSecret('shop-tls', 'shop'),
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'options', namespace: 'ingress' }, data: options },
      ingress({
        name: 'vault',
        host: 'vault.example.com',
        annotations: PASSED,
        paths: [['/', 'Prefix', 'vault', 'tls']],
      }),
      ingress({ name: 'api', host: 'vault.example.com', paths: [['/api', 'Prefix', 'web']] }),
      ingress({ name: 'lost', host: 'lost.example.com', annotations: PASSED, paths: [['/', 'Prefix', 'nobody']] }),
      ingress({
        host: 'shop.example.com',
        paths: [['/', 'Prefix', 'web']],
        tls: [{ hosts: ['shop.example.com'], secretName: 'shop-tls' }],
      }),
    ],
    ['--controller-config', 'ingress/options', '--ssl-passthrough-proxy-port', String(inner)],
  );
}

beforeAll(async () => {
  backend = await startVault();
  served = await start({});
  proxied = await start({ 'use-proxy-protocol': 'true', 'proxy-protocol-header-timeout': '1m' });
});
afterAll(async () => {
  await served.stop();
  await proxied.stop();
  backend.close();
});

describe('with ssl-passthrough', () => {
  test('TLS connections for the host end in the backend, whatever the path', async () => {
    expect(await handshake(served.ports, { servername: 'vault.example.com' })).toMatchObject({
      subject: 'other.example.com',
    });
    expect(await askTls(served.ports.httpsPort, 'VAULT.example.com', '127.0.0.1')).toContain('"vault":"/x"');
  });

  test('those for other hosts end in nginx, which knows who connects', async () => {
    expect(await handshake(served.ports, { servername: 'shop.example.com' })).toMatchObject({
      subject: 'shop.example.com',
    });
    const answer = await askTls(served.ports.httpsPort, 'shop.example.com', '127.0.0.9');
    expect(answer).toContain('"pod":"web"');
    expect(answer).toMatch(/"x-real-ip":"127\.0\.0\.9"/u);
    expect(answer).toMatch(/"x-forwarded-proto":"https"/u);
  });

  test('those for a host without a backend are closed', async () => {
    expect(await askTls(served.ports.httpsPort, 'lost.example.com', '127.0.0.1')).toBe('');
  });

  test('plain HTTP goes through nginx, to each path', async () => {
    const answer = await served.ask({ host: 'vault.example.com', path: '/api/x' });
    expect(answer.status).toBe(200);
    expect(answer.seen?.pod).toBe('web');
  });

  test('the paths that TLS does not come to are said, and a missing backend', () => {
    const said = served.findings.map(({ name, message }) => `${name}: ${message}`);
    expect(said).toContainEqual(expect.stringMatching(/^paths-behind-passthrough: .*\/api/u));
    expect(said).toContainEqual(expect.stringMatching(/^passthrough-without-backend: .*lost\.example\.com/u));
  });
});

describe('with ssl-passthrough behind a PROXY protocol', () => {
  const line = 'PROXY TCP4 203.0.113.7 192.0.2.1 40000 443\r\n';

  test('the backend gets TLS and no PROXY header', async () => {
    expect(await askTls(proxied.ports.httpsPort, 'vault.example.com', '127.0.0.1', line)).toContain('"vault":"/x"');
  });

  test('nginx knows whom the PROXY header names', async () => {
    const answer = await askTls(proxied.ports.httpsPort, 'shop.example.com', '127.0.0.1', line);
    expect(answer).toMatch(/"x-real-ip":"203\.0\.113\.7"/u);
    expect(answer).toMatch(/"x-forwarded-port":"443"/u);
  });

  test('a connection without that header is closed', async () => {
    expect(await askTls(proxied.ports.httpsPort, 'shop.example.com', '127.0.0.1')).toBe('');
  });
});
