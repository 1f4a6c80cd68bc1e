import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { expectAnswer } from '../support/client.ts';
import type { Question } from '../support/client.ts';
import { HASHES } from '../support/credentials.ts';
import { app, ingress, rule, secret, tlsSecret, userSecret } from '../support/manifests.ts';
import { serve } from '../support/serve.ts';
import type { Served } from '../support/serve.ts';

const basic = { 'auth-type': 'basic', 'auth-secret': 'users', 'auth-realm': 'Authentication Required - shop' };
let served: Served;

beforeAll(async () => {
  served = await serve(
    backends => [
      ...app(backends, 'web'),
      ...app(backends, 'cart'),
      userSecret('users'),
      secret('map', { ines: HASHES.ines, tomasz: HASHES.tomasz }),
      // The SHA form of the password "sesame".
      secret('sha', { auth: 'ines:{SHA}CEo1Ae3vaEXy8eQZjsOiuBz1xrw=\n' }),
      secret('unread', { auth: 'tomasz:\n' }),
      tlsSecret('shop-tls', 'shop'),
      ingress({ name: 'locked', host: 'locked.example.com', annotations: basic, paths: [['/', 'Prefix', 'web']] }),
      ingress({
        name: 'unread',
        host: 'unread.example.com',
        annotations: { ...basic, 'auth-secret': 'unread' },
        paths: [['/', 'Prefix', 'web']],
      }),
      ingress({
        name: 'below',
        host: 'below.example.com',
        annotations: basic,
        paths: [['/admin', 'Prefix', 'web']],
      }),
      ingress({
        name: 'mixed-locked',
        host: 'mixed.example.com',
        annotations: basic,
        paths: [['/admin', 'Prefix', 'web']],
      }),
      ingress({ name: 'mixed-open', host: 'mixed.example.com', paths: [['/', 'Prefix', 'cart']] }),
      ingress({
        name: 'map',
        host: 'map.example.com',
        annotations: { ...basic, 'auth-secret': 'map', 'auth-secret-type': 'auth-map' },
        paths: [['/', 'Prefix', 'web']],
      }),
      ingress({
        name: 'sha',
        host: 'sha.example.com',
        annotations: { ...basic, 'auth-secret': 'sha' },
        paths: [['/', 'Prefix', 'web']],
      }),
      ingress({
        name: 'namespaced',
        host: 'namespaced.example.com',
        annotations: { ...basic, 'auth-secret': 'shop/users' },
        paths: [['/', 'Prefix', 'web']],
      }),
      ingress({
        name: 'no-realm',
        host: 'no-realm.example.com',
        annotations: { 'auth-type': 'basic', 'auth-secret': 'users' },
        paths: [['/', 'Prefix', 'web']],
      }),
      ingress({
        name: 'realm-off',
        host: 'realm-off.example.com',
        annotations: { ...basic, 'auth-realm': 'off' },
        paths: [['/', 'Prefix', 'web']],
      }),
      ingress({
        name: 'tls',
        host: 'shop.example.com',
        tls: [{ hosts: ['shop.example.com'], secretName: 'shop-tls' }],
        annotations: basic,
        paths: [['/', 'Prefix', 'web']],
      }),
      ingress({
        name: 'secret-only',
        host: 'secret-only.example.com',
        annotations: { 'auth-secret': 'users', 'auth-realm': 'x' },
        paths: [['/', 'Prefix', 'web']],
      }),
      ingress({
        name: 'rewritten',
        host: 'rewritten.example.com',
        annotations: { ...basic, 'rewrite-target': '/$1' },
        paths: [['/app/(.*)', 'ImplementationSpecific', 'web']],
      }),
      ingress({
        name: 'acme',
        host: 'acme.example.com',
        annotations: basic,
        paths: [
          ['/', 'Prefix', 'web'],
          ['/.well-known/acme-challenge/token', 'Exact', 'cart'],
        ],
      }),
    ],
    ['--on-error', 'isolate'],
  );
});
afterAll(() => served.stop());

const as = (user: Question['user']) => (user === undefined ? {} : { user });

