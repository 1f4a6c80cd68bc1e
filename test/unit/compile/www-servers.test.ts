import { expect, test } from 'vitest';

import type { IngressParts } from '../../support/resources.ts';
import { appOf, compiled, ingressOf, tlsSecretOf } from '../../support/resources.ts';

const asking = (host: string, parts: IngressParts = {}) =>
  ingressOf({
    name: host.replaceAll(/[*.]/g, '-'),
    hosts: { [host]: [['/', 'web:80']] },
    annotations: { 'from-to-www-redirect': 'true' },
    ...parts,
  });
const of = (...resources: Parameters<typeof compiled>[0]) => compiled([...appOf('web', '10.0.0.1'), ...resources]);

test('the other names of hosts stand among the servers in their order', () => {
  const { routing, locations, lines } = of(
    asking('shop.io'),
    asking('www.blog.io'),
    asking('x.io', { annotations: {} }),
  );
  expect(routing.servers.map(({ host }) => host)).toEqual([
    '_',
    'blog.io',
    'shop.io',
    'www.blog.io',
    'www.shop.io',
    'x.io',
  ]);
  expect(locations('shop.io')).toHaveLength(1);
  const [blog, shop] = ['blog.io', 'www.shop.io'].map(name => routing.servers.find(({ host }) => host === name));
  const from = [{ by: 'annotation', name: 'from-to-www-redirect' }];
  expect(blog?.locations.map(({ target }) => target)).toMatchObject([
    { kind: 'redirect', code: 308, to: { kind: 'host', host: 'www.blog.io' }, from },
  ]);
  expect(shop?.locations.map(({ target }) => target)).toMatchObject([
    { kind: 'redirect', code: 308, to: { kind: 'host', host: 'shop.io' }, from },
  ]);
  expect(lines).toEqual([]);
});

test.each([
  { name: 'a host of its own', given: ['x.io', 'www.x.io'], hosts: ['_', 'www.x.io', 'x.io'], count: 2 },
  {
    name: 'the other name of another one',
    given: ['x.io', 'www.www.x.io'],
    hosts: ['_', 'www.www.x.io', 'www.x.io', 'x.io'],
    count: 1,
  },
  { name: 'a wildcard', given: ['*.x.io'], hosts: ['_', '*.x.io'], count: 1 },
])('no name is sent elsewhere that is $name', ({ given, hosts, count }) => {
  const { routing, lines } = of(...given.map(host => asking(host)));
  expect(routing.servers.map(({ host }) => host)).toEqual(hosts);
  expect(lines).toHaveLength(count);
  expect(lines[0]).toMatch(/^annotation-without-effect: from-to-www-redirect has no effect on /);
});

test('who has no path of the host asks for nothing there', () => {
  const { routing } = of(
    asking('x.io', { name: 'old', annotations: {}, createdAt: '2020-01-01T00:00:00Z' }),
    asking('x.io', { name: 'young', createdAt: '2024-01-01T00:00:00Z' }),
  );
  expect(routing.servers.map(({ host }) => host)).toEqual(['_', 'x.io']);
});

test('a name has the certificate of the host if that covers it, else that of its wildcard', () => {
  const wild = '*.apps.example.com';
  const { routing } = of(
    asking('apps.example.com'),
    asking('a.apps.example.com'),
    asking('shop.example.com', { tls: { shop: ['shop.example.com'] } }),
    asking(wild, { annotations: {}, tls: { apps: [wild] } }),
    tlsSecretOf('apps', 'wildcard'),
    tlsSecretOf('shop', 'shop'),
  );
  const certificateOf = (name: string) => routing.servers.find(server => server.host === name)?.certificate;
  expect(certificateOf('www.shop.example.com')).toBe('shop_shop');
  expect(certificateOf('www.apps.example.com')).toBe('shop_apps');
  expect(certificateOf('a.apps.example.com')).toBe('shop_apps');
  expect(certificateOf('www.a.apps.example.com')).toBeUndefined();
});
