import { expect, test } from 'vitest';

import { kindOfRanges, sortedNetworks } from '../../../../src/answers/diff/networks.ts';
import type { SourceRange } from '../../../../src/routing/policies/source-range.ts';

const allowed = (...networks: readonly string[]): SourceRange => ({ denied: [], allowed: networks });
const denied = (...networks: readonly string[]): SourceRange => ({ denied: networks });

test.each<readonly [string, SourceRange | undefined, SourceRange | undefined, string]>([
  ['one comes', undefined, allowed('10.0.0.0/8'), 'allow-list-added'],
  ['one goes', allowed('10.0.0.0/8'), undefined, 'allow-list-removed'],
  ['a network more', allowed('10.0.0.0/8'), allowed('10.0.0.0/8', '192.0.2.1'), 'allow-list-widened'],
  [
    'a network that the others have already',
    allowed('10.0.0.0/8'),
    allowed('10.0.0.0/8', '10.1.0.0/16'),
    'allow-list-widened',
  ],
  ['a part of a network', allowed('2001:db8::/32'), allowed('2001:db8:0:1::/64'), 'allow-list-narrowed'],
  ['an IPv4 network is none of IPv6', allowed('0.0.0.0/0'), allowed('::/0'), 'allow-list-changed'],
  [
    'an IPv6 address that ends in one of IPv4',
    allowed('::ffff:0:0/96'),
    allowed('::ffff:10.0.0.1'),
    'allow-list-narrowed',
  ],
  ['nobody is denied any more', denied('10.0.0.0/8'), denied(), 'allow-list-removed'],
  ['fewer are denied', denied('10.0.0.0/8'), denied('10.1.0.0/16'), 'allow-list-widened'],
  ['more are denied', denied('10.1.0.0/16'), denied('10.0.0.0/8'), 'allow-list-narrowed'],
])('%s', (_, before, after, kind) => {
  expect(kindOfRanges(before, after)).toBe(kind);
});

test('the order of networks is nothing, and what they are is', () => {
  expect(sortedNetworks(['192.0.2.1', '10.0.0.0/8', '::1'])).toEqual(
    sortedNetworks(['::1', '10.0.0.0/8', '192.0.2.1']),
  );
  expect(sortedNetworks(['0.0.0.0/0', '::/0'])).not.toEqual(sortedNetworks(['0.0.0.0/0']));
  expect(sortedNetworks(['10.0.0.1'])).not.toEqual(sortedNetworks(['10.0.0.2']));
});
