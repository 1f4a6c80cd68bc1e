import { Chalk } from 'chalk';
import { expect, test } from 'vitest';

import { routesOf } from '../../../src/answers/routes.ts';
import { routesTable } from '../../../src/report/routes-table.ts';
import { ROUTING } from './routing-sample.ts';

const style = new Chalk({ level: 0 });

test('a route says where it leads, what clients see there, and who asked for it', () => {
  expect(routesOf(ROUTING)[2]).toEqual({
    host: 'shop.example.com',
    match: 'prefix',
    path: '/admin/',
    target: { kind: 'upstream', name: 'shop-admin-80' },
    tls: { kind: 'certificate', id: 'shop_tls' },
    policies: ['basicAuth', 'tlsRedirect'],
    ingress: 'Ingress shop/web',
  });
});

test('the table is one line for each location, in the order of the configuration', () => {
  expect(`\n${routesTable(routesOf(ROUTING), style)}`).toBe(`
HOST              MATCH   PATH       TARGET                    TLS          POLICIES               INGRESS
(any other)       exact   /healthz   200 (health check)        placeholder  -                      -
(any other)       prefix  /          404 (no default backend)  placeholder  -                      -
shop.example.com  prefix  /admin/    shop-admin-80             shop_tls     basicAuth,tlsRedirect  shop/web
shop.example.com  prefix  /          shop-web-80               shop_tls     -                      shop/web
api.example.com   regex   ^/v[0-9]+  503 (no ready endpoint)   placeholder  -                      shop/api
`);
});

test('the table is its heading when there is no route', () => {
  expect(routesTable([], style)).toBe('HOST  MATCH  PATH  TARGET  TLS  POLICIES  INGRESS\n');
});

test('nothing secret is in the answer', () => {
  expect(JSON.stringify(routesOf(ROUTING))).not.toContain('alice');
});
