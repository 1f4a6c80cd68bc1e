import fc from 'fast-check';
import { expect, test } from 'vitest';

import { atMost } from '../../../src/nginx/number-pattern.ts';

function takes(limit: number, number: number): boolean {
  return new RegExp(`^(?:${atMost(limit)})$`).test(String(number));
}

test.each([0, 1, 5, 9, 10, 19, 20, 100, 101, 999, 1_000, 8_192, 100_000])('up to %i and not one more', limit => {
  const numbers = Array.from({ length: limit + 20 }, (_, number) => number);
  expect(numbers.filter(number => takes(limit, number))).toHaveLength(limit + 1);
  expect(takes(limit, limit)).toBe(true);
});

test('any number up to any limit', () => {
  const number = fc.oneof(fc.nat(), fc.nat(2_000), fc.bigInt(0n, 2n ** 53n - 1n).map(Number));
  fc.assert(fc.property(number, number, (limit, other) => takes(limit, other) === other <= limit));
  fc.assert(fc.property(number, limit => takes(limit, limit) && !takes(limit, limit + 1)));
});

test('the limit that nginx has by itself', () => {
  expect(atMost(1_048_576)).toBe(String.raw`\d{1,6}|10[0-3]\d{4}|104[0-7]\d{3}|1048[0-4]\d\d|10485[0-6]\d|104857[0-6]`);
});
