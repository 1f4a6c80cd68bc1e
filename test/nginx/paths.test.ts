import { afterAll, beforeAll, describe, test } from 'vitest';

import { expectAnswer } from '../support/client.ts';
import { app, ingress } from '../support/manifests.ts';
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
      host: 'shop.example.com',
      paths: [
        ['/cart', 'Prefix', 'cart'],
        ['/cart/checkout', 'Prefix', 'blog'],
        ['/cart/total', 'Exact', 'web'],
        ['/exact', 'Exact', 'web'],
        ['/exact-slash/', 'Exact', 'web'],
        ['/slash/', 'Prefix', 'blog'],
        ['/both', 'Exact', 'web'],
        ['/both', 'Prefix', 'cart'],
        ['/with space', 'Prefix', 'blog'],
        ['/dot.html', 'Exact', 'blog'],
        ['/impl', 'ImplementationSpecific', 'cart'],
      ],
    }),
    ingress({ name: 'blog', host: 'shop.example.com', paths: [['/cart/checkout/v2', 'Prefix', 'cart']] }),
    ingress({ name: 'root', host: 'root.example.com', paths: [['/', 'Prefix', 'web']] }),
    ingress({ name: 'exact-root', host: 'exact-root.example.com', paths: [['/', 'Exact', 'web']] }),
  ]);
});
afterAll(() => served.stop());

/** nginx itself leads to the slash, wherever the location behind it passes requests on; so it does in the controller. */
const SLASH = { status: 301, pod: null } as const;

describe('on a host with many paths, a request for', () => {
  test.each([
    { name: 'a prefix itself', path: '/cart', answer: { pod: 'cart', url: '/cart' } },
    { name: 'a prefix and a slash', path: '/cart/', answer: { pod: 'cart', url: '/cart/' } },
    { name: 'something below a prefix', path: '/cart/items/7', answer: { pod: 'cart', url: '/cart/items/7' } },
    { name: 'a prefix with a query', path: '/cart?a=1&b=%2F', answer: { pod: 'cart', url: '/cart?a=1&b=%2F' } },
    { name: 'a longer word than the prefix', path: '/carts', answer: { status: 404, pod: null } },
    { name: 'a prefix in the other case', path: '/Cart', answer: { status: 404, pod: null } },
    { name: 'the longest of two prefixes', path: '/cart/checkout/pay', answer: { pod: 'blog' } },
    { name: 'a longer prefix of another Ingress', path: '/cart/checkout/v2/pay', answer: { pod: 'cart' } },
    { name: 'a prefix that shares letters with a longer one', path: '/cart/checkouts', answer: { pod: 'cart' } },
    { name: 'an exact path inside a prefix', path: '/cart/total', answer: { pod: 'web' } },
    { name: 'what is below that exact path', path: '/cart/total/eur', answer: { pod: 'cart' } },
    { name: 'an exact path', path: '/exact', answer: { pod: 'web' } },
    { name: 'an exact path with a query', path: '/exact?x=1', answer: { pod: 'web', url: '/exact?x=1' } },
    { name: 'an exact path and a slash', path: '/exact/', answer: { status: 404, pod: null } },
    { name: 'an exact path in the other case', path: '/EXACT', answer: { status: 404 } },
    { name: 'an exact path that ends in a slash', path: '/exact-slash/', answer: { pod: 'web' } },
    { name: 'that exact path without its slash', path: '/exact-slash', answer: SLASH },
    { name: 'a prefix that ends in a slash', path: '/slash/', answer: { pod: 'blog' } },
    { name: 'what is below a prefix that ends in a slash', path: '/slash/x', answer: { pod: 'blog' } },
    { name: 'that prefix without its slash', path: '/slash', answer: SLASH },
    { name: 'a path that is both exact and prefix', path: '/both', answer: { pod: 'web' } },
    { name: 'what is below the path that is both', path: '/both/x', answer: { pod: 'cart' } },
    { name: 'a dot of a path by another letter', path: '/dotxhtml', answer: { status: 404 } },
    { name: 'an ImplementationSpecific path as a prefix', path: '/impl/x', answer: { pod: 'cart' } },
    { name: 'a longer word than the ImplementationSpecific path', path: '/implx', answer: { status: 404 } },
    { name: 'the root', path: '/', answer: { status: 404, pod: null } },
  ] as const)('$name', async ({ path, answer }) => {
    expectAnswer(await served.ask({ host: 'shop.example.com', path }), answer);
  });
});

describe('the path that is compared is the decoded one, the path that is sent on is the raw one:', () => {
  test.each([
    { name: 'an encoded letter', path: '/c%61rt/a%2Fb%20c', answer: { pod: 'cart', url: '/c%61rt/a%2Fb%20c' } },
    { name: 'dot segments', path: '/x/../cart/1', answer: { pod: 'cart' } },
    { name: 'two slashes', path: '//cart', answer: { pod: 'cart' } },
    { name: 'letters beyond ASCII', path: '/cart/%E2%82%AC', answer: { url: '/cart/%E2%82%AC' } },
    { name: 'an escaped percent sign', path: '/cart/100%25', answer: { url: '/cart/100%25' } },
    { name: 'a plus in a query', path: '/cart?q=a+b%20c', answer: { url: '/cart?q=a+b%20c' } },
    { name: 'a semicolon', path: '/cart;v=1', answer: { status: 404 } },
  ] as const)('$name', async ({ path, answer }) => {
    expectAnswer(await served.ask({ host: 'shop.example.com', path }), answer);
  });
});

describe('the root of a host', () => {
  test.each([
    { name: 'as a prefix takes all paths', host: 'root.example.com', path: '/any/thing', answer: { pod: 'web' } },
    { name: 'as an exact path takes itself', host: 'exact-root.example.com', path: '/', answer: { pod: 'web' } },
    {
      name: 'as an exact path takes nothing else',
      host: 'exact-root.example.com',
      path: '/x',
      answer: { status: 404 },
    },
  ] as const)('$name', async ({ host, path, answer }) => {
    expectAnswer(await served.ask({ host, path }), answer);
  });
});
