import { afterAll, beforeAll, describe, test } from 'vitest';

import { expectAnswer } from '../support/client.ts';
import { app, ingress } from '../support/manifests.ts';
import { serve } from '../support/serve.ts';
import type { Served } from '../support/serve.ts';

const ANY = 'ImplementationSpecific';
let served: Served;

beforeAll(async () => {
  served = await serve(backends => [
    ...app(backends, 'web'),
    ...app(backends, 'cart'),
    ...app(backends, 'blog'),
    ingress({
      name: 'regex',
      host: 'regex.example.com',
      annotations: { 'use-regex': 'true' },
      paths: [
        ['/api/v[0-9]+/users', ANY, 'web'],
        ['/id/\\d+\\.html$', ANY, 'cart'],
        ['/order/order', ANY, 'blog'],
        ['/order/[a-z]{5}', ANY, 'cart'],
        ['/order', ANY, 'web'],
        ['/quote/"[a-z]+"', ANY, 'blog'],
      ],
    }),
    ingress({
      name: 'rewrites',
      host: 'tools.example.com',
      annotations: { 'rewrite-target': '/$2' },
      paths: [
        ['/docs(/|$)(.*)', ANY, 'web'],
        ['/wiki(/|$)(.*)', ANY, 'cart'],
      ],
    }),
    ingress({ name: 'plain', host: 'tools.example.com', paths: [['/status', 'Exact', 'blog']] }),
    ingress({ name: 'prefix', host: 'tools.example.com', paths: [['/files', 'Prefix', 'cart']] }),
    ingress({
      name: 'swap',
      host: 'swap.example.com',
      annotations: { 'rewrite-target': '/orders/$2/of/$1' },
      paths: [['/user/([^/]+)/order/([^/]+)', ANY, 'web']],
    }),
    ingress({
      name: 'named',
      host: 'named.example.com',
      annotations: { 'rewrite-target': '/$page/$lang/$2$other' },
      paths: [
        ['/books/(?<lang>\\p{Ll}+)/(?P<page>\\d+)$', ANY, 'web'],
        ["/pairs/(?<lang>.)\\k<lang>/(?'page'[\\p{Lu}_]+)", ANY, 'cart'],
        ['/ours/(?<best_host>[^/]+)/(?<other>.*)', ANY, 'blog'],
      ],
    }),
    ingress({
      name: 'fixed',
      host: 'fixed.example.com',
      annotations: { 'rewrite-target': '/landing' },
      paths: [['/', 'Prefix', 'web']],
    }),
    ingress({
      name: 'same',
      host: 'same.example.com',
      annotations: { 'rewrite-target': '/app' },
      paths: [
        ['/app', 'Prefix', 'web'],
        ['/app/login', 'Exact', 'cart'],
      ],
    }),
    ingress({
      name: 'neighbour',
      host: 'neighbour.example.com',
      paths: [['/status', 'Exact', 'blog']],
    }),
  ]);
});
afterAll(() => served.stop());

describe('with use-regex', () => {
  test.each([
    { name: 'a path is an expression', path: '/api/v12/users', answer: { pod: 'web', url: '/api/v12/users' } },
    { name: 'it is open at its end', path: '/api/v1/users/7', answer: { pod: 'web' } },
    { name: 'it is tied to the start', path: '/x/api/v1/users', answer: { status: 404 } },
    { name: 'another letter is no digit', path: '/api/vx/users', answer: { status: 404 } },
    { name: 'the case does not matter', path: '/API/V1/Users', answer: { pod: 'web' } },
    { name: 'backslashes keep their meaning', path: '/id/12.html', answer: { pod: 'cart' } },
    { name: 'an escaped dot is a dot', path: '/id/12xhtml', answer: { status: 404 } },
    { name: 'the longer text is tried first', path: '/order/order', answer: { pod: 'cart' } },
    { name: 'the shorter one takes the rest', path: '/order/1', answer: { pod: 'web' } },
    { name: 'quotes are quotes', path: '/quote/%22abc%22', answer: { pod: 'blog' } },
  ] as const)('$name', async ({ path, answer }) => {
    expectAnswer(await served.ask({ host: 'regex.example.com', path }), answer);
  });
});

