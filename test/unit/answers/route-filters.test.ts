import { describe, expect, test } from 'vitest';

import { listRoutes } from '../../../src/answers/listed-routes.ts';
import { reachedHosts } from '../../../src/answers/reached-hosts.ts';
import type { RouteFilters } from '../../../src/answers/route-filters.ts';
import { filterRoutes, unknownPolicy, unknownTexts } from '../../../src/answers/route-filters.ts';
import { appOf, compiled, ingressOf, serviceOf, sliceOf } from '../../support/resources.ts';

const { routing } = compiled([
  ingressOf({
    name: 'shop',
    annotations: { 'enable-cors': 'true' },
    hosts: {
      'a.io': [
        ['/', 'web:80'],
        ['/api', 'api:80'],
      ],
      '*.b.io': [['/', 'gone:80']],
    },
  }),
  ingressOf({ name: 'blog', namespace: 'blog', hosts: { 'c.io': [['/', 'web:80']] } }),
  ...appOf('web', '10.0.0.1'),
  ...appOf('api', '10.0.0.2'),
  serviceOf('gone', ['http:80->8080']),
  sliceOf('gone', ['http:8080'], ['-10.0.0.9']),
]);
const ROUTES = listRoutes(routing);

const SERVICES = [serviceOf('gone', ['http:80->8080']), serviceOf('web', ['http:80'])];

function found(filters: Partial<RouteFilters>): readonly string[] {
  const all = { hosts: [], namespaces: [], services: [], policies: [], ...filters };
  return filterRoutes(ROUTES, all, SERVICES).map(({ host, path }) => `${host}${path}`);
}

describe('routes are found', () => {
  test.each<{ name: string; filters: Partial<RouteFilters>; routes: readonly string[] }>([
    { name: 'by a host', filters: { hosts: ['a.io'] }, routes: ['a.io/api/', 'a.io/api', 'a.io/'] },
    { name: 'by either of two hosts', filters: { hosts: ['c.io', '*.b.io'] }, routes: ['*.b.io/', 'c.io/'] },
    { name: 'by the namespace of their Ingress', filters: { namespaces: ['blog'] }, routes: ['c.io/'] },
    { name: 'by a Service', filters: { services: ['api'] }, routes: ['a.io/api/', 'a.io/api'] },
    { name: 'by a Service of a namespace', filters: { services: ['shop/web'] }, routes: ['a.io/'] },
    { name: 'by a port of a Service', filters: { services: ['shop/api:80'] }, routes: ['a.io/api/', 'a.io/api'] },
    { name: 'by a port without namespace', filters: { services: ['api:80'] }, routes: ['a.io/api/', 'a.io/api'] },
    {
      name: 'by the name of a port that the Ingress has by number',
      filters: { services: ['gone:http'] },
      routes: ['*.b.io/'],
    },
    { name: 'by no other port', filters: { services: ['shop/api:81'] }, routes: [] },
    { name: 'by a Service of which nothing is ready', filters: { services: ['shop/gone'] }, routes: ['*.b.io/'] },
    { name: 'by a policy', filters: { policies: ['cors'], hosts: ['*.b.io'] }, routes: ['*.b.io/'] },
    { name: 'by all kinds of filters at once', filters: { policies: ['cors'], namespaces: ['blog'] }, routes: [] },
  ])('$name', ({ filters, routes }) => {
    expect(found(filters)).toEqual(routes);
  });
});

test('the Secret of a certificate is named, and nothing of it is shown', () => {
  const from = { resource: { kind: 'Secret', namespace: 'shop', name: 'web-tls' }, field: { document: 'd', path: [] } };
  const file = { kind: 'key-pair', id: 'shop_web-tls', chain: 'CHAIN', key: 'KEY', from } as const;
  const servers = routing.servers.map(server => ({ ...server, certificate: 'shop_web-tls' }));
  const [route] = listRoutes({ ...routing, servers, files: [file] });
  expect(route?.tls).toEqual({ kind: 'certificate', id: 'shop_web-tls', secret: 'Secret shop/web-tls' });
  expect(JSON.stringify(route)).not.toMatch(/CHAIN|KEY/);
});

test('a Service of which nothing is ready says how many endpoints it has', () => {
  const [route] = filterRoutes(ROUTES, { hosts: ['*.b.io'], namespaces: [], services: [], policies: [] });
  expect(route?.backends).toEqual([{ service: 'shop/gone:80', endpoints: { ready: 0, all: 1 } }]);
});

test('a port that the Ingress has by name is found by its number, too', () => {
  const named = compiled([ingressOf({ hosts: { 'a.io': [['/', 'web:http']] } }), serviceOf('web', ['http:80'])]);
  const filters = { hosts: [], namespaces: [], policies: [] };
  const routes = listRoutes(named.routing);
  const services = [serviceOf('web', ['http:80'])];
  for (const asked of ['web:80', 'shop/web:80', 'web:http', 'shop/web:http', 'web']) {
    expect(filterRoutes(routes, { ...filters, services: [asked] }, services)).toHaveLength(1);
  }
  expect(filterRoutes(routes, { ...filters, services: ['web:81'] }, services)).toEqual([]);
});

describe('what no route has is said with what was meant', () => {
  test.each([
    { name: 'a Service', services: ['webb'], namespaces: [], says: [{ kind: 'Service', text: 'webb', meant: 'web' }] },
    {
      name: 'a Service with namespace and port',
      services: ['shop/gone:htp'],
      namespaces: [],
      says: [{ kind: 'Service', text: 'shop/gone:htp', meant: 'shop/gone:http' }],
    },
    {
      name: 'a namespace',
      services: [],
      namespaces: ['blgo'],
      says: [{ kind: 'namespace', text: 'blgo', meant: 'blog' }],
    },
    {
      name: 'nothing near',
      services: ['zzz'],
      namespaces: [],
      says: [{ kind: 'Service', text: 'zzz', meant: undefined }],
    },
    { name: 'what routes have', services: ['web', 'gone:http'], namespaces: ['shop'], says: [] },
  ])('$name', ({ services, namespaces, says }) => {
    expect(unknownTexts(ROUTES, { services, namespaces }, SERVICES)).toEqual(says);
  });
});

test('the policy that was meant is named', () => {
  expect(unknownPolicy(['cors', 'basic-auth'])).toMatchObject({ name: 'basic-auth', meant: 'basicAuth' });
  expect(unknownPolicy(['cors', 'basicAuth'])).toBeUndefined();
});

describe('a host leads to', () => {
  test.each([
    { name: 'the server of that name', asked: 'a.io', host: 'a.io', notes: [] },
    { name: 'the same in capitals', asked: 'A.io', host: 'a.io', notes: [] },
    {
      name: 'a wildcard, and that is said',
      asked: 'x.b.io',
      host: '*.b.io',
      notes: ['x.b.io is served by the host *.b.io'],
    },
    { name: 'the wildcard itself where it is asked for', asked: '*.b.io', host: '*.b.io', notes: [] },
    {
      name: 'the default server, and that is said',
      asked: 'none.io',
      host: '_',
      notes: ['no Ingress has the host none.io: the default server takes its requests'],
    },
    { name: 'nothing where it is a wildcard that nobody has', asked: '*.none.io', host: '*.none.io', notes: [] },
    {
      name: 'nothing where nginx would refuse it',
      asked: 'a b',
      host: 'a b',
      notes: ['a b: "a b" is no valid Host header'],
    },
  ])('$name', ({ asked, host, notes }) => {
    expect(reachedHosts(routing, [asked])).toEqual({ hosts: [host], notes });
  });
});
