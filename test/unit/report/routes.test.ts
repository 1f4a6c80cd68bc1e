import { Chalk } from 'chalk';
import { describe, expect, test } from 'vitest';

import type { ListedRoute, RouteBackend } from '../../../src/answers/listed-routes.ts';
import { listRoutes } from '../../../src/answers/listed-routes.ts';
import { ALL_COLUMNS, cellsOf, USUAL_COLUMNS } from '../../../src/report/route-columns.ts';
import { routesCsv } from '../../../src/report/routes-csv.ts';
import { routesMarkdown } from '../../../src/report/routes-markdown.ts';
import { routesTable } from '../../../src/report/routes-table.ts';
import { ROUTING } from '../answers/routing-sample.ts';

const style = new Chalk({ level: 0 });
const ROUTES = listRoutes(ROUTING);

/** A route with nothing but what is given. */
function routeWith(parts: Partial<ListedRoute>): ListedRoute {
  return {
    host: 'a.io',
    match: 'prefix',
    path: '/',
    target: { kind: 'upstream', name: 'shop-web-80' },
    tls: { kind: 'placeholder' },
    policies: [],
    ingress: undefined,
    backends: [],
    askedBy: [],
    namespaces: [],
    ...parts,
  };
}

describe('the table', () => {
  test('is one line for each location, in the order of the configuration', () => {
    expect(`\n${routesTable(ROUTES, { shown: USUAL_COLUMNS, style })}`).toBe(`
HOST              MATCH   PATH       TARGET                    ENDPOINTS  TLS          POLICIES               INGRESS
(any other)       exact   /healthz   200 (health check)        -          placeholder  -                      -
(any other)       prefix  /          404 (no default backend)  -          placeholder  -                      -
shop.example.com  prefix  /admin/    shop-admin-80             ?          shop_tls     basicAuth,tlsRedirect  shop/web
shop.example.com  prefix  /          shop-web-80               ?          shop_tls     -                      shop/web
api.example.com   regex   ^/v[0-9]+  503 (no ready endpoint)   -          placeholder  -                      shop/api
`);
  });

  test('is its heading when there is no route', () => {
    expect(routesTable([], { shown: USUAL_COLUMNS, style })).toBe(
      'HOST  MATCH  PATH  TARGET  ENDPOINTS  TLS  POLICIES  INGRESS\n',
    );
  });

  test('becomes a few lines for each route where it is wider than the terminal', () => {
    const [, , admin] = ROUTES;
    const text = routesTable(admin === undefined ? [] : [admin], { shown: ALL_COLUMNS, style, columns: 60 });
    expect(`\n${text}`).toBe(`
shop.example.com  prefix  /admin/
    -> shop-admin-80
    rule: -  service: -  endpoints: ?  tls: shop_tls
      secret: -  policies: basicAuth,tlsRedirect  asked by:
      example  ingress: shop/web
`);
  });
});

describe('endpoints are', () => {
  test.each<{ name: string; backends: readonly RouteBackend[]; text: string }>([
    { name: 'ready ones of all', backends: [{ upstream: 'u', endpoints: { ready: 2, all: 3 } }], text: '2/3' },
    { name: 'none of all where requests get a 503', backends: [{ endpoints: { ready: 0, all: 3 } }], text: '0/3' },
    {
      name: 'those of each share',
      backends: [{ endpoints: { ready: 1, all: 1 } }, { via: 'cluster-ip' }],
      text: '1/1, cluster IP',
    },
    { name: 'behind a name that nginx looks up', backends: [{ via: 'dns-name' }], text: 'DNS name' },
    { name: 'unknown for a Service that is not there', backends: [{ service: 'shop/web:80' }], text: '?' },
    { name: 'none where nginx answers by itself', backends: [], text: '' },
  ])('$name', ({ backends, text }) => {
    const endpoints = USUAL_COLUMNS.filter(({ heading }) => heading === 'endpoints');
    expect(cellsOf(routeWith({ backends }), endpoints)).toEqual([text]);
  });
});

describe('csv', () => {
  const pathIn = (path: string): string => routesCsv([routeWith({ path })]).split('\r\n')[1] ?? '';
  test('has all columns and lines that end in CRLF', () => {
    expect(routesCsv([routeWith({ policies: ['cors', 'limits'] })])).toBe(
      'host,match,path,rule,target,service,endpoints,tls,secret,policies,asked_by,ingress\r\n' +
        'a.io,prefix,/,,shop-web-80,,,placeholder,,"cors,limits",,\r\n',
    );
  });

  test.each([
    { name: 'a comma is quoted', path: '/a,b', field: '"/a,b"' },
    { name: 'a quote is doubled', path: '/a"b', field: '"/a""b"' },
    { name: 'what a spreadsheet takes for a formula is text', path: '=1+2', field: "'=1+2" },
    { name: 'the same for a name of a function', path: '@SUM(1,2)', field: `"'@SUM(1,2)"` },
    { name: 'a line end shows as an escape', path: '/a\nb', field: String.raw`/a\nb` },
  ])('$name', ({ path, field }) => {
    expect(pathIn(path)).toBe(`a.io,prefix,${field},,shop-web-80,,,placeholder,,,,`);
  });
});

test('no text of a manifest is markup in Markdown', () => {
  const text = routesMarkdown([routeWith({ path: '/a|b/<img src=x>/[x](http://y)/`c`/@me' })]);
  expect(text.split('\n')[2]).toBe(
    '| a.io | prefix | /a&#124;b/&#60;img src=x&#62;/&#91;x&#93;&#40;http&#58;//y&#41;/&#96;c&#96;/&#64;me | shop-web-80 |  | placeholder |  |  |',
  );
});
