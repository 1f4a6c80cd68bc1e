import { expect, test } from 'vitest';

import { timeouts } from '../../../src/annotations/timeouts.ts';
import type { Timeouts } from '../../../src/routing/policies/timeouts.ts';
import { linesOf } from '../../support/resources.ts';
import { runFamily, runOptions } from '../../support/annotations.ts';

type Given = Readonly<Record<string, string>>;
const connect = 'proxy-connect-timeout';
const send = 'proxy-send-timeout';
const read = 'proxy-read-timeout';

test.each<{
  name: string;
  given: Given;
  options?: Given;
  asks: Partial<Timeouts> | undefined;
  lines?: readonly string[];
}>([
  {
    name: 'is what the annotations say',
    given: { [connect]: '30', [send]: '300', [read]: '3600' },
    asks: { connect: 30, send: 300, read: 3600 },
  },
  { name: 'is that of all hosts where they say nothing', given: { [read]: '3600' }, asks: { read: 3600 } },
  {
    name: 'is that of all hosts where they say the same',
    given: { [connect]: '5', [send]: '60', [read]: '+060' },
    asks: undefined,
  },
  { name: 'is that of all hosts without a text', given: { [read]: '' }, options: { [read]: '300' }, asks: undefined },
  {
    name: 'may be shorter than that of all hosts',
    given: { [read]: '60' },
    options: { [read]: '300' },
    asks: { read: 60 },
  },
  {
    name: 'is that of all hosts with a unit',
    given: { [connect]: '50s', [read]: '300' },
    asks: { read: 300 },
    lines: [`invalid-annotation-value: ${connect}: "50s" is not a whole number of seconds`],
  },
  {
    name: 'is that of all hosts with less than nothing, which would stop the nginx of the controller',
    given: { [read]: '-1' },
    options: { [read]: '300' },
    asks: undefined,
    lines: [`invalid-annotation-value: ${read}: "-1" is negative`],
  },
  {
    name: 'is none at all with 0',
    given: { [connect]: '0', [read]: '0' },
    asks: { connect: 0, read: 0 },
    lines: [connect, read].map(name => `zero-timeout: ${name}: "0" leaves the backend no time: requests fail with 504`),
  },
])('the patience with a backend $name', ({ given, options = {}, asks, lines = [] }) => {
  const { policy, denied, found } = runFamily(timeouts, given, { options });
  expect(policy).toEqual(asks);
  expect(denied).toBeUndefined();
  expect(linesOf(found)).toEqual(lines);
});

test('the annotations that ask are named, without those that were refused', () => {
  expect(runFamily(timeouts, { [connect]: '50s', [read]: '300' }).askers).toEqual([`annotation ${read}`]);
});

test.each([
  { name: 'is 5, 60 and 60 seconds', data: {}, asks: { connect: 5, send: 60, read: 60 }, lines: [] },
  {
    name: 'is what the options say',
    data: { [connect]: '10', [send]: '120', [read]: '300' },
    asks: { connect: 10, send: 120, read: 300 },
    lines: [],
  },
  {
    name: 'is never nothing',
    data: { [read]: '0' },
    asks: { connect: 5, send: 60, read: 60 },
    lines: [`invalid-option-value: ${read}: "0" leaves no time`],
  },
])('the patience with the backends of all hosts $name', ({ data, asks, lines }) => {
  const { policy, found } = runOptions(timeouts, data);
  expect(policy).toEqual(asks);
  expect(linesOf(found)).toEqual(lines);
});
