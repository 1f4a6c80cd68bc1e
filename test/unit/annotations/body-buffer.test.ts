import { expect, test } from 'vitest';

import { bodyBuffer } from '../../../src/annotations/body-buffer.ts';
import { linesOf } from '../../support/resources.ts';
import { runFamily, runOptions } from '../../support/annotations.ts';

const NAME = 'client-body-buffer-size';
const INVALID = `invalid-annotation-value: ${NAME}:`;
const DROPPED = `dropped-for-value: ${NAME}:`;

test.each<{ name: string; text: string; option?: string; size: string | undefined; lines?: readonly string[] }>([
  { name: 'is what the annotation says', text: '1M', size: '1m' },
  { name: 'has blanks around it', text: ' 64k ', size: '64k' },
  { name: 'is that of all hosts, which needs no word', text: '8192', size: undefined },
  { name: 'is that of all hosts without a text', text: '', option: '64k', size: undefined },
  { name: 'may be smaller than that of all hosts', text: '8k', option: '64k', size: '8k' },
  {
    name: 'is that of all hosts in gigabytes, which nginx does not take',
    text: '1g',
    size: undefined,
    lines: [`${INVALID} "1g" has a unit that nginx does not take here`],
  },
  {
    name: 'is that of all hosts in a unit that only the controller takes',
    text: '10b',
    size: undefined,
    lines: [`${INVALID} "10b" is not a size`],
  },
  { name: 'is never nothing', text: '0', size: undefined, lines: [`${INVALID} "0" is too small`] },
])('the buffer of a body $name', ({ text, option, size, lines = [] }) => {
  const world = option === undefined ? {} : { options: { [NAME]: option } };
  const { policy, denied, found } = runFamily(bodyBuffer, { [NAME]: text }, world);
  expect(policy?.size).toBe(size);
  expect(denied).toBeUndefined();
  expect(linesOf(found)).toEqual(lines);
});

test.each(['abc', '8mb', '-1', '64k\n', ' ', '1.5m'])(
  'the controller drops an Ingress whose buffer is "%s": its locations are closed',
  text => {
    const { plan, found } = runFamily(bodyBuffer, { [NAME]: text });
    expect(plan.closes).toEqual([{ closes: 'dropped', reason: `invalid value in annotation ${NAME}` }]);
    expect(linesOf(found)).toEqual([`${DROPPED} "${text}" is not a size`]);
  },
);

test.each([
  { name: 'is 8k', data: {}, size: '8k', lines: [] },
  { name: 'is what the option says', data: { [NAME]: '64K' }, size: '64k', lines: [] },
  {
    name: 'is 8k with an option that nginx does not take',
    data: { [NAME]: '1g' },
    size: '8k',
    lines: [`invalid-option-value: ${NAME}: "1g" has a unit that nginx does not take here`],
  },
])('the buffer of all hosts $name', ({ data, size, lines }) => {
  const { policy, found } = runOptions(bodyBuffer, data);
  expect(policy).toEqual({ size });
  expect(linesOf(found)).toEqual(lines);
});
