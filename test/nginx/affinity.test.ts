import { connect as connectHttp2 } from 'node:http2';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Backends, Pod } from '../support/backends.ts';
import { ingress, service, slice, tlsSecret } from '../support/manifests.ts';
import type { Manifest } from '../support/manifests.ts';
import { serve } from '../support/serve.ts';
import type { Served } from '../support/serve.ts';

let served: Served;

/** A Service with these pods, and a host of its name that keeps sessions. */
function sticky({ ports }: Backends, name: string, pods: readonly Pod[], more: Manifest = {}): readonly Manifest[] {
  const rows = [{ name: 'http', number: 80, pod: ports.http }];
  return [
    service(name, rows),
    slice(name, rows, { ready: pods }),
    ingress({
      name,
      host: `${name}.example.com`,
      paths: [['/', 'Prefix', name]],
      annotations: { affinity: 'cookie' },
      ...more,
    }),
  ];
}

beforeAll(async () => {
  served = await serve(backends => [
    ...sticky(backends, 'three', ['web', 'cart', 'blog']),
    ...sticky(backends, 'mixed', ['blog', 'web', 'cart']),
    ...sticky(backends, 'four', ['web', 'cart', 'blog', 'admin']),
    ...sticky(backends, 'two', ['web', 'blog']),
    tlsSecret('shop-tls', 'shop'),
    ...sticky(backends, 'shop', ['web', 'cart', 'blog'], {
      tls: [{ hosts: ['shop.example.com'], secretName: 'shop-tls' }],
    }),
  ]);
});
afterAll(() => served.stop());

const SESSIONS = Array.from({ length: 100 }, (_, index) => `session-${index}`);

/** The pod of each session. */
async function podsOf(name: string): Promise<readonly (Pod | undefined)[]> {
  const pods: (Pod | undefined)[] = [];
  for (const session of SESSIONS) {
    const headers = { Cookie: `INGRESSCOOKIE=${session}` };
    const answer = await served.ask({ host: `${name}.example.com`, path: '/', headers });
    pods.push(answer.seen?.pod);
  }
  return pods;
}

describe('sessions in a ring', () => {
  test('stay where they are, whatever the order of the endpoints', async () => {
    expect(await podsOf('mixed')).toEqual(await podsOf('three'));
  });

  test('move only to an endpoint that is new, and only some of them', async () => {
    const before = await podsOf('three');
    const moved = (await podsOf('four')).filter((pod, index) => pod !== before[index]);
    expect(new Set(moved)).toEqual(new Set(['admin']));
    expect(moved.length).toBeLessThan(SESSIONS.length / 2);
  });

  test('move only from an endpoint that is gone', async () => {
    const before = await podsOf('three');
    const after = await podsOf('two');
    const others = before.flatMap((pod, index) => (pod === 'cart' ? [] : [[pod, after[index]]]));
    expect(others.filter(([pod, now]) => pod !== now)).toEqual([]);
  });
});

describe('over HTTP/2, where each cookie may have a line of its own', () => {
  async function setCookieOf(cookies: readonly string[]): Promise<unknown> {
    const session = connectHttp2(`https://127.0.0.1:${served.ports.httpsPort}`, {
      servername: 'shop.example.com',
      rejectUnauthorized: false,
    });
    try {
      const stream = session.request({ ':path': '/', ':authority': 'shop.example.com', cookie: [...cookies] });
      const headers = await new Promise<Readonly<Record<string, unknown>>>((resolve, reject) => {
        stream.on('response', resolve).on('error', reject).resume().end();
      });
      return headers['set-cookie'];
    } finally {
      session.close();
    }
  }

  test.each([
    { name: 'that of the session is found', cookies: ['a=1', 'INGRESSCOOKIE=session-1', 'z=2'], given: undefined },
    {
      name: 'a client without it gets one',
      cookies: ['a=1', 'z=2'],
      given: [expect.stringMatching(/^INGRESSCOOKIE=[0-9a-f]{32}; Path=\/; Secure; HttpOnly$/)],
    },
  ])('$name', async ({ cookies, given }) => {
    expect(await setCookieOf(cookies)).toEqual(given);
  });
});
