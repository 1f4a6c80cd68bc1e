import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { packed, unpacked } from '../../../src/json/packed.ts';

const again = (value: unknown): unknown => unpacked(JSON.stringify(packed(value)));

test('what JSON can hold comes back as it was', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), value => {
      expect(again(value)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
    { numRuns: 300, seed: 20_250_101 },
  );
});

test.each([
  { name: 'a field that is undefined is left out', value: { a: undefined, b: 1 }, result: { b: 1 } },
  { name: 'what is no number of JSON is null', value: [Number.NaN, Infinity], result: [null, null] },
  { name: 'a value that is a part of an earlier one comes last', value: [['a'], 'a'], result: [['a'], 'a'] },
  { name: 'a number is not taken for a place', value: [5, 0, 1], result: [5, 0, 1] },
  { name: 'a list is not taken for an object', value: { a: [], b: {} }, result: { a: [], b: {} } },
])('$name', ({ value, result }) => {
  expect(again(value)).toEqual(result);
});

test('equal parts are written once, and are one object again', () => {
  const from = { name: 'web', path: ['spec', 0] };
  const value = { one: { ...from }, other: { path: ['spec', 0], name: 'web' }, third: { ...from } };
  const result = again(value) as typeof value;
  expect(result.one).toBe(result.third);
  expect(result.one.path).toBe(result.other.path);
});

test('no name of a field reaches the prototype of others', () => {
  const value: unknown = JSON.parse('{"__proto__": {"isAdmin": true}, "constructor": 1}');
  expect(Object.entries(again(value) as object)).toEqual([
    ['__proto__', { isAdmin: true }],
    ['constructor', 1],
  ]);
  expect(Object.getPrototypeOf(again(value))).toBe(Object.prototype);
});
