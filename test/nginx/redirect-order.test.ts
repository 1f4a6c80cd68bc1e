import { request } from 'node:http';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { expectAnswer } from '../support/client.ts';
import { app, ingress, rule, service, tlsSecret, userSecret } from '../support/manifests.ts';
import { serve } from '../support/serve.ts';
import type { Served } from '../support/serve.ts';

const MIB = 1024 * 1024;
const NEW = 'https://new.example.com';
let served: Served;

const withTls = (host: string) => ({ host, tls: [{ hosts: [host], secretName: 'shop-tls' }] });

beforeAll(async () => {
  served = await serve(
    backends => [
      ...app(backends, 'web'),
      // Nobody is ready.
      service('idle', [{ number: 80, pod: 8080 }]),
      tlsSecret('shop-tls', 'shop'),
      userSecret('users'),
      ingress({ name: 'folder', ...withTls('folder.example.com'), paths: [['/docs/', 'Prefix', 'web']] }),
      ingress({
        name: 'plain',
        host: 'plain.example.com',
        paths: [
          ['/docs/', 'Prefix', 'web'],
          ['/', 'Prefix', 'web'],
        ],
      }),
      ingress({ name: 'exact', host: 'exact.example.com', paths: [['/docs/', 'Exact', 'web']] }),
      ingress({ name: 'odd', host: 'odd.example.com', paths: [['/a b?$host/ä/', 'Prefix', 'web']] }),
      ingress({
        name: 'idle',
        ...withTls('idle.example.com'),
        paths: [
          ['/docs/', 'Prefix', 'idle'],
          ['/', 'Prefix', 'web'],
        ],
      }),
      ingress({
        name: 'both',
        ...withTls('both.example.com'),
        paths: [
          ['/docs/', 'Prefix', 'web'],
          ['/docs', 'Exact', 'web'],
        ],
      }),
      ingress({
        name: 'moved',
        ...withTls('moved.example.com'),
        annotations: { 'rewrite-target': `${NEW}/$1` },
        paths: [['/old/(.*)', 'ImplementationSpecific', 'web']],
      }),
      ingress({
        name: 'gone',
        rules: [rule('gone.example.com', undefined)],
        annotations: { 'rewrite-target': `${NEW}/$1` },
      }),
      ingress({
        name: 'idle-and-moved',
        ...withTls('idle-moved.example.com'),
        annotations: { 'rewrite-target': `${NEW}/`, 'auth-type': 'basic', 'auth-secret': 'users' },
        paths: [['/', 'Prefix', 'idle']],
      }),
      ingress({
        name: 'uri',
        host: 'uri.example.com',
        annotations: { 'rewrite-target': `${NEW}$uri` },
        paths: [['/', 'Prefix', 'web']],
      }),
      ingress({ name: 'shop', ...withTls('shop.example.com'), paths: [['/', 'Prefix', 'web']] }),
    ],
    ['--on-error', 'isolate'],
  );
});
afterAll(() => served.stop());

const to = (status: number, location: string) => ({ status, pod: null, headers: { location } }) as const;

describe('a folder without its slash is redirected to it', () => {
  test.each([
    {
      name: 'before the redirect to HTTPS',
      host: 'folder.example.com',
      path: '/docs',
      location: 'http://folder.example.com/docs/',
    },
    {
      name: 'with the query',
      host: 'plain.example.com',
      path: '/docs?a=%2Fb',
      location: 'http://plain.example.com/docs/?a=%2Fb',
    },
    {
      name: 'to the port that was asked',
      host: 'plain.example.com:8123',
      path: '/docs',
      location: 'http://plain.example.com:8123/docs/',
    },
    {
      name: 'where the folder is an Exact path',
      host: 'exact.example.com',
      path: '/docs',
      location: 'http://exact.example.com/docs/',
    },
    {
      name: 'where nobody is ready',
      host: 'idle.example.com',
      path: '/docs',
      location: 'http://idle.example.com/docs/',
    },
    {
      name: 'as a URL writes it',
      host: 'odd.example.com',
      path: '/a%20b%3f$host/%C3%A4',
      location: 'http://odd.example.com/a%20b%3F%24host/%C3%A4/',
    },
  ])('$name', async ({ host, path, location }) => {
    expectAnswer(await served.ask({ host, path }), to(301, location));
  });

  test('over HTTPS too, with HSTS', async () => {
    const answer = await served.ask({ host: 'folder.example.com', path: '/docs', https: true });
    expectAnswer(answer, to(301, 'https://folder.example.com/docs/'));
    expect(answer.headers['strict-transport-security']).toContain('max-age');
  });

  test.each([
    {
      name: 'but not where a path has no slash',
      host: 'both.example.com',
      path: '/docs',
      location: 'https://both.example.com/docs',
    },
    {
      name: 'but not inside of it',
      host: 'folder.example.com',
      path: '/docs/',
      location: 'https://folder.example.com/docs',
    },
    {
      name: 'but not beside it',
      host: 'folder.example.com',
      path: '/docs2',
      location: 'https://folder.example.com/docs2',
    },
  ])('$name', async ({ host, path, location }) => {
    expectAnswer(await served.ask({ host, path }), to(308, location));
  });
});

describe('a rewrite to a URL redirects', () => {
  test.each([
    { name: 'before the redirect to HTTPS', host: 'moved.example.com', path: '/old/a?b=c', location: `${NEW}/a?b=c` },
    { name: 'what no path takes', host: 'moved.example.com', path: '/none', location: `${NEW}/` },
    { name: 'all of a host without a path', host: 'gone.example.com', path: '/none', location: `${NEW}/` },
    {
      name: 'where nobody is ready, and before the password',
      host: 'idle-moved.example.com',
      path: '/x',
      location: `${NEW}/`,
    },
    { name: 'with the path', host: 'uri.example.com', path: '/a/b', location: `${NEW}/a/b` },
  ])('$name', async ({ host, path, location }) => {
    expectAnswer(await served.ask({ host, path }), to(302, location));
  });

  test('without a header line from the path', async () => {
    const answer = await served.ask({ host: 'uri.example.com', path: '/a%0d%0aX-Evil:1' });
    expect(answer.status).toBe(302);
    expect(answer.headers).not.toHaveProperty('x-evil');
  });
});

describe('a body that is too large is refused before the redirect to HTTPS', () => {
  /** Says how long its body will be, and sends none of it. */
  const ask = (length: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const headers = { Host: 'shop.example.com', 'Content-Length': length };
      const { httpPort: port } = served.ports;
      const sent = request({ host: '127.0.0.1', port, method: 'POST', headers, agent: false });
      sent.on('error', reject).on('response', response => {
        resolve(response.statusCode);
        sent.destroy();
      });
      sent.flushHeaders();
    });

  test.each(['1048577', '1048580', '1048600', '1049000', '1050000', '1100000', '2000000', '10485760', '99999999999'])(
    'one of %s bytes',
    async length => {
      expect(await ask(length)).toBe(413);
    },
  );

  test.each(['1', '999999', '1000000', '1039999', '1047999', '1048499', '1048569', String(MIB)])(
    'but not one of %s bytes',
    async length => {
      expect(await ask(length)).toBe(308);
    },
  );
});
