import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { expectAnswer, sendRaw } from '../support/client.ts';
import { app, ingress, rule } from '../support/manifests.ts';
import { serve } from '../support/serve.ts';
import type { Served } from '../support/serve.ts';

let served: Served;

beforeAll(async () => {
  served = await serve(backends => [
    ...app(backends, 'web'),
    ...app(backends, 'cart'),
    ...app(backends, 'blog'),
    ingress({
      name: 'shop',
      rules: [
        rule('shop.example.com', [['/', 'Prefix', 'web']]),
        rule('*.partners.example.com', [['/', 'Prefix', 'cart']]),
        rule('acme.partners.example.com', [['/', 'Prefix', 'blog']]),
        rule('*.example.org', [['/', 'Prefix', 'cart']]),
        rule('*.eu.example.org', [['/', 'Prefix', 'blog']]),
        rule('silent.example.com', undefined),
      ],
    }),
  ]);
});
afterAll(() => served.stop());

describe('a request reaches', () => {
  test.each([
    { name: 'an exact host', host: 'shop.example.com', answer: { status: 200, pod: 'web' } },
    { name: 'a host in upper case', host: 'SHOP.Example.COM', answer: { status: 200, pod: 'web' } },
    { name: 'a host with a port', host: 'shop.example.com:8080', answer: { status: 200, pod: 'web' } },
    { name: 'a host with a dot at its end', host: 'shop.example.com.', answer: { status: 200, pod: 'web' } },
    { name: 'nobody under an unknown host', host: 'unknown.example.com', answer: { status: 404, pod: null } },
    { name: 'nobody below an exact host', host: 'eu.shop.example.com', answer: { status: 404, pod: null } },
    { name: 'nobody under an address', host: '127.0.0.1', answer: { status: 404, pod: null } },
    { name: 'a wildcard by one label', host: 'globex.partners.example.com', answer: { status: 200, pod: 'cart' } },
    { name: 'a wildcard in upper case', host: 'Globex.Partners.Example.com', answer: { status: 200, pod: 'cart' } },
    { name: 'no wildcard by two labels', host: 'a.b.partners.example.com', answer: { status: 404, pod: null } },
    { name: 'no wildcard without a label', host: 'partners.example.com', answer: { status: 404, pod: null } },
    { name: 'the exact host inside a wildcard', host: 'acme.partners.example.com', answer: { pod: 'blog' } },
    { name: 'no wildcard whose dots are other letters', host: 'a.partnersXexample.com', answer: { status: 404 } },
    { name: 'no wildcard with something behind it', host: 'a.partners.example.com.evil.test', answer: { status: 404 } },
    { name: 'the wildcard that has the right depth', host: 'de.eu.example.org', answer: { pod: 'blog' } },
    { name: 'the shorter wildcard by one label', host: 'us.example.org', answer: { pod: 'cart' } },
    { name: 'the 404 of a host without paths', host: 'silent.example.com', answer: { status: 404, pod: null } },
  ] as const)('$name', async ({ host, answer }) => {
    expectAnswer(await served.ask({ host, path: '/' }), answer);
  });
});

test('HTTP/1.0 without a host meets the default server', async () => {
  expect(await sendRaw(served.ports, 'GET / HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 404 /u);
});

test('the default server answers /healthz', async () => {
  expectAnswer(await served.ask({ host: 'unknown.example.com', path: '/healthz' }), { status: 200, pod: null });
});

test('a host does not answer /healthz by itself', async () => {
  expectAnswer(await served.ask({ host: 'shop.example.com', path: '/healthz' }), { status: 200, pod: 'web' });
});
