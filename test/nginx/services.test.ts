import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Backends, Pod } from '../support/backends.ts';
import { expectAnswer } from '../support/client.ts';
import { app, endpoints, ingress, rule, service, slice } from '../support/manifests.ts';
import type { Manifest, PathRow } from '../support/manifests.ts';
import { serve } from '../support/serve.ts';
import type { Served } from '../support/serve.ts';

let served: Served;

/** A host for a Service of that name, as `<name>.example.com`. */
function route(name: string, port: number | string, ...more: readonly PathRow[]): Manifest {
  return rule(`${name}.example.com`, [['/', 'Prefix', name, port], ...more]);
}

function services({ ports }: Backends): readonly Manifest[] {
  const http = [{ name: 'http', number: 80, pod: ports.http }];
  const two = [...http, { name: 'metrics', number: 9090, pod: ports.metrics }];
  const target = [{ name: 'http', number: 80, pod: ports.http, target: 'web-port' }];
  const unnamed = [{ number: 80, pod: ports.http }];
  const here = (...ready: readonly Pod[]) => ({ ready });
  return [
    service('by-endpoints', http),
    endpoints('by-endpoints', http, here('web')),
    service('by-slice', http),
    slice('by-slice', http, here('cart')),
    service('both', http),
    endpoints('both', http, here('web')),
    slice('both', http, here('web', 'cart')),
    service('named', two),
    slice('named', two, here('web')),
    service('target', target),
    slice('target', target, here('blog')),
    service('unnamed', unnamed),
    endpoints('unnamed', unnamed, here('admin')),
    service('headless', http, { clusterIP: 'None' }),
    slice('headless', http, here('login')),
    service('half', http),
    slice('half', http, { ready: ['web'], notReady: ['cart'] }),
    service('half-old', http),
    endpoints('half-old', http, { ready: ['web'], notReady: ['cart'] }),
    service('unready', http),
    slice('unready', http, { ready: [], notReady: ['cart'] }),
    service('empty', http),
    endpoints('no-service', http, here('spare')),
    service('one-dead', http),
    slice('one-dead', http, here('dead', 'web')),
    service('all-dead', http),
    slice('all-dead', http, here('dead')),
  ];
}

beforeAll(async () => {
  served = await serve(backends => [
    ...services(backends),
    ingress({
      rules: [
        route('by-endpoints', 80),
        route('by-slice', 'http'),
        route('both', 80),
        route('named', 'http', ['/metrics', 'Prefix', 'named', 'metrics'], ['/number', 'Prefix', 'named', 9090]),
        route('target', 80),
        route('unnamed', 80),
        route('headless', 80),
        route('half', 80),
        route('half-old', 80),
        route('unready', 80, ['/fine', 'Prefix', 'by-slice', 80]),
        route('empty', 80),
        route('absent', 80),
        route('no-service', 80),
        route('wrong-port', 80, ['/number', 'Prefix', 'by-slice', 8123], ['/name', 'Prefix', 'by-slice', 'grpc']),
        route('one-dead', 80),
        route('all-dead', 80),
      ],
    }),
  ]);
});
afterAll(() => served.stop());

describe('a Service', () => {
  test.each([
    { name: 'is found by its Endpoints', host: 'by-endpoints', path: '/', answer: { pod: 'web' } },
    { name: 'is found by its slice, its port by name', host: 'by-slice', path: '/', answer: { pod: 'cart' } },
    { name: 'has several ports, this one by name', host: 'named', path: '/', answer: { portName: 'http' } },
    { name: 'has another one by name', host: 'named', path: '/metrics', answer: { portName: 'metrics' } },
    { name: 'has the same one by number', host: 'named', path: '/number', answer: { portName: 'metrics' } },
    { name: 'calls the port of its pods by name', host: 'target', path: '/', answer: { pod: 'blog' } },
    { name: 'has a port without name', host: 'unnamed', path: '/', answer: { pod: 'admin' } },
    { name: 'is headless', host: 'headless', path: '/', answer: { pod: 'login' } },
    { name: 'has nobody ready', host: 'unready', path: '/', answer: { status: 503, pod: null } },
    {
      name: 'has nobody ready, another path of the host is fine',
      host: 'unready',
      path: '/fine',
      answer: { pod: 'cart' },
    },
    { name: 'has no endpoints at all', host: 'empty', path: '/', answer: { status: 503, pod: null } },
    { name: 'is missing', host: 'absent', path: '/', answer: { status: 503, pod: null } },
    { name: 'is missing, its Endpoints are there', host: 'no-service', path: '/', answer: { pod: 'spare' } },
    { name: 'has no port of that number', host: 'wrong-port', path: '/number', answer: { status: 503 } },
    { name: 'has no port of that name', host: 'wrong-port', path: '/name', answer: { status: 503 } },
    { name: 'has only pods that do not answer', host: 'all-dead', path: '/', answer: { status: 502 } },
  ] as const)('$name', async ({ host, path, answer }) => {
    expectAnswer(await served.ask({ host: `${host}.example.com`, path }), answer);
  });
});

