import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { PODS } from '../support/backends.ts';
import { expectAnswer } from '../support/client.ts';
import { startDns } from '../support/dns.ts';
import type { DnsServer } from '../support/dns.ts';
import { ingress, service } from '../support/manifests.ts';
import { serve } from '../support/serve.ts';
import type { Served } from '../support/serve.ts';

const addresses = new Map<string, string>([
  ['web.shop.svc.cluster.local', PODS.web],
  ['web.shop.svc.example.internal', PODS.cart],
]);
let dns: DnsServer;

beforeAll(async () => {
  dns = await startDns(addresses);
});
afterAll(() => dns.stop());

/** Services without endpoints and addresses, as in a Git repository. */
function serveNames(flags: readonly string[]): Promise<Served> {
  return serve(
    ({ ports }) => [
      service('web', [{ name: 'http', number: ports.http, pod: 80 }]),
      service('late', [{ name: 'http', number: ports.http, pod: 80 }]),
      ingress({
        host: 'shop.example.com',
        paths: [
          ['/', 'Prefix', 'web', 'http'],
          ['/late', 'Prefix', 'late', 'http'],
        ],
      }),
      ingress({
        name: 'rewritten',
        host: 'tools.example.com',
        annotations: { 'rewrite-target': '/$2' },
        paths: [['/docs(/|$)(.*)', 'ImplementationSpecific', 'web', 'http']],
      }),
    ],
    ['--resolver', `127.0.0.1:${dns.port}`, ...flags],
  );
}

describe('a Service without addresses', () => {
  let served: Served;

  beforeAll(async () => {
    served = await serveNames([]);
  });
  afterAll(() => served.stop());

  test.each([
    { name: 'is looked up by its DNS name', host: 'shop.example.com', path: '/', answer: { status: 200, pod: 'web' } },
    {
      name: 'gets path and query as they were sent',
      host: 'shop.example.com',
      path: '/a%2Fb?c=%20',
      answer: { url: '/a%2Fb?c=%20' },
    },
    {
      name: 'gets a path that was rewritten',
      host: 'tools.example.com',
      path: '/docs/a?b=1',
      answer: { url: '/a?b=1' },
    },
    {
      name: 'gets the usual headers',
      host: 'shop.example.com',
      path: '/',
      answer: { seen: { host: 'shop.example.com', 'x-forwarded-proto': 'http' } },
    },
  ] as const)('$name', async ({ host, path, answer }) => {
    expectAnswer(await served.ask({ host, path }), answer);
  });

  test('is a 502 as long as nobody knows its name, without any harm to others', async () => {
    expectAnswer(await served.ask({ host: 'shop.example.com', path: '/late' }), { status: 502 });
    expectAnswer(await served.ask({ host: 'shop.example.com', path: '/' }), { status: 200 });
    addresses.set('late.shop.svc.cluster.local', PODS.blog);
    expectAnswer(await served.ask({ host: 'shop.example.com', path: '/late' }), { status: 200, pod: 'blog' });
  });
});

test('--cluster-domain is the end of the name', async () => {
  const served = await serveNames(['--cluster-domain', 'example.internal']);
  try {
    expectAnswer(await served.ask({ host: 'shop.example.com', path: '/' }), { status: 200, pod: 'cart' });
    expect(served.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  } finally {
    await served.stop();
  }
});
