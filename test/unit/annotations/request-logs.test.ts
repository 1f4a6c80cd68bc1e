import { expect, test } from 'vitest';

import { requestLogs } from '../../../src/annotations/request-logs.ts';
import type { RequestLogs } from '../../../src/routing/policies/request-logs.ts';
import { linesOf } from '../../support/resources.ts';
import { runFamily } from '../../support/annotations.ts';

const access = 'enable-access-log';
const rewrites = 'enable-rewrite-log';

test.each<{
  name: string;
  given: Readonly<Record<string, string>>;
  asks: RequestLogs | undefined;
  lines?: readonly string[];
}>([
  { name: 'no requests', given: { [access]: 'false' }, asks: { isSilent: true, hasRewrites: false } },
  { name: 'rewrites', given: { [rewrites]: 'T' }, asks: { isSilent: false, hasRewrites: true } },
  { name: 'rewrites alone', given: { [access]: '0', [rewrites]: '1' }, asks: { isSilent: true, hasRewrites: true } },
  { name: 'requests, as usual', given: { [access]: 'true', [rewrites]: 'false' }, asks: undefined },
  { name: 'requests without texts', given: { [access]: '', [rewrites]: '' }, asks: undefined },
  {
    name: 'requests with what is no boolean',
    given: { [access]: 'off', [rewrites]: 'on' },
    asks: undefined,
    lines: [
      `invalid-annotation-value: ${access}: "off" is not a boolean`,
      `invalid-annotation-value: ${rewrites}: "on" is not a boolean`,
    ],
  },
])('the logs have $name', ({ given, asks, lines = [] }) => {
  const { policy, denied, found } = runFamily(requestLogs, given);
  expect(policy).toEqual(asks);
  expect(denied).toBeUndefined();
  expect(linesOf(found)).toEqual(lines);
});
