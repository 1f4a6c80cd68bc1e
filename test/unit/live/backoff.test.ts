import { expect, test } from 'vitest';

import { backoffMs, jittered } from '../../../src/live/backoff.ts';

const PACE = { firstMs: 1_000, longestMs: 30_000 };

test.each([
  { name: 'nothing before the first failure', failures: 0, ms: 0 },
  { name: 'the first pause after one', failures: 1, ms: 1_000 },
  { name: 'twice as long after two', failures: 2, ms: 2_000 },
  { name: 'four times as long after three', failures: 3, ms: 4_000 },
  { name: 'no longer than the longest', failures: 6, ms: 30_000 },
  { name: 'the longest after a year of failures', failures: 1_000_000, ms: 30_000 },
])('waits $name', ({ failures, ms }) => {
  expect(backoffMs(failures, PACE)).toBe(ms);
});

test('chance takes a quarter away or adds one', () => {
  expect([0, 0.5, 1].map(chance => jittered(1_000, () => chance))).toEqual([750, 1_000, 1_250]);
});
