import { expect, test } from 'vitest';

import { clientConnections } from '../../../src/controller-config/client-connections.ts';
import { runOptions } from '../../support/annotations.ts';
import { linesOf } from '../../support/resources.ts';

const DEFAULTS = {
  idleSeconds: 75,
  requests: 1000,
  headerBuffer: '1k',
  largeBuffers: ['4', '8k'],
  headerSeconds: 60,
  bodySeconds: 60,
};

test.each<{ name: string; data: Readonly<Record<string, string>>; asks?: object; lines?: readonly string[] }>([
  { name: 'have the defaults of the controller', data: {} },
  {
    name: 'have what the options say',
    data: {
      'keep-alive': '10',
      'keep-alive-requests': '1',
      'client-header-buffer-size': '4K',
      'large-client-header-buffers': ' 2   16k ',
      'client-header-timeout': '5',
      'client-body-timeout': '600',
    },
    asks: {
      idleSeconds: 10,
      requests: 1,
      headerBuffer: '4k',
      largeBuffers: ['2', '16k'],
      headerSeconds: 5,
      bodySeconds: 600,
    },
  },
  { name: 'are closed after each response with 0', data: { 'keep-alive': '0' }, asks: { idleSeconds: 0 } },
  { name: 'are so with no text, too', data: { 'keep-alive': '' }, asks: { idleSeconds: 0 } },
  {
    name: 'have no idle time with a unit',
    data: { 'keep-alive': '75s' },
    lines: ['invalid-option-value: keep-alive: "75s" is not a whole number'],
  },
  {
    name: 'are not left without time for a head',
    data: { 'client-header-timeout': '0' },
    lines: ['invalid-option-value: client-header-timeout: "0" leaves no time'],
  },
  {
    name: 'have no buffers without number',
    data: { 'large-client-header-buffers': '16k' },
    lines: [
      'invalid-option-value: large-client-header-buffers: "16k" is not a number and a size, with a space between them',
    ],
  },
  {
    name: 'have no buffers that nginx takes for too small',
    data: { 'large-client-header-buffers': '4 511' },
    lines: ['invalid-option-value: large-client-header-buffers: "4 511" has the size "511", which is too small'],
  },
  {
    name: 'have no buffers that leave their directive',
    data: { 'large-client-header-buffers': '4 8k; user root' },
    lines: [expect.stringContaining('is not a number and a size')],
  },
  {
    name: 'have no buffer of nothing',
    data: { 'client-header-buffer-size': '0' },
    lines: ['invalid-option-value: client-header-buffer-size: "0" is too small'],
  },
])('connections of clients $name', ({ data, asks = {}, lines = [] }) => {
  const { policy, found } = runOptions(clientConnections, data);
  expect(policy).toEqual({ ...DEFAULTS, ...asks });
  expect(linesOf(found)).toEqual(lines);
});