describe('basic auth', () => {
  test.each([
    { name: 'wants a password', host: 'locked', path: '/', answer: { status: 401, pod: null } },
    { name: 'lets a user in', host: 'locked', path: '/', user: 'ines', answer: { status: 200, pod: 'web' } },
    { name: 'lets each user of the file in', host: 'locked', path: '/', user: 'tomasz', answer: { status: 200 } },
    { name: 'reads users from the keys of a Secret', host: 'map', path: '/', user: 'tomasz', answer: { status: 200 } },
    { name: 'guards the users of a map too', host: 'map', path: '/', answer: { status: 401 } },
    { name: 'takes namespace and name', host: 'namespaced', path: '/', user: 'ines', answer: { status: 200 } },
    { name: 'guards without a realm', host: 'no-realm', path: '/', answer: { status: 401 } },
    { name: 'is not switched off by a realm called off', host: 'realm-off', path: '/', answer: { pod: null } },
    { name: 'guards a path', host: 'below', path: '/admin/x', answer: { status: 401 } },
    { name: 'guards the 404 page of its host', host: 'below', path: '/x', answer: { status: 401 } },
    { name: 'shows the 404 page to users', host: 'below', path: '/x', user: 'ines', answer: { status: 404 } },
    { name: 'leaves paths of others open', host: 'mixed', path: '/', answer: { status: 200, pod: 'cart' } },
    { name: 'guards its path on a shared host', host: 'mixed', path: '/admin', answer: { status: 401 } },
    { name: 'guards an encoded path', host: 'mixed', path: '/%61dmin', answer: { status: 401 } },
    { name: 'guards behind dot segments', host: 'mixed', path: '/x/..//admin', answer: { status: 401 } },
    { name: 'lets nobody in who forgot auth-type', host: 'secret-only', path: '/', answer: { status: 503, pod: null } },
    { name: 'guards before a rewrite', host: 'rewritten', path: '/app/x', answer: { status: 401 } },
    { name: 'works with a rewrite', host: 'rewritten', path: '/app/x', user: 'ines', answer: { url: '/x' } },
    {
      name: 'spares an ACME challenge',
      host: 'acme',
      path: '/.well-known/acme-challenge/token',
      answer: { pod: 'cart' },
    },
  ] as const)('$name', async row => {
    const { host, path, answer } = row;
    const user = as('user' in row ? row.user : undefined);
    expectAnswer(await served.ask({ host: `${host}.example.com`, path, ...user }), answer);
  });

  test.each([
    { name: 'a wrong password', credentials: 'ines:wrong' },
    { name: 'an unknown user', credentials: 'nobody:rue-des-lilas' },
    { name: 'the hash as password', credentials: `ines:${HASHES.ines}` },
    { name: 'no colon', credentials: 'ines' },
    { name: 'nothing', credentials: '' },
  ])('refuses $name', async ({ credentials }) => {
    const headers = { Authorization: `Basic ${Buffer.from(credentials).toString('base64')}` };
    const answer = await served.ask({ host: 'locked.example.com', path: '/', headers });
    expectAnswer(answer, { status: 401, pod: null });
  });

  test('reads the SHA form', async () => {
    const headers = { Authorization: `Basic ${Buffer.from('ines:sesame').toString('base64')}` };
    const answer = await served.ask({ host: 'sha.example.com', path: '/', headers });
    expectAnswer(answer, { status: 200, pod: 'web' });
  });

  test('says its realm', async () => {
    const answer = await served.ask({ host: 'locked.example.com', path: '/' });
    expectAnswer(answer, { headers: { 'www-authenticate': 'Basic realm="Authentication Required - shop"' } });
  });

  test('keeps the password from the pod', async () => {
    const answer = await served.ask({ host: 'locked.example.com', path: '/', user: 'ines' });
    expectAnswer(answer, { status: 200, seen: { authorization: null } });
  });

  test('passes Authorization on where nothing is guarded', async () => {
    const answer = await served.ask({ host: 'mixed.example.com', path: '/', headers: { Authorization: 'Bearer abc' } });
    expectAnswer(answer, { status: 200, seen: { authorization: 'Bearer abc' } });
  });

  test('comes after the way to HTTPS', async () => {
    expectAnswer(await served.ask({ host: 'shop.example.com', path: '/' }), { status: 308 });
    expectAnswer(await served.ask({ host: 'shop.example.com', path: '/', https: true }), { status: 401 });
    const answer = await served.ask({ host: 'shop.example.com', path: '/', https: true, user: 'ines' });
    expectAnswer(answer, { status: 200, pod: 'web' });
  });
});

describe('the door is closed', () => {
  const broken = [
    { name: 'without the Secret', annotations: { ...basic, 'auth-secret': 'nowhere' } },
    { name: 'without the annotation auth-secret', annotations: { 'auth-type': 'basic' } },
    { name: 'without the key auth', annotations: { ...basic, 'auth-secret': 'no-auth-key' } },
    { name: 'for a Secret of another namespace', annotations: { ...basic, 'auth-secret': 'elsewhere/users' } },
    { name: 'for an unknown auth-type', annotations: { ...basic, 'auth-type': 'bearer' } },
    { name: 'for an unknown auth-secret-type', annotations: { ...basic, 'auth-secret-type': 'auth-files' } },
  ];
  const users = userSecret('users');
  let isolated: Served;

  beforeAll(async () => {
    isolated = await serve(
      backends => [
        ...app(backends, 'web'),
        users,
        { ...users, metadata: { name: 'users', namespace: 'elsewhere' } },
        secret('no-auth-key', { password: 'x' }),
        ...broken.map(({ annotations }, index) =>
          ingress({
            name: `broken-${index}`,
            annotations,
            rules: [
              rule(`broken-${index}.example.com`, [
                ['/', 'Prefix', 'web'],
                ['/exact', 'Exact', 'web'],
              ]),
            ],
          }),
        ),
        ingress({ name: 'fine', host: 'fine.example.com', paths: [['/', 'Prefix', 'web']] }),
      ],
      ['--on-error', 'isolate'],
    );
  });
  afterAll(() => isolated.stop());

  test.each(broken.map(({ name }, index) => ({ name, host: `broken-${index}.example.com` })))(
    '$name',
    async ({ host }) => {
      for (const path of ['/', '/exact', '/exact/', '/any']) {
        const answer = await isolated.ask({ host, path, user: 'ines' });
        expectAnswer(answer, { status: 503, pod: null });
      }
    },
  );

  test('and each is an error', () => {
    const errors = isolated.findings.filter(found => found.severity === 'error');
    expect(errors.length).toBeGreaterThanOrEqual(broken.length);
  });

  test('but not for others', async () => {
    expectAnswer(await isolated.ask({ host: 'fine.example.com', path: '/' }), { status: 200, pod: 'web' });
  });
});

test('a file that nginx reads no user of lets nobody in, and no other host suffers', async () => {
  const asked = { host: 'unread.example.com', path: '/', user: 'tomasz' } as const;
  expectAnswer(await served.ask(asked), { status: 401, pod: null });
  expectAnswer(await served.ask({ ...asked, host: 'locked.example.com' }), { pod: 'web' });
});
