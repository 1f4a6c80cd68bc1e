import { expect, test } from 'vitest';

import { bodySize } from '../../../src/annotations/body-size.ts';
import { linesOf } from '../../support/resources.ts';
import { runFamily, runOptions } from '../../support/annotations.ts';

const NAME = 'proxy-body-size';
const INVALID = `invalid-annotation-value: ${NAME}:`;

test.each<{ name: string; text: string; option?: string; size: string | undefined; lines?: readonly string[] }>([
  { name: 'is what the annotation says', text: '8m', size: '8m' },
  { name: 'is written in small letters', text: '50M', size: '50m' },
  { name: 'can be no limit at all', text: '0', size: '0' },
  { name: 'has blanks around it', text: ' 8m ', size: '8m' },
  { name: 'is that of all hosts, which needs no word', text: '1m', size: undefined },
  { name: 'is that of all hosts in another unit', text: '1024k', size: undefined },
  { name: 'is that of all hosts without a text', text: '', option: '8m', size: undefined },
  { name: 'may be smaller than that of all hosts', text: '1m', option: '8m', size: '1m' },
  { name: 'is that of all hosts if the option says the same', text: '8192k', option: '8M', size: undefined },
  {
    name: 'is that of all hosts with a text that is no size',
    text: 'abc',
    option: '8m',
    size: undefined,
    lines: [`${INVALID} "abc" is not a size`],
  },
  {
    name: 'is that of all hosts with a line break, which the controller does not take',
    text: '4m\n',
    option: '8m',
    size: undefined,
    lines: [`${INVALID} "4m\n" is not a size`],
  },
  {
    name: 'is the default of nginx with a unit that the controller takes and nginx does not',
    text: '10b',
    option: '8m',
    size: '1m',
    lines: [`${INVALID} "10b" is not a size`],
  },
  {
    name: 'is the default of nginx with a blank inside, which the controller takes and nginx does not',
    text: '4 m',
    option: '8m',
    size: '1m',
    lines: [`${INVALID} "4 m" is not a size`],
  },
  {
    name: 'is the default of nginx with more than nginx can count',
    text: '99999999999g',
    option: '8m',
    size: '1m',
    lines: [`${INVALID} "99999999999g" is more than nginx can count`],
  },
])('the largest body $name', ({ text, option, size, lines = [] }) => {
  const world = option === undefined ? {} : { options: { [NAME]: option } };
  const { policy, denied, askers, found } = runFamily(bodySize, { [NAME]: text }, world);
  expect(policy?.size).toBe(size);
  expect(askers).toEqual(size === undefined ? [] : [`annotation ${NAME}`]);
  expect(denied).toBeUndefined();
  expect(linesOf(found)).toEqual(lines);
});

test.each([
  { name: 'is 1m', data: {}, asks: { size: '1m', bytes: 1_048_576 }, lines: [] },
  { name: 'is what the option says', data: { [NAME]: '8M' }, asks: { size: '8m', bytes: 8_388_608 }, lines: [] },
  {
    name: 'may have white space around it',
    data: { [NAME]: ' 8m\n' },
    asks: { size: '8m', bytes: 8_388_608 },
    lines: [],
  },
  { name: 'may be without limit', data: { [NAME]: '0' }, asks: { size: '0', bytes: 0 }, lines: [] },
  {
    name: 'is 1m with an option that is no size',
    data: { [NAME]: '8mb' },
    asks: { size: '1m', bytes: 1_048_576 },
    lines: [`invalid-option-value: ${NAME}: "8mb" is not a size`],
  },
])('the largest body of all hosts $name', ({ data, asks, lines }) => {
  const { policy, found } = runOptions(bodySize, data);
  expect(policy).toEqual(asks);
  expect(linesOf(found)).toEqual(lines);
});
