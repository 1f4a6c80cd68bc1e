import { expect, test } from 'vitest';

import { limitRate } from '../../../src/annotations/limit-rate.ts';
import type { LimitRate } from '../../../src/routing/policies/limit-rate.ts';
import { runFamily, runOptions } from '../../support/annotations.ts';
import { linesOf } from '../../support/resources.ts';

type Given = Readonly<Record<string, string>>;
const rate = 'limit-rate';
const after = 'limit-rate-after';

test.each<{ name: string; given: Given; options?: Given; asks?: Partial<LimitRate>; lines?: readonly string[] }>([
  { name: 'that of all hosts, where nothing is said', given: {}, options: { [rate]: '100' } },
  { name: 'that of the annotation', given: { [rate]: '200' }, asks: { kilobytesPerSecond: 200 } },
  {
    name: 'as fast as possible for the first kilobytes',
    given: { [rate]: '200', [after]: '1024' },
    asks: { kilobytesPerSecond: 200, afterKilobytes: 1024 },
  },
  { name: 'that of all hosts, with the same', given: { [rate]: '+0200' }, options: { [rate]: '200' } },
  {
    name: 'as fast as possible, with 0',
    given: { [rate]: '0' },
    options: { [rate]: '200' },
    asks: { kilobytesPerSecond: 0 },
  },
  {
    name: 'as fast as possible, with less than that',
    given: { [rate]: '-5' },
    options: { [rate]: '200' },
    asks: { kilobytesPerSecond: 0 },
  },
  {
    name: 'no more than nginx can count',
    given: { [rate]: '999999999999999' },
    asks: { kilobytesPerSecond: 1_000_000_000_000 },
  },
  {
    name: 'that of all hosts, with a unit',
    given: { [rate]: '200k' },
    lines: ['invalid-annotation-value: limit-rate: "200k" is not a whole number'],
  },
])('responses are sent at a rate of $name', ({ given, options = {}, asks, lines = [] }) => {
  const { policy, denied, found } = runFamily(limitRate, given, { options });
  expect(policy).toEqual(asks);
  expect(denied).toBeUndefined();
  expect(linesOf(found)).toEqual(lines);
});

test.each<{ name: string; data: Given; asks?: LimitRate }>([
  { name: 'are not limited', data: {} },
  {
    name: 'are limited by the options',
    data: { [rate]: '100', [after]: '10' },
    asks: { kilobytesPerSecond: 100, afterKilobytes: 10 },
  },
])('the responses of all hosts $name', ({ data, asks }) => {
  expect(runOptions(limitRate, data).policy).toEqual(asks);
});
