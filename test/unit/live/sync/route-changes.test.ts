import { expect, test } from 'vitest';

import type { RouteRow } from '../../../../src/answers/routes.ts';
import { routeChanges } from '../../../../src/live/sync/route-changes.ts';

function row(host: string, path: string, upstream = 'shop-web-80'): RouteRow {
  return {
    host,
    path,
    match: 'prefix',
    target: { kind: 'upstream', name: upstream },
    tls: { kind: 'placeholder' },
    policies: [],
    ingress: 'Ingress shop/web',
  };
}

const A = row('a.example.com', '/');
const B = row('b.example.com', '/');

test.each([
  { name: 'none', before: [], after: [], changes: { total: 0, added: 0, removed: 0, changed: 0 } },
  { name: 'new ones', before: [], after: [A, B], changes: { total: 2, added: 2, removed: 0, changed: 0 } },
  { name: 'ones that are gone', before: [A, B], after: [B], changes: { total: 1, added: 0, removed: 1, changed: 0 } },
  {
    name: 'one that leads elsewhere',
    before: [A, B],
    after: [A, row('b.example.com', '/', 'shop-cart-80')],
    changes: { total: 2, added: 0, removed: 0, changed: 1 },
  },
  {
    name: 'some of each kind',
    before: [A, B, row('c.example.com', '/')],
    after: [row('b.example.com', '/', 'shop-cart-80'), A, row('d.example.com', '/')],
    changes: { total: 3, added: 1, removed: 1, changed: 1 },
  },
  {
    name: 'equal ones',
    before: [A],
    after: [row('a.example.com', '/')],
    changes: { total: 1, added: 0, removed: 0, changed: 0 },
  },
])('counts $name', ({ before, after, changes }) => {
  expect(routeChanges(before, after)).toEqual(changes);
});
