import { expect, test } from 'vitest';

import { fileStem, parseReference } from '../../../src/cluster/object-name.ts';

test.each([
  { name: 'joins namespace and name by what neither can hold', parts: ['shop', 'tls'], stem: 'shop_tls' },
  { name: 'tells a-b/c', parts: ['a-b', 'c'], stem: 'a-b_c' },
  { name: 'from a/b-c', parts: ['a', 'b-c'], stem: 'a_b-c' },
  { name: 'adds a suffix', parts: ['shop', 'users', 'map'], stem: 'shop_users_map' },
])('fileStem $name', ({ parts, stem }) => {
  const [namespace = '', name = '', suffix] = parts;
  expect(fileStem(namespace, name, suffix)).toBe(stem);
});

test('fileStem cuts long names and still tells them apart', () => {
  const long = 'x'.repeat(253);
  const [one, other] = [fileStem('shop', `${long}a`), fileStem('shop', `${long}b`)];
  expect(one).not.toBe(other);
  expect(one).toMatch(/^shop_x{175}_[0-9a-f]{8}$/);
});

test.each([
  { text: 'users', found: { namespace: 'shop', name: 'users' } },
  { text: 'billing/users', found: { namespace: 'billing', name: 'users' } },
  { text: '', found: undefined },
  { text: '/', found: undefined },
  { text: '/users', found: undefined },
  { text: 'billing/', found: undefined },
  { text: 'a/b/c', found: undefined },
])('the reference "$text"', ({ text, found }) => {
  expect(parseReference(text, 'shop')).toEqual(found);
});