describe('with rewrite-target', () => {
  test.each([
    { name: 'the capture is the new path', path: '/docs/start', answer: { pod: 'web', url: '/start' } },
    { name: 'the path alone becomes /', path: '/docs', answer: { pod: 'web', url: '/' } },
    { name: 'a slash at the end becomes /', path: '/docs/', answer: { pod: 'web', url: '/' } },
    { name: 'the query stays', path: '/docs/a?x=%2F&y', answer: { url: '/a?x=%2F&y' } },
    { name: 'the case does not matter', path: '/Docs/Start', answer: { pod: 'web', url: '/Start' } },
    { name: 'a space stays encoded', path: '/docs/a%20b', answer: { url: '/a%20b' } },
    { name: 'a longer word is another path', path: '/docsy', answer: { status: 404, pod: null } },
    { name: 'each path is rewritten by its own groups', path: '/wiki/x', answer: { pod: 'cart', url: '/x' } },
    { name: 'the pod sees the host', path: '/wiki/y', answer: { seen: { host: 'tools.example.com' } } },
  ] as const)('$name', async ({ path, answer }) => {
    expectAnswer(await served.ask({ host: 'tools.example.com', path }), answer);
  });

  test('the target may swap groups', async () => {
    const answer = await served.ask({ host: 'swap.example.com', path: '/user/ines/order/7?x=1' });
    expectAnswer(answer, { pod: 'web', url: '/orders/7/of/ines?x=1' });
  });

  test('a target without groups sends everything to one path', async () => {
    expectAnswer(await served.ask({ host: 'fixed.example.com', path: '/a/b' }), { pod: 'web', url: '/landing' });
  });

  test('an encoded line break cannot make a header', async () => {
    const answer = await served.ask({ host: 'tools.example.com', path: '/docs/a%0d%0aX-Evil:%20yes' });
    expectAnswer(answer, { headers: { 'x-evil': null }, seen: { 'x-evil': null } });
  });
});

describe('one Ingress with expressions changes all of its host:', () => {
  test.each([
    { name: 'an Exact path of another Ingress', host: 'tools.example.com', path: '/status', answer: { pod: 'blog' } },
    { name: 'that path as a prefix', host: 'tools.example.com', path: '/status-page', answer: { pod: 'blog' } },
    { name: 'that path in the other case', host: 'tools.example.com', path: '/STATUS', answer: { pod: 'blog' } },
    { name: 'a Prefix path keeps its url', host: 'tools.example.com', path: '/files/a', answer: { url: '/files/a' } },
    {
      name: 'a host beside it stays exact',
      host: 'neighbour.example.com',
      path: '/status-page',
      answer: { status: 404 },
    },
    { name: 'the other paths answer 404', host: 'tools.example.com', path: '/none', answer: { status: 404 } },
  ] as const)('$name', async ({ host, path, answer }) => {
    expectAnswer(await served.ask({ host, path }), answer);
  });
});

describe('a target that is one of the paths', () => {
  test.each([
    { name: 'leaves that path alone', path: '/app', answer: { pod: 'web', url: '/app' } },
    { name: 'rewrites the other one', path: '/app/login', answer: { pod: 'cart', url: '/app' } },
  ] as const)('$name', async ({ path, answer }) => {
    expectAnswer(await served.ask({ host: 'same.example.com', path }), answer);
  });
});

describe('groups with names, and properties of letters,', () => {
  test.each([
    { name: 'are groups like others', path: '/books/abc/12', answer: { status: 200, pod: 'web', url: '/12/abc/12' } },
    { name: 'do not match anything', path: '/books/1/12', answer: { status: 404 } },
    { name: 'are referred to', path: '/pairs/xx/AB_', answer: { status: 200, pod: 'cart', url: '/AB_/x/AB_' } },
    { name: 'are not confused', path: '/pairs/xy/AB', answer: { status: 404 } },
  ] as const)('$name', async ({ path, answer }) => {
    expectAnswer(await served.ask({ host: 'named.example.com', path }), answer);
  });

  test('overwrite none of our variables', async () => {
    const answer = await served.ask({ host: 'named.example.com', path: '/ours/evil.test/x' });
    expectAnswer(answer, { status: 200, pod: 'blog', url: '///xx', seen: { host: 'named.example.com' } });
  });
});
