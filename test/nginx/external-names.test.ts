import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { PODS } from '../support/backends.ts';
import type { Backends } from '../support/backends.ts';
import { expectAnswer, sendRaw } from '../support/client.ts';
import { startDns } from '../support/dns.ts';
import type { DnsServer } from '../support/dns.ts';
import { app, endpoints, ingress, service } from '../support/manifests.ts';
import type { Manifest } from '../support/manifests.ts';
import { freePorts } from '../support/nginx.ts';
import { serve } from '../support/serve.ts';
import type { Served } from '../support/serve.ts';
import { eventually } from '../support/watching.ts';

const REQUEST = 'GET /through-tcp HTTP/1.1\r\nHost: anything\r\nConnection: close\r\n\r\n';

/** A host of its own that leads to an external name. */
function external({ ports }: Backends, name: string, externalName: string): readonly Manifest[] {
  return [
    service(name, [{ name: 'http', number: 80, pod: ports.http }], { type: 'ExternalName', externalName }),
    ingress({ name, host: `${name}.example.com`, paths: [['/', 'Prefix', name]] }),
  ];
}

describe('external names', () => {
  const addresses = new Map<string, string>([['cart.hoster.example', PODS.cart]]);
  let dns: DnsServer;
  let served: Served;
  let tcpPort = 0;

  beforeAll(async () => {
    dns = await startDns(addresses);
    [tcpPort = 0] = await freePorts(1);
    served = await serve(
      backends => [
        ...app(backends, 'web'),
        ingress({ host: 'shop.example.com', paths: [['/', 'Prefix', 'web']] }),
        ...external(backends, 'known', 'cart.hoster.example'),
        ...external(backends, 'unknown', 'nosuch.hoster.example'),
        ...external(backends, 'inside', 'web.shop.svc.cluster.local'),
        {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: 'tcp', namespace: 'ingress' },
          data: { [tcpPort]: 'shop/known:80' },
        },
      ],
      ['--resolver', `127.0.0.1:${dns.port}`, '--tcp-services-configmap', 'ingress/tcp'],
    );
  });
  afterAll(async () => {
    await served.stop();
    dns.stop();
  });

  test('are looked up for each request', async () => {
    expectAnswer(await served.ask({ host: 'known.example.com', path: '/' }), { status: 200, pod: 'cart' });
    addresses.set('cart.hoster.example', PODS.blog);
    // nginx keeps the address until its second is over.
    const askAgain = async () => (await served.ask({ host: 'known.example.com', path: '/' })).seen?.pod;
    await eventually('the new address', async () => ((await askAgain()) === 'blog' ? true : undefined));
  });

  test('that nobody knows are a 502 of their own host alone', async () => {
    expectAnswer(await served.ask({ host: 'unknown.example.com', path: '/' }), { status: 502 });
    expectAnswer(await served.ask({ host: 'shop.example.com', path: '/' }), { status: 200, pod: 'web' });
  });

  test('of the cluster lead to the endpoints of their Service', async () => {
    expectAnswer(await served.ask({ host: 'inside.example.com', path: '/' }), { status: 200, pod: 'web' });
  });

  test('are looked up for each connection to a TCP port', async () => {
    expect(await sendRaw({ httpPort: tcpPort, httpsPort: 0 }, REQUEST)).toContain('"pod":"blog"');
  });
});

describe('without a DNS server that is known', () => {
  let served: Served;

  beforeAll(async () => {
    served = await serve(backends => [
      ...app(backends, 'web'),
      ingress({ host: 'shop.example.com', paths: [['/', 'Prefix', 'web']] }),
      ...external(backends, 'unknown', 'nosuch.hoster.example'),
      ...external(backends, 'halved', 'web.svc.cluster.local'),
    ]);
  });
  afterAll(() => served.stop());

  test('nginx starts and serves the others', async () => {
    expectAnswer(await served.ask({ host: 'shop.example.com', path: '/' }), { status: 200, pod: 'web' });
  });

  test('a name of the cluster that lacks its namespace answers 503', async () => {
    expectAnswer(await served.ask({ host: 'halved.example.com', path: '/' }), { status: 503 });
  });
});

test('endpoints that are written by hand leave other Services to the DNS of the cluster', async () => {
  const dns = await startDns(
    new Map([
      ['wiki.shop.svc.cluster.local', PODS.cart],
      ['sso.shop.svc.cluster.local', PODS.blog],
    ]),
  );
  const served = await serve(
    ({ ports }) => {
      const port = [{ name: 'http', number: ports.http, pod: ports.http }];
      return [
        service('nas', port),
        endpoints('nas', port, { ready: ['web'] }),
        service('wiki', port, { selector: { app: 'wiki' } }),
        ingress({
          host: 'home.example.com',
          paths: [
            ['/', 'Prefix', 'nas', 'http'],
            ['/wiki', 'Prefix', 'wiki', 'http'],
            ['/sso', 'Prefix', 'sso', ports.http],
          ],
        }),
      ];
    },
    ['--resolver', `127.0.0.1:${dns.port}`],
  );
  try {
    expectAnswer(await served.ask({ host: 'home.example.com', path: '/' }), { status: 200, pod: 'web' });
    expectAnswer(await served.ask({ host: 'home.example.com', path: '/wiki' }), { status: 200, pod: 'cart' });
    expectAnswer(await served.ask({ host: 'home.example.com', path: '/sso' }), { status: 200, pod: 'blog' });
    expect(served.findings.map(({ name }) => name)).toEqual([
      'loopback-endpoint',
      'hand-made-endpoints',
      'service-elsewhere',
    ]);
  } finally {
    await served.stop();
    dns.stop();
  }
});
