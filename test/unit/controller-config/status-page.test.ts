import { expect, test } from 'vitest';

import { statusPage } from '../../../src/controller-config/status-page.ts';
import { runOptions } from '../../support/annotations.ts';
import { linesOf } from '../../support/resources.ts';

const IPV4 = 'nginx-status-ipv4-whitelist';
const IPV6 = 'nginx-status-ipv6-whitelist';

test.each<{ name: string; data: Readonly<Record<string, string>>; asks?: object; lines?: readonly string[] }>([
  { name: 'is not there by default', data: {} },
  {
    name: 'is for the clients of both lists',
    data: { [IPV4]: '10.0.0.0/8, 192.0.2.7', [IPV6]: '2001:db8::/32' },
    asks: { readers: ['10.0.0.0/8', '192.0.2.7', '2001:db8::/32'] },
  },
  { name: 'has the default of the list that is not set', data: { [IPV4]: '' }, asks: { readers: ['::1'] } },
  { name: 'is there with the second list alone', data: { [IPV6]: '' }, asks: { readers: ['127.0.0.1'] } },
  {
    name: 'is for nobody of a list with a wrong entry',
    data: { [IPV4]: '10.0.0.0/8,all' },
    asks: { readers: ['::1'] },
    lines: [`invalid-guard-option: ${IPV4}: "10.0.0.0/8,all" has "all", which is no IP address or network`],
  },
])('the status page $name', ({ data, asks, lines = [] }) => {
  const { policy, found } = runOptions(statusPage, data);
  expect(policy).toEqual(asks);
  expect(linesOf(found)).toEqual(lines);
});
