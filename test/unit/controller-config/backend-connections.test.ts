import { expect, test } from 'vitest';

import { backendConnections } from '../../../src/controller-config/backend-connections.ts';
import { runOptions } from '../../support/annotations.ts';
import { linesOf } from '../../support/resources.ts';

const DEFAULTS = { kept: 8, lifetime: '1h', idleSeconds: 60, requests: 1000 };

test.each<{ name: string; data: Readonly<Record<string, string>>; asks?: object; lines?: readonly string[] }>([
  { name: 'are kept, a few of each upstream', data: {} },
  { name: 'are kept as asked', data: { 'upstream-keepalive-connections': '64' }, asks: { kept: 64 } },
  { name: 'are not kept in thousands', data: { 'upstream-keepalive-connections': '10000' }, asks: { kept: 128 } },
  { name: 'are closed with 0', data: { 'upstream-keepalive-connections': '0' }, asks: { kept: 0 } },
  { name: 'are closed with less than 0', data: { 'upstream-keepalive-connections': '-5' }, asks: { kept: 0 } },
  { name: 'are closed with no text', data: { 'upstream-keepalive-connections': '' }, asks: { kept: 0 } },
  {
    name: 'have times and a number of requests',
    data: {
      'upstream-keepalive-time': '90s',
      'upstream-keepalive-timeout': '0',
      'upstream-keepalive-requests': '10000',
    },
    asks: { lifetime: '90s', idleSeconds: 0, requests: 10_000 },
  },
  {
    name: 'have no idle time with a unit',
    data: { 'upstream-keepalive-timeout': '60s' },
    lines: ['invalid-option-value: upstream-keepalive-timeout: "60s" is not a whole number'],
  },
  {
    name: 'have no octal number',
    data: { 'upstream-keepalive-requests': '0100' },
    lines: [
      'invalid-option-value: upstream-keepalive-requests: "0100" begins with a zero: the controller reads it as another number',
    ],
  },
  {
    name: 'have no time that leaves its directive',
    data: { 'upstream-keepalive-time': '1h; }' },
    lines: ['invalid-option-value: upstream-keepalive-time: "1h; }" is not a time that nginx understands'],
  },
])('connections to backends $name', ({ data, asks = {}, lines = [] }) => {
  const { policy, found } = runOptions(backendConnections, data);
  expect(policy).toEqual({ ...DEFAULTS, ...asks });
  expect(linesOf(found)).toEqual(lines);
});
