import { expect, test } from 'vitest';

import { nextUpstream } from '../../../src/annotations/next-upstream.ts';
import type { NextUpstream } from '../../../src/routing/policies/next-upstream.ts';
import { linesOf } from '../../support/resources.ts';
import { runFamily, runOptions } from '../../support/annotations.ts';

type Given = Readonly<Record<string, string>>;
const failures = 'proxy-next-upstream';
const timeout = 'proxy-next-upstream-timeout';
const tries = 'proxy-next-upstream-tries';
const INVALID = 'invalid-annotation-value:';

test.each<{
  name: string;
  given: Given;
  options?: Given;
  asks: Partial<NextUpstream> | undefined;
  lines?: readonly string[];
}>([
  {
    name: 'after what the annotations say',
    given: { [failures]: 'error http_502 http_429', [timeout]: '10', [tries]: '5' },
    asks: { failures: ['error', 'http_502', 'http_429'], seconds: 10, tries: 5 },
  },
  {
    name: 'as for all hosts where they say the same',
    given: { [failures]: 'timeout error timeout', [timeout]: '0', [tries]: '+3' },
    asks: undefined,
  },
  {
    name: 'as for all hosts without texts',
    given: { [failures]: '', [timeout]: '', [tries]: '' },
    options: { [failures]: 'off', [tries]: '1' },
    asks: undefined,
  },
  {
    name: 'never, whatever else stands beside it',
    given: { [failures]: 'error off http_502' },
    asks: { failures: ['off'] },
  },
  {
    name: 'for requests that may do something twice, which is said last',
    given: { [failures]: 'non_idempotent error\ttimeout ' },
    asks: { failures: ['error', 'timeout', 'non_idempotent'] },
  },
  {
    name: 'for all requests where the option says so',
    given: { [failures]: 'error' },
    options: { 'retry-non-idempotent': 'true' },
    asks: { failures: ['error', 'non_idempotent'] },
  },
  {
    name: 'without a limit where the options have one',
    given: { [timeout]: '0', [tries]: '0' },
    options: { [timeout]: '5' },
    asks: { seconds: 0, tries: 0 },
  },
  {
    name: 'as for all hosts with words that are no failures',
    given: { [failures]: 'error http_418', [timeout]: '5s', [tries]: '-1' },
    asks: undefined,
    lines: [
      `${INVALID} ${failures}: "error http_418" has "http_418", which nginx does not know`,
      `${INVALID} ${timeout}: "5s" is not a whole number of seconds`,
      `${INVALID} ${tries}: "-1" is not between 0 and 1000000`,
    ],
  },
  {
    name: 'as for all hosts with blanks that the controller refuses',
    given: { [failures]: ' error' },
    options: { [failures]: 'off' },
    asks: undefined,
    lines: [`${INVALID} ${failures}: " error" has white space that does not belong there`],
  },
  {
    name: 'as for all hosts with a line end',
    given: { [failures]: 'error http_502\n' },
    asks: undefined,
    lines: [`${INVALID} ${failures}: "error http_502\n" has "http_502\n", which nginx does not know`],
  },
  {
    name: 'as for all hosts with words in one, which nginx refuses',
    given: { [failures]: 'errortimeout' },
    asks: undefined,
    lines: [`${INVALID} ${failures}: "errortimeout" has "errortimeout", which nginx does not know`],
  },
])('another endpoint is tried $name', ({ given, options = {}, asks, lines = [] }) => {
  const { policy, denied, found } = runFamily(nextUpstream, given, { options });
  expect(policy).toEqual(asks);
  expect(denied).toBeUndefined();
  expect(linesOf(found)).toEqual(lines);
});

test.each<{ name: string; data: Given; asks: NextUpstream; lines?: readonly string[] }>([
  {
    name: 'after errors and timeouts, three in total',
    data: {},
    asks: { failures: ['error', 'timeout'], seconds: 0, tries: 3 },
  },
  {
    name: 'after what the options say, however much white space they have',
    data: { [failures]: ' error  http_503\n', [timeout]: '10', [tries]: '0', 'retry-non-idempotent': 'true' },
    asks: { failures: ['error', 'http_503', 'non_idempotent'], seconds: 10, tries: 0 },
  },
  {
    name: 'as in the controller with options that are refused',
    data: { [failures]: '', [timeout]: '010', [tries]: 'all' },
    asks: { failures: ['error', 'timeout'], seconds: 0, tries: 3 },
    lines: [
      `invalid-option-value: ${failures}: "" has white space that does not belong there`,
      `invalid-option-value: ${timeout}: "010" begins with a zero: the controller reads it as octal`,
      `invalid-option-value: ${tries}: "all" is not a whole number`,
    ],
  },
  {
    name: 'without a limit of time',
    data: { [timeout]: '0' },
    asks: { failures: ['error', 'timeout'], seconds: 0, tries: 3 },
  },
])('another endpoint is tried on all hosts $name', ({ data, asks, lines = [] }) => {
  const { policy, found } = runOptions(nextUpstream, data);
  expect(policy).toEqual(asks);
  expect(linesOf(found)).toEqual(lines);
});
