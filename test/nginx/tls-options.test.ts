import { connect } from 'node:tls';
import type { ConnectionOptions, TLSSocket } from 'node:tls';

import { describe, expect, test } from 'vitest';

import type { Ports } from '../support/client.ts';
import { expectAnswer, handshake } from '../support/client.ts';
import { app, ingress } from '../support/manifests.ts';
import type { Served } from '../support/serve.ts';
import { serve } from '../support/serve.ts';

const HOST = 'shop.example.com';
const KEY = Buffer.alloc(48, 'k').toString('base64');

type Options = Readonly<Record<string, string>>;

/** An nginx with these options, as long as it is asked something. */
async function withOptions<T>(data: Options, use: (served: Served) => Promise<T>): Promise<T> {
  const metadata = { name: 'options', namespace: 'ingress-nginx' };
  const served = await serve(
    backends => [
      ...app(backends, 'web'),
      ingress({ host: HOST, paths: [['/', 'Prefix', 'web']] }),
      { apiVersion: 'v1', kind: 'ConfigMap', metadata, data },
    ],
    ['--controller-config', 'ingress-nginx/options'],
  );
  try {
    return await use(served);
  } finally {
    await served.stop();
  }
}

interface Connected {
  readonly session: Buffer | undefined;
  readonly isReused: boolean;
}

/** Asks once; gives the session that nginx has given, and says whether the given one was taken. */
function connectOnce({ httpsPort }: Ports, version: 'TLSv1.2' | 'TLSv1.3', given?: Buffer): Promise<Connected> {
  const options: ConnectionOptions = {
    host: '127.0.0.1',
    port: httpsPort,
    servername: HOST,
    rejectUnauthorized: false,
    minVersion: version,
    maxVersion: version,
    session: given,
  };
  return new Promise((resolve, reject) => {
    let session: Buffer | undefined;
    const socket: TLSSocket = connect(options, () => {
      socket.write(`GET / HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`);
    });
    const isReused = (): boolean => socket.isSessionReused();
    socket.on('session', each => (session = each));
    socket.on('data', () => undefined);
    socket.on('end', () => resolve({ session, isReused: isReused() }));
    socket.on('error', reject);
  });
}

async function isResumed({ ports }: Served, version: 'TLSv1.2' | 'TLSv1.3'): Promise<boolean> {
  const { session } = await connectOnce(ports, version);
  return (await connectOnce(ports, version, session)).isReused;
}

describe('TLS sessions', () => {
  test.each([
    { name: 'are resumed as usual', data: {}, resumed: true },
    { name: 'are resumed from a memory of another size', data: { 'ssl-session-cache-size': '1m' }, resumed: true },
    { name: 'are not resumed without a memory', data: { 'ssl-session-cache': 'false' }, resumed: false },
    {
      name: 'are resumed with tickets',
      data: { 'ssl-session-cache': 'false', 'ssl-session-tickets': 'true' },
      resumed: true,
    },
  ])('$name', async ({ data, resumed }) => {
    await withOptions(data, async served => {
      expect(await isResumed(served, 'TLSv1.2')).toBe(resumed);
    });
  });

  test.each([
    { name: 'are resumed at another nginx that has the same key', key: KEY, reused: true },
    { name: 'are not without it', key: undefined, reused: false },
  ])('$name', async ({ key, reused }) => {
    const tickets = { 'ssl-session-cache': 'false', 'ssl-session-tickets': 'true' };
    const data = key === undefined ? tickets : { ...tickets, 'ssl-session-ticket-key': key };
    const { session } = await withOptions(data, ({ ports }) => connectOnce(ports, 'TLSv1.3'));
    expect(session).toBeDefined();
    const again = await withOptions(data, ({ ports }) => connectOnce(ports, 'TLSv1.3', session));
    expect(again.isReused).toBe(reused);
  });
});

function protocolOf({ httpsPort }: Ports): Promise<string | false | null> {
  const options = { host: '127.0.0.1', port: httpsPort, servername: HOST, rejectUnauthorized: false };
  return new Promise((resolve, reject) => {
    const socket = connect({ ...options, ALPNProtocols: ['h2', 'http/1.1'] }, () => {
      resolve(socket.alpnProtocol);
      socket.destroy();
    });
    socket.on('error', reject);
  });
}

test.each([
  { data: {}, protocol: 'h2' },
  { data: { 'use-http2': 'false' }, protocol: 'http/1.1' },
])('clients speak $protocol with $data', async ({ data, protocol }) => {
  expect(await withOptions(data, ({ ports }) => protocolOf(ports))).toBe(protocol);
});

test('ssl-reject-handshake refuses hosts that no Ingress names, and serves the others', async () => {
  await withOptions({ 'ssl-reject-handshake': 'true' }, async served => {
    expectAnswer(await served.ask({ host: HOST, path: '/', https: true }), { status: 200, pod: 'web' });
    const refused = handshake(served.ports, { servername: 'nobody.example.com' });
    await expect(refused).rejects.toThrow(/alert|unrecognized/u);
  });
});

test('ssl-ecdh-curve decides about the key exchange', async () => {
  await withOptions({ 'ssl-ecdh-curve': 'P-384' }, async ({ ports }) => {
    await expect(handshake(ports, { servername: HOST, ecdhCurve: 'P-256' })).rejects.toThrow(/alert|handshake/u);
    expect(await handshake(ports, { servername: HOST, ecdhCurve: 'P-384' })).toMatchObject({ protocol: 'TLSv1.3' });
  });
});
