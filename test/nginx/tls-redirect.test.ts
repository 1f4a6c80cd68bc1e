import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { expectAnswer, sendRaw } from '../support/client.ts';
import { app, ingress, tlsSecret } from '../support/manifests.ts';
import { serve } from '../support/serve.ts';
import type { Served } from '../support/serve.ts';

const shopTls = [{ hosts: ['shop.example.com', 'www.shop.example.com'], secretName: 'shop-tls' }];
let served: Served;

beforeAll(async () => {
  served = await serve(backends => [
    ...app(backends, 'web'),
    ...app(backends, 'cart'),
    ...app(backends, 'blog'),
    tlsSecret('shop-tls', 'shop'),
    tlsSecret('apps-tls', 'wildcard'),
    tlsSecret('other-tls', 'other'),
    ingress({
      name: 'shop',
      host: 'shop.example.com',
      tls: shopTls,
      paths: [
        ['/', 'Prefix', 'web'],
        ['/.well-known/acme-challenge/token', 'Exact', 'blog'],
      ],
    }),
    ingress({
      name: 'cart',
      host: 'shop.example.com',
      annotations: { 'ssl-redirect': 'false' },
      paths: [['/cart', 'Prefix', 'cart']],
    }),
    ingress({
      name: 'apps',
      host: '*.apps.example.com',
      tls: [{ hosts: ['*.apps.example.com'], secretName: 'apps-tls' }],
      paths: [['/', 'Prefix', 'web']],
    }),
    // No tls of its own, but below a wildcard that has a certificate.
    ingress({ name: 'one', host: 'one.apps.example.com', paths: [['/', 'Prefix', 'cart']] }),
    ingress({ name: 'plain', host: 'plain.example.com', paths: [['/', 'Prefix', 'web']] }),
    ingress({
      name: 'forced',
      host: 'forced.example.com',
      annotations: { 'force-ssl-redirect': 'true' },
      paths: [['/', 'Prefix', 'web']],
    }),
    ingress({
      name: 'forced-and-off',
      host: 'both.example.com',
      annotations: { 'force-ssl-redirect': 'true', 'ssl-redirect': 'false' },
      paths: [['/', 'Prefix', 'web']],
    }),
    ingress({
      name: 'missing',
      host: 'missing.example.com',
      tls: [{ hosts: ['missing.example.com'], secretName: 'nowhere' }],
      paths: [['/', 'Prefix', 'web']],
    }),
    ingress({
      name: 'rewritten',
      host: 'other.example.com',
      tls: [{ hosts: ['other.example.com'], secretName: 'other-tls' }],
      annotations: { 'rewrite-target': '/$1' },
      paths: [['/app/(.*)', 'ImplementationSpecific', 'web']],
    }),
  ]);
});
afterAll(() => served.stop());

const to = (location: string) => ({ status: 308, pod: null, headers: { location } }) as const;

describe('plain HTTP is sent to HTTPS', () => {
  test.each([
    {
      name: 'when the host has a certificate',
      host: 'shop.example.com',
      path: '/a',
      answer: to('https://shop.example.com/a'),
    },
    {
      name: 'with the query',
      host: 'shop.example.com',
      path: '/a?b=c%2Fd',
      answer: to('https://shop.example.com/a?b=c%2Fd'),
    },
    {
      name: 'with the path as it was sent',
      host: 'shop.example.com',
      path: '/a%20b/../c',
      answer: to('https://shop.example.com/a%20b/../c'),
    },
    {
      name: 'without the port that was asked',
      host: 'shop.example.com:8080',
      path: '/a',
      answer: to('https://shop.example.com/a'),
    },
    {
      name: 'without one slash at the end',
      host: 'shop.example.com',
      path: '/a/',
      answer: to('https://shop.example.com/a'),
    },
    {
      name: 'without a line break from the path',
      host: 'shop.example.com',
      path: '/a%0d%0aX-Evil:1',
      answer: to('https://shop.example.com/a%0d%0aX-Evil:1'),
    },
    {
      name: 'when a wildcard has a certificate',
      host: 'two.apps.example.com',
      path: '/a',
      answer: to('https://two.apps.example.com/a'),
    },
    {
      name: 'below a wildcard with a certificate',
      host: 'one.apps.example.com',
      path: '/a',
      answer: to('https://one.apps.example.com/a'),
    },
    {
      name: 'when it is forced, without a certificate',
      host: 'forced.example.com',
      path: '/a',
      answer: to('https://forced.example.com/a'),
    },
    {
      name: 'when it is forced although it is off',
      host: 'both.example.com',
      path: '/a',
      answer: to('https://both.example.com/a'),
    },
    {
      name: 'when the Secret is missing',
      host: 'missing.example.com',
      path: '/a',
      answer: to('https://missing.example.com/a'),
    },
    {
      name: 'before the path is rewritten',
      host: 'other.example.com',
      path: '/app/x',
      answer: to('https://other.example.com/app/x'),
    },
  ] as const)('$name', async ({ host, path, answer }) => {
    expectAnswer(await served.ask({ host, path }), answer);
  });

  test('on our own HTTPS port, when the client named our own HTTP port', async () => {
    const { httpPort, httpsPort } = served.ports;
    const answer = await served.ask({ host: `shop.example.com:${httpPort}`, path: '/a' });
    expectAnswer(answer, to(`https://shop.example.com:${httpsPort}/a`));
  });

  test('whatever X-Forwarded-Proto says', async () => {
    const headers = { 'X-Forwarded-Proto': 'https' };
    const answer = await served.ask({ host: 'shop.example.com', path: '/', headers });
    expectAnswer(answer, { status: 308 });
  });

  test('whatever the method is', async () => {
    const answer = await served.ask({ host: 'shop.example.com', path: '/a', method: 'POST', body: Buffer.from('x') });
    expectAnswer(answer, { status: 308, pod: null });
  });
});