describe('over twenty requests', () => {
  test.each([
    { name: 'Endpoints and slices are one set without doubles', host: 'both', pods: ['cart', 'web'] },
    { name: 'a pod that is not ready gets none', host: 'half', pods: ['web'] },
    { name: 'an address that is not ready gets none', host: 'half-old', pods: ['web'] },
    { name: 'a dead pod is passed over each time', host: 'one-dead', pods: ['web'] },
  ])('$name', async ({ host, pods }) => {
    const counts = new Map<string, number>();
    for (let round = 0; round < 20; round += 1) {
      const answer = await served.ask({ host: `${host}.example.com`, path: '/' });
      const pod = answer.seen?.pod ?? `status ${answer.status}`;
      counts.set(pod, (counts.get(pod) ?? 0) + 1);
    }
    expect([...counts.keys()].toSorted()).toEqual(pods);
    // Round robin with equal weights.
    expect(Math.max(...counts.values())).toBeLessThanOrEqual(20 / pods.length + 2);
  });
});

test('what is missing gives warnings and no error', () => {
  expect(served.findings.filter(found => found.severity === 'error')).toEqual([]);
  const messages = served.findings.map(found => found.message).join('\n');
  for (const name of ['unready', 'empty', 'absent']) expect(messages).toContain(name);
});

describe('when no endpoints are in the input', () => {
  test.each([
    { name: 'the clusterIP is used', flags: [], answer: { status: 200, pod: 'blog' } },
    { name: 'the clusterIP can be forced', flags: ['--backend-address', 'cluster-ip'], answer: { pod: 'blog' } },
    { name: 'endpoints can be insisted on', flags: ['--backend-address', 'pod'], answer: { status: 503, pod: null } },
    { name: 'a DNS name that nobody knows gives 502', flags: ['--backend-address', 'dns'], answer: { status: 502 } },
  ] as const)('$name', async ({ flags, answer }) => {
    const alone = await serve(
      ({ ports }) => [
        service('web', [{ name: 'http', number: ports.http, pod: 80 }], { clusterIP: '127.0.10.3' }),
        ingress({ host: 'shop.example.com', paths: [['/', 'Prefix', 'web', 'http']] }),
      ],
      flags,
    );
    try {
      expectAnswer(await alone.ask({ host: 'shop.example.com', path: '/' }), answer);
    } finally {
      await alone.stop();
    }
  });
});

test('--backend-address cluster-ip is taken although there are endpoints', async () => {
  const both = await serve(
    backends => [
      service('web', [{ name: 'http', number: backends.ports.http, pod: backends.ports.http }], {
        clusterIP: '127.0.10.3',
      }),
      slice('web', [{ name: 'http', number: 80, pod: backends.ports.http }], { ready: ['web'] }),
      ...app(backends, 'cart'),
      ingress({ host: 'shop.example.com', paths: [['/', 'Prefix', 'web', 'http']] }),
    ],
    ['--backend-address', 'cluster-ip'],
  );
  try {
    expectAnswer(await both.ask({ host: 'shop.example.com', path: '/' }), { status: 200, pod: 'blog' });
  } finally {
    await both.stop();
  }
});
