import { expect, test } from 'vitest';

import { foreignItems, names } from '../../../../src/live/publish/ingress-status.ts';

const IP = { ip: '192.0.2.1' };
const V6 = { ip: '2001:db8::1' };
const HOST = { hostname: 'lb.example.net' };

test.each([
  { name: 'equal addresses', items: [IP], addresses: [IP], equal: true },
  { name: 'another order', items: [V6, IP], addresses: [IP, V6], equal: true },
  {
    name: 'ports beside an address, which only the server writes',
    items: [{ ...IP, ports: [] }],
    addresses: [IP],
    equal: true,
  },
  { name: 'a host name', items: [HOST], addresses: [HOST], equal: true },
  { name: 'nothing', items: [], addresses: [IP], equal: false },
  { name: 'one too many', items: [IP, V6], addresses: [IP], equal: false },
  { name: 'the same twice', items: [IP, IP], addresses: [IP, V6], equal: false },
  { name: 'a host name beside an address', items: [{ ...IP, ...HOST }], addresses: [HOST], equal: false },
  { name: 'what is no object', items: ['192.0.2.1'], addresses: [IP], equal: false },
])('$name: $equal', ({ items, addresses, equal }) => {
  expect(names(items, addresses)).toBe(equal);
});

test('what others wrote stays', () => {
  expect(foreignItems([IP, HOST, V6], [V6, IP])).toEqual([HOST]);
});