describe('plain HTTP stays', () => {
  test.each([
    {
      name: 'on a host without a certificate',
      host: 'plain.example.com',
      path: '/',
      answer: { status: 200, pod: 'web' },
    },
    {
      name: 'where ssl-redirect is off',
      host: 'shop.example.com',
      path: '/cart',
      answer: { status: 200, pod: 'cart' },
    },
    {
      name: 'for an ACME challenge',
      host: 'shop.example.com',
      path: '/.well-known/acme-challenge/token',
      answer: { status: 200, pod: 'blog' },
    },
    { name: 'on the default server', host: 'nobody.example.com', path: '/', answer: { status: 404 } },
  ] as const)('$name', async ({ host, path, answer }) => {
    expectAnswer(await served.ask({ host, path }), answer);
  });
});

describe('HTTPS is served', () => {
  test.each([
    { name: 'with a certificate', host: 'shop.example.com', path: '/a/', answer: { status: 200, url: '/a/' } },
    { name: 'where it was forced', host: 'forced.example.com', path: '/', answer: { status: 200, pod: 'web' } },
    { name: 'and rewritten', host: 'other.example.com', path: '/app/x', answer: { status: 200, url: '/x' } },
  ] as const)('$name', async ({ host, path, answer }) => {
    expectAnswer(await served.ask({ host, path, https: true }), answer);
  });
});

const HSTS = 'max-age=31536000; includeSubDomains';

describe('Strict-Transport-Security', () => {
  test.each([
    { name: 'is on every HTTPS answer', https: true, pod: {}, header: HSTS },
    { name: 'is on answers to errors', https: true, pod: { status: 500 }, header: HSTS },
    {
      name: 'takes the place of what the pod says',
      https: true,
      pod: { headers: { 'Strict-Transport-Security': 'max-age=1' } },
      header: HSTS,
    },
    { name: 'is not on plain HTTP', https: false, pod: {}, header: null },
  ])('$name', async ({ https, pod, header }) => {
    const answer = await served.ask({ host: 'plain.example.com', path: '/', https, pod });
    expectAnswer(answer, { headers: { 'strict-transport-security': header } });
  });

  test('is on a 404 of nginx itself', async () => {
    const answer = await served.ask({ host: 'other.example.com', path: '/none', https: true });
    expectAnswer(answer, { status: 404, headers: { 'strict-transport-security': HSTS } });
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
  ])('is not on what nginx refuses before it has a location: $name', async ({ bytes, status }) => {
    const answer = await sendRaw(served.ports, `${bytes}\r\n`, 'plain.example.com');
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).not.toMatch(/strict-transport/iu);
  });

  test.each([400, 405, 414, 421, 501, 505])('is on a %i of the pod', async status => {
    const answer = await served.ask({ host: 'plain.example.com', path: '/', https: true, pod: { status } });
    expectAnswer(answer, { status, headers: { 'strict-transport-security': HSTS } });
  });
});
