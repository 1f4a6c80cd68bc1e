import { expect, test } from 'vitest';

import { diffRoutes } from '../../../src/answers/diff.ts';
import type { RouteRow } from '../../../src/answers/routes.ts';

const ROW: RouteRow = {
  host: 'shop.example.com',
  match: 'prefix',
  path: '/',
  target: { kind: 'upstream', name: 'shop-web-80' },
  tls: { kind: 'placeholder' },
  policies: [],
  ingress: 'Ingress shop/web',
};

const CART: RouteRow = { ...ROW, path: '/cart' };

test.each<{
  readonly name: string;
  readonly before: readonly RouteRow[];
  readonly after: readonly RouteRow[];
  readonly added?: readonly string[];
  readonly removed?: readonly string[];
  readonly changed?: readonly string[];
}>([
  { name: 'equal routes have no difference', before: [ROW], after: [{ ...ROW }] },
  {
    name: 'nor has the order in which their fields were written',
    before: [{ ...ROW, target: { kind: 'status', code: 503, reason: 'closed' } }],
    after: [{ ...ROW, target: { reason: 'closed', code: 503, kind: 'status' } }],
  },
  { name: 'nor have the same rows in another order', before: [ROW, CART], after: [CART, ROW] },
  {
    name: 'rows that are the same do not hide one that came, one that went and one that changed',
    before: [ROW, CART, { ...ROW, path: '/old' }],
    after: [{ ...CART, policies: ['basicAuth'] }, ROW, { ...ROW, path: '/new' }],
    added: ['/new'],
    removed: ['/old'],
    changed: ['/cart policies'],
  },
  { name: 'a path more is added', before: [ROW], after: [{ ...ROW, path: '/cart' }, ROW], added: ['/cart'] },
  { name: 'a path less is removed', before: [ROW, { ...ROW, path: '/cart' }], after: [ROW], removed: ['/cart'] },
  {
    name: 'the same path with another match is another route',
    before: [ROW],
    after: [{ ...ROW, match: 'exact' }],
    added: ['/'],
    removed: ['/'],
  },
  {
    name: 'another upstream is a change',
    before: [ROW],
    after: [{ ...ROW, target: { kind: 'upstream', name: 'shop-new-80' } }],
    changed: ['/ target'],
  },
  {
    name: 'several fields may change at once',
    before: [ROW],
    after: [{ ...ROW, tls: { kind: 'certificate', id: 'shop_tls' }, policies: ['basicAuth'], ingress: undefined }],
    changed: ['/ tls policies ingress'],
  },
])('$name', ({ before, after, added = [], removed = [], changed = [] }) => {
  const diff = diffRoutes(before, after);
  expect({
    added: diff.added.map(({ path }) => path),
    removed: diff.removed.map(({ path }) => path),
    changed: diff.changed.map(change => `${change.after.path} ${change.fields.join(' ')}`),
  }).toEqual({ added, removed, changed });
});
