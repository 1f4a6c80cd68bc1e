import { expect, test } from 'vitest';

import { defaultType } from '../../../src/controller-config/default-type.ts';
import { grpcBuffer } from '../../../src/controller-config/grpc-buffer.ts';
import { runOptions } from '../../support/annotations.ts';
import { linesOf } from '../../support/resources.ts';

test.each<{ name: string; data: Readonly<Record<string, string>>; type: string; lines?: readonly string[] }>([
  { name: 'HTML', data: {}, type: 'text/html' },
  { name: 'what the option says', data: { 'default-type': 'application/json' }, type: 'application/json' },
  {
    name: 'HTML with a type that has parameters, which nginx takes none of',
    data: { 'default-type': 'text/plain; charset=utf-8' },
    type: 'text/html',
    lines: ['invalid-option-value: default-type: "text/plain; charset=utf-8" is not a MIME type'],
  },
])('texts of nginx are $name', ({ data, type, lines = [] }) => {
  const { policy, found } = runOptions(defaultType, data);
  expect(policy).toEqual({ type });
  expect(linesOf(found)).toEqual(lines);
});

test.each<{ text: string; asks: object | undefined; lines?: readonly string[] }>([
  { text: '16', asks: { kilobytes: 16 } },
  { text: '0', asks: undefined },
  { text: '-1', asks: undefined },
  {
    text: '16k',
    asks: undefined,
    lines: ['invalid-option-value: grpc-buffer-size-kb: "16k" is not a whole number'],
  },
])('the buffer for gRPC with "$text"', ({ text, asks, lines = [] }) => {
  const { policy, found } = runOptions(grpcBuffer, { 'grpc-buffer-size-kb': text });
  expect(policy).toEqual(asks);
  expect(linesOf(found)).toEqual(lines);
});
