import { describe, test } from 'vitest';

import type { Backends } from '../support/backends.ts';
import { expectAnswer } from '../support/client.ts';
import type { Expected } from '../support/client.ts';
import { app, ingress, rule } from '../support/manifests.ts';
import type { Manifest } from '../support/manifests.ts';
import { serve } from '../support/serve.ts';

const apps = (backends: Backends) => [...app(backends, 'web'), ...app(backends, 'cart'), ...app(backends, 'blog')];
const shop = ingress({ name: 'cart', host: 'shop.example.com', paths: [['/cart', 'Prefix', 'cart']] });

interface Row {
  readonly name: string;
  readonly manifests: readonly Manifest[];
  readonly flags: readonly string[];
  /** By URL without scheme. */
  readonly answers: Readonly<Record<string, Expected>>;
}

const rows: readonly Row[] = [
  {
    name: 'nobody: 404 for unknown hosts and paths',
    manifests: [shop],
    flags: [],
    answers: { 'shop.example.com/x': { status: 404 }, 'nobody.example.com/': { status: 404 } },
  },
  {
    name: 'an Ingress without rules takes unknown hosts, not the unknown paths of others',
    manifests: [shop, ingress({ name: 'all', defaultBackend: 'web' })],
    flags: [],
    answers: {
      'nobody.example.com/any/thing': { pod: 'web', url: '/any/thing' },
      'nobody.example.com/healthz': { status: 200, pod: null },
      'shop.example.com/cart': { pod: 'cart' },
      'shop.example.com/x': { status: 404 },
    },
  },
  {
    name: 'the oldest of two without rules',
    manifests: [
      ingress({ name: 'young', defaultBackend: 'web', createdAt: '2024-01-01T00:00:00Z' }),
      ingress({ name: 'old', defaultBackend: 'blog', createdAt: '2020-01-01T00:00:00Z' }),
    ],
    flags: [],
    answers: { 'nobody.example.com/': { pod: 'blog' } },
  },
  {
    name: 'a default backend beside rules takes the rest of its hosts only',
    manifests: [ingress({ host: 'shop.example.com', paths: [['/cart', 'Prefix', 'cart']], defaultBackend: 'web' })],
    flags: [],
    answers: {
      'shop.example.com/cart': { pod: 'cart' },
      'shop.example.com/x': { pod: 'web' },
      'nobody.example.com/': { status: 404 },
    },
  },
  {
    name: 'a rule without http leaves all to the default backend',
    manifests: [ingress({ rules: [rule('shop.example.com', undefined)], defaultBackend: 'web' })],
    flags: [],
    answers: { 'shop.example.com/any': { pod: 'web' }, 'nobody.example.com/': { status: 404 } },
  },
  {
    name: 'a rule without host belongs to the default server',
    manifests: [shop, ingress({ name: 'hostless', paths: [['/status', 'Prefix', 'blog']] })],
    flags: [],
    answers: {
      'nobody.example.com/status': { pod: 'blog' },
      'nobody.example.com/x': { status: 404 },
      'shop.example.com/status': { status: 404 },
    },
  },
  {
    name: 'a rule for / without host takes unknown hosts',
    manifests: [shop, ingress({ name: 'hostless', paths: [['/', 'Prefix', 'blog']] })],
    flags: [],
    answers: { 'nobody.example.com/x': { pod: 'blog' }, 'shop.example.com/x': { status: 404 } },
  },
  {
    name: '--default-backend-service takes whatever is left',
    manifests: [shop],
    flags: ['--default-backend-service', 'shop/blog'],
    answers: { 'nobody.example.com/a': { pod: 'blog', url: '/a' }, 'shop.example.com/x': { pod: 'blog' } },
  },
  {
    name: 'a missing --default-backend-service answers 404',
    manifests: [shop],
    flags: ['--default-backend-service', 'shop/nowhere'],
    answers: { 'nobody.example.com/a': { status: 404 }, 'shop.example.com/cart': { pod: 'cart' } },
  },
  {
    name: 'a default backend that is missing answers 404 or 503, never another pod',
    manifests: [ingress({ host: 'shop.example.com', paths: [['/cart', 'Prefix', 'cart']], defaultBackend: 'nowhere' })],
    flags: [],
    answers: { 'shop.example.com/x': { pod: null }, 'shop.example.com/cart': { pod: 'cart' } },
  },
];

describe('what no rule takes goes to', () => {
  test.each(rows)('$name', async ({ manifests, flags, answers }) => {
    const served = await serve(backends => [...apps(backends), ...manifests], flags);
    try {
      for (const [url, expected] of Object.entries(answers)) {
        const slash = url.indexOf('/');
        expectAnswer(await served.ask({ host: url.slice(0, slash), path: url.slice(slash) }), expected);
      }
    } finally {
      await served.stop();
    }
  });
});
