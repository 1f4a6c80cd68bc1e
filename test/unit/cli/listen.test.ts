import { expect, test } from 'vitest';

import { thoseOf } from '../../../src/cli/listen.ts';

const ALL = ['0.0.0.0', '::'];
const LOOPBACK = ['127.0.0.1', '::1'];

test.each([
  { name: 'with IPv6', addresses: ['127.0.0.1', '::1', '10.0.0.5', 'fe80::1'], wanted: ALL, found: ALL },
  { name: 'with IPv6, on loopback', addresses: ['127.0.0.1', '::1'], wanted: LOOPBACK, found: LOOPBACK },
  { name: 'without IPv6', addresses: ['127.0.0.1', '10.0.0.5'], wanted: ALL, found: ['0.0.0.0'] },
  { name: 'without IPv6, on loopback', addresses: ['127.0.0.1'], wanted: LOOPBACK, found: ['127.0.0.1'] },
  {
    name: 'with IPv6 elsewhere than on loopback',
    addresses: ['127.0.0.1', 'fd00::5'],
    wanted: LOOPBACK,
    found: ['127.0.0.1'],
  },
  { name: 'that says nothing', addresses: [], wanted: ALL, found: ['0.0.0.0'] },
])('a machine $name listens on $found', ({ addresses, wanted, found }) => {
  expect(thoseOf(addresses, wanted)).toEqual(found);
});
