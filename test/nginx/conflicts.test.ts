import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { expectAnswer } from '../support/client.ts';
import { app, ingress, userSecret } from '../support/manifests.ts';
import { serve } from '../support/serve.ts';
import type { Served } from '../support/serve.ts';

let served: Served;

beforeAll(async () => {
  served = await serve(backends => [
    ...app(backends, 'web'),
    ...app(backends, 'cart'),
    ...app(backends, 'blog'),
    userSecret('users'),
    ingress({
      name: 'young',
      host: 'shop.example.com',
      createdAt: '2024-03-01T00:00:00Z',
      annotations: { 'auth-type': 'basic', 'auth-secret': 'users' },
      paths: [
        ['/', 'Prefix', 'cart'],
        ['/own', 'Prefix', 'cart'],
      ],
    }),
    ingress({
      name: 'old',
      host: 'shop.example.com',
      createdAt: '2021-03-01T00:00:00Z',
      paths: [['/', 'Prefix', 'web']],
    }),
    // Without times the name decides: the last in the alphabet is served.
    ingress({ name: 'alpha', host: 'tie.example.com', paths: [['/', 'Prefix', 'web']] }),
    ingress({ name: 'omega', host: 'tie.example.com', paths: [['/', 'Prefix', 'blog']] }),
    ingress({
      name: 'twice',
      host: 'twice.example.com',
      paths: [
        ['/', 'Prefix', 'web'],
        ['/', 'Prefix', 'cart'],
      ],
    }),
    ingress({
      name: 'slash',
      host: 'slash.example.com',
      paths: [
        ['/app', 'Prefix', 'web'],
        ['/app/', 'Prefix', 'cart'],
      ],
    }),
    // The same path under two types is no conflict.
    ingress({ name: 'types', host: 'types.example.com', paths: [['/app', 'Exact', 'web']] }),
    ingress({ name: 'types-too', host: 'types.example.com', paths: [['/app', 'Prefix', 'cart']] }),
  ]);
});
afterAll(() => served.stop());

describe('when several want one path', () => {
  test.each([
    { name: 'the oldest gets it', host: 'shop.example.com', path: '/', answer: { status: 200, pod: 'web' } },
    { name: 'the loser cannot lock it', host: 'shop.example.com', path: '/x', answer: { status: 200, pod: 'web' } },
    { name: 'the loser keeps its other path', host: 'shop.example.com', path: '/own', answer: { status: 401 } },
    { name: 'names decide between equal ages', host: 'tie.example.com', path: '/', answer: { pod: 'blog' } },
    { name: 'the first within one Ingress gets it', host: 'twice.example.com', path: '/', answer: { pod: 'web' } },
    { name: 'two types live side by side', host: 'types.example.com', path: '/app', answer: { pod: 'web' } },
    { name: 'and the prefix takes the rest', host: 'types.example.com', path: '/app/x', answer: { pod: 'cart' } },
    { name: 'a slash makes no other prefix', host: 'slash.example.com', path: '/app', answer: { pod: 'web' } },
  ] as const)('$name', async ({ host, path, answer }) => {
    expectAnswer(await served.ask({ host, path }), answer);
  });
});

test('each conflict is a finding that names the winner', () => {
  const conflicts = served.findings.filter(found => found.name === 'path-conflict');
  const texts = conflicts.map(found => [found.message, ...found.related.map(other => other.message)].join(' '));
  for (const winner of ['shop/old', 'shop/omega']) {
    expect(texts.filter(text => text.includes(winner))).toHaveLength(1);
  }
});
