import { BlockList, isIPv4, isIPv6 } from 'node:net';

import fc from 'fast-check';
import { expect, test } from 'vitest';

import { runs } from './runs.ts';
import { networkOf } from '../../src/options/networks.ts';
import { addressBytes, isWithin } from '../../src/routing/networks.ts';

const address = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc.constantFrom('::', '::1', '0.0.0.0', '::ffff:10.0.0.1', '2001:db8::1'),
);
const text = fc.oneof(address, fc.stringMatching(/^[0-9a-f:.]{0,24}$/));

test('an address is one for node:net if it is one here', () => {
  fc.assert(
    fc.property(text, word => {
      expect(addressBytes(word) !== undefined).toBe(isIPv4(word) || (isIPv6(word) && !word.includes('%')));
    }),
    runs(2000),
  );
});

/** What node:net says of two addresses of one family. */
function isInBlock(one: string, base: string, prefix: number): boolean {
  const family = isIPv4(base) ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(base, prefix, family);
  return list.check(one, family);
}

test('an address lies in the networks in which it lies for node:net', () => {
  fc.assert(
    fc.property(fc.ipV4(), fc.ipV4(), fc.integer({ min: 0, max: 32 }), (one, other, prefix) => {
      const network = networkOf(`${other}/${prefix}`) ?? '';
      expect(isWithin(one, network)).toBe(isInBlock(one, other, prefix));
      expect(isWithin(other, network)).toBe(true);
    }),
    runs(500),
  );
  fc.assert(
    fc.property(fc.ipV6(), fc.ipV6(), fc.integer({ min: 0, max: 128 }), (one, other, prefix) => {
      const isMapped = (word: string): boolean => addressBytes(word)?.length === 4;
      fc.pre(!isMapped(one) && !isMapped(other));
      const network = networkOf(`${other}/${prefix}`) ?? '';
      expect(isWithin(one, network)).toBe(isInBlock(one, other, prefix));
      expect(isWithin(other, network)).toBe(true);
    }),
    runs(500),
  );
});

test.each([
  ['an IPv4 address within IPv6 is the IPv4 one', '::ffff:10.1.2.3', '10.0.0.0/8', true],
  ['an IPv4 address lies in no network of IPv6', '10.1.2.3', '::/0', false],
  ['everybody lies in all', '2001:db8::1', 'all', true],
  ['a single address is a network', '10.0.0.1', '10.0.0.1', true],
  ['what is no address lies nowhere', 'localhost', '0.0.0.0/0', false],
])('%s', (_, one, network, isInside) => {
  expect(isWithin(one, network)).toBe(isInside);
});
