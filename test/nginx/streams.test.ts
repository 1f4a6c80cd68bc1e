import { createSocket } from 'node:dgram';
import type { Socket } from 'node:dgram';
import { connect, createServer } from 'node:net';
import type { Server } from 'node:net';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { expectAnswer, sendRaw } from '../support/client.ts';
import { app, ingress } from '../support/manifests.ts';
import type { Manifest } from '../support/manifests.ts';
import { freePorts } from '../support/nginx.ts';
import { serve } from '../support/serve.ts';
import type { Served } from '../support/serve.ts';

const REQUEST = 'GET /through-tcp HTTP/1.1\r\nHost: anything\r\nConnection: close\r\n\r\n';
let served: Served;
let byNumber: number;
let byName: number;

function configMap(data: Readonly<Record<string, string>>): Manifest {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'tcp', namespace: 'ingress' }, data };
}

beforeAll(async () => {
  [byNumber = 0, byName = 0] = await freePorts(2);
  served = await serve(
    backends => [
      ...app(backends, 'web'),
      ...app(backends, 'cart'),
      configMap({ [byNumber]: 'shop/web:80', [byName]: 'shop/cart:http', '9': 'shop/nowhere:80' }),
      ingress({ host: 'shop.example.com', paths: [['/', 'Prefix', 'web']] }),
    ],
    ['--tcp-services-configmap', 'ingress/tcp'],
  );
});
afterAll(() => served.stop());

describe('a TCP port', () => {
  test('leads to the port of a Service, by number', async () => {
    expect(await sendRaw({ httpPort: byNumber, httpsPort: 0 }, REQUEST)).toContain('"pod":"web"');
  });

  test('leads to the port of a Service, by name', async () => {
    expect(await sendRaw({ httpPort: byName, httpsPort: 0 }, REQUEST)).toContain('"pod":"cart"');
  });

  test('leaves HTTP alone', async () => {
    expectAnswer(await served.ask({ host: 'shop.example.com', path: '/' }), { status: 200, pod: 'web' });
  });

  test('whose Service is missing is a warning', () => {
    const found = served.findings.filter(({ name }) => name === 'invalid-stream-entry');
    expect(found).toMatchObject([{ severity: 'warning' }]);
  });
});

/** A Service with endpoints of this machine, and its slice. */
function local(name: string, protocol: 'TCP' | 'UDP', port: number, address: string): readonly Manifest[] {
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace: 'shop' },
      spec: { ports: [{ name: 'main', port: 53, targetPort: port, protocol }] },
    },
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: `${name}-x7k2p`, namespace: 'shop', labels: { 'kubernetes.io/service-name': name } },
      addressType: address.includes(':') ? 'IPv6' : 'IPv4',
      ports: [{ name: 'main', port, protocol }],
      endpoints: [{ addresses: [address] }],
    },
  ];
}

/** Answers each connection with all that it got, and each datagram twice. */
async function startEchos(): Promise<{
  readonly tcp: Server;
  readonly tcp6: Server | undefined;
  readonly udp: Socket;
}> {
  const listen = (server: Server, address: string): Promise<Server | undefined> =>
    new Promise(resolve => {
      server.once('error', () => resolve(undefined)).listen(0, address, () => resolve(server));
    });
  const echo = (): Server => createServer(socket => socket.on('data', chunk => socket.end(`got ${String(chunk)}`)));
  const udp = createSocket('udp4', (message, { port, address }) => {
    for (const word of ['one', 'two']) udp.send(`${word} ${String(message)}`, port, address);
  });
  await new Promise<void>(resolve => udp.bind(0, '127.0.0.1', resolve));
  const tcp = await listen(echo(), '127.0.0.1');
  if (tcp === undefined) throw new Error('no port is free');
  return { tcp, tcp6: await listen(echo(), '::1'), udp };
}

const portOf = (server: Pick<Server | Socket, 'address'>): number => {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};

/** What comes back for a text over TCP. */
function sendTcp(port: number, text: string, host = '127.0.0.1'): Promise<string> {
  return new Promise(resolve => {
    let answer = '';
    const socket = connect(port, host, () => socket.write(text));
    socket.on('data', chunk => (answer += String(chunk)));
    socket.on('close', () => resolve(answer)).on('error', () => resolve('closed'));
  });
}

