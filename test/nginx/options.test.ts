import { describe, test } from 'vitest';

import { expectAnswer } from '../support/client.ts';
import type { Expected, Question } from '../support/client.ts';
import { app, ingress, tlsSecret, userSecret } from '../support/manifests.ts';
import { serve } from '../support/serve.ts';

const shop = { host: 'shop.example.com', path: '/a' } as const;
const plain = { host: 'plain.example.com', path: '/' } as const;

interface Row {
  readonly name: string;
  readonly data: Readonly<Record<string, string>>;
  readonly asked: readonly (readonly [Question, Expected])[];
}

const rows: readonly Row[] = [
  {
    name: 'ssl-redirect: false leaves plain HTTP alone',
    data: { 'ssl-redirect': 'false' },
    asked: [
      [shop, { status: 200 }],
      // The annotation says otherwise there.
      [{ ...shop, path: '/annotated' }, { status: 308 }],
    ],
  },
  {
    name: 'force-ssl-redirect: true leads all hosts to HTTPS',
    data: { 'force-ssl-redirect': 'true' },
    asked: [
      [plain, { status: 308, headers: { location: 'https://plain.example.com' } }],
      [{ ...plain, https: true }, { status: 200 }],
    ],
  },
  {
    name: 'http-redirect-code is the status of redirects',
    data: { 'http-redirect-code': '301' },
    asked: [[shop, { status: 301, headers: { location: 'https://shop.example.com/a' } }]],
  },
  {
    name: 'no-tls-redirect-locations are served over plain HTTP',
    data: { 'no-tls-redirect-locations': '/open' },
    asked: [
      [
        { ...shop, path: '/open' },
        { status: 200, pod: 'cart' },
      ],
      [shop, { status: 308 }],
    ],
  },
  {
    name: 'no-auth-locations need no password',
    data: { 'no-auth-locations': '/locked/open' },
    asked: [
      [{ ...plain, path: '/locked' }, { status: 401 }],
      [
        { ...plain, path: '/locked/open' },
        { status: 200, pod: 'web' },
      ],
    ],
  },
  {
    name: 'hsts: false says nothing to browsers',
    data: { hsts: 'false' },
    asked: [
      [
        { ...shop, https: true },
        { status: 200, headers: { 'strict-transport-security': null } },
      ],
    ],
  },
  {
    name: 'hsts-max-age, -include-subdomains and -preload are what it says',
    data: { 'hsts-max-age': '86400', 'hsts-include-subdomains': 'false', 'hsts-preload': 'true' },
    asked: [[{ ...shop, https: true }, { headers: { 'strict-transport-security': 'max-age=86400; preload' } }]],
  },
  {
    name: 'worker-shutdown-timeout is a time that nginx takes',
    data: { 'worker-shutdown-timeout': '2w3d1h30m10s500ms' },
    asked: [[shop, { status: 308 }]],
  },
  {
    name: 'a wrong value is its default',
    data: { hsts: 'yes', 'http-redirect-code': '200' },
    asked: [
      [shop, { status: 308 }],
      [{ ...shop, https: true }, { headers: { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } }],
    ],
  },
];

describe('the ConfigMap of the controller', () => {
  test.each(rows)('$name', async ({ data, asked }) => {
    const served = await serve(
      backends => [
        { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'controller', namespace: 'ingress' }, data },
        ...app(backends, 'web'),
        ...app(backends, 'cart'),
        tlsSecret('shop-tls', 'shop'),
        userSecret('users'),
        ingress({
          host: 'shop.example.com',
          tls: [{ hosts: ['shop.example.com'], secretName: 'shop-tls' }],
          paths: [
            ['/', 'Prefix', 'web'],
            ['/open', 'Prefix', 'cart'],
          ],
        }),
        ingress({
          name: 'annotated',
          host: 'shop.example.com',
          annotations: { 'ssl-redirect': 'true' },
          paths: [['/annotated', 'Prefix', 'web']],
        }),
        ingress({ name: 'plain', host: 'plain.example.com', paths: [['/', 'Prefix', 'web']] }),
        ingress({
          name: 'locked',
          host: 'plain.example.com',
          annotations: { 'auth-type': 'basic', 'auth-secret': 'users' },
          paths: [
            ['/locked', 'Prefix', 'web'],
            ['/locked/open', 'Prefix', 'web'],
          ],
        }),
      ],
      ['--controller-config', 'ingress/controller'],
    );
    try {
      for (const [question, expected] of asked) expectAnswer(await served.ask(question), expected);
    } finally {
      await served.stop();
    }
  });
});