/** So many datagrams that come back for one. */
function sendUdp(port: number, text: string, count: number): Promise<readonly string[]> {
  return new Promise(resolve => {
    const answers: string[] = [];
    const socket = createSocket('udp4', message => {
      answers.push(String(message));
      if (answers.length === count) socket.close(() => resolve(answers));
    });
    socket.send(text, port, '127.0.0.1');
  });
}

describe('an entry of TCP or UDP ports', () => {
  const LINE = 'PROXY TCP4 203.0.113.7 192.0.2.1 40000 5432\r\n';
  let ports: readonly number[] = [];
  let echos: Awaited<ReturnType<typeof startEchos>>;
  let running: Served;

  const start = async (options: Readonly<Record<string, string>>): Promise<Served> => {
    ports = await freePorts(5);
    const [plain = 0, decoding = 0, encoding = 0, six = 0, udp = 0] = ports;
    const objects = [
      ...local('tcp', 'TCP', portOf(echos.tcp), '127.0.0.1'),
      ...(echos.tcp6 === undefined ? [] : local('tcp6', 'TCP', portOf(echos.tcp6), '::1')),
      ...local('udp', 'UDP', portOf(echos.udp), '127.0.0.1'),
    ];
    const entries = {
      [plain]: 'shop/tcp:main',
      [decoding]: 'shop/tcp:53:PROXY',
      [encoding]: 'shop/tcp:53:PROXY:PROXY',
      ...(echos.tcp6 === undefined ? {} : { [six]: 'shop/tcp6:main' }),
    };
    const named = (name: string, data: Readonly<Record<string, string>>): Manifest => ({
      ...configMap(data),
      metadata: { name, namespace: 'ingress' },
    });
    return serve(
      backends => [
        ...app(backends, 'web'),
        ...objects,
        named('tcp', entries),
        named('udp', { [udp]: 'shop/udp:main' }),
        named('options', options),
        ingress({ host: 'shop.example.com', paths: [['/', 'Prefix', 'web']] }),
      ],
      [
        '--tcp-services-configmap',
        'ingress/tcp',
        '--udp-services-configmap',
        'ingress/udp',
        '--controller-config',
        'ingress/options',
      ],
    );
  };

  beforeAll(async () => {
    echos = await startEchos();
    running = await start({ 'proxy-stream-responses': '2', 'proxy-stream-timeout': '5m' });
  });
  afterAll(async () => {
    await running.stop();
    echos.tcp.close();
    echos.tcp6?.close();
    echos.udp.close();
  });

  test('hands bytes on as they are', async () => {
    expect(await sendTcp(ports[0] ?? 0, 'ping')).toBe('got ping');
  });

  test('takes the PROXY header away where it decodes', async () => {
    expect(await sendTcp(ports[1] ?? 0, `${LINE}ping`)).toBe('got ping');
    expect(await sendTcp(ports[1] ?? 0, 'ping, and no header')).not.toContain('got');
  });

  test('tells the backend who connects where it encodes, too', async () => {
    const port = ports[2] ?? 0;
    expect(await sendTcp(port, `${LINE}ping`)).toMatch(/^got PROXY TCP4 203\.0\.113\.7 127\.0\.0\.1 40000 \d+/u);
  });

  test('leads to an endpoint of IPv6', async () => {
    const answer = await sendTcp(ports[3] ?? 0, 'ping');
    expect(echos.tcp6 === undefined ? 'got ping' : answer).toBe('got ping');
  });

  test('of UDP gets as many answers as proxy-stream-responses says', async () => {
    expect(await sendUdp(ports[4] ?? 0, 'ping', 2)).toEqual(['one ping', 'two ping']);
  });

  test('believes the PROXY header of trusted proxies only, where options name some', async () => {
    const strict = await start({ 'enable-real-ip': 'true', 'proxy-real-ip-cidr': '10.0.0.0/8' });
    try {
      expect(await sendTcp(ports[2] ?? 0, `${LINE}ping`)).toMatch(/^got PROXY TCP4 127\.0\.0\.1 127\.0\.0\.1 /u);
    } finally {
      await strict.stop();
    }
  });
});
