import { expect, test } from 'vitest';

import { fieldOf, listAt, textAt } from '../../../src/json/fields.ts';
import { isRecord, parseJson } from '../../../src/json/value.ts';

test.each([
  { name: 'an object', value: { a: 1 }, has: true },
  { name: 'an empty object', value: {}, has: true },
  { name: 'a list', value: ['a'], has: false },
  { name: 'null', value: null, has: false },
  { name: 'nothing', value: undefined, has: false },
  { name: 'a text', value: 'a', has: false },
  { name: 'a number', value: 7, has: false },
])('$name has keys: $has', ({ value, has }) => {
  expect(isRecord(value)).toBe(has);
});

test.each([
  { name: 'an object', text: '{"a":[1]}', value: { a: [1] } },
  { name: 'null', text: 'null', value: null },
  { name: 'a text that is cut', text: '{"a":', value: undefined },
  { name: 'nothing', text: '', value: undefined },
])('$name is read from JSON', ({ text, value }) => {
  expect(parseJson(text)).toEqual(value);
});

const ANSWER = { metadata: { name: 'web' }, items: [7], toString: 'own' };

test.each([
  { name: 'a field', steps: ['metadata', 'name'], value: 'web' },
  { name: 'a field that is not there', steps: ['metadata', 'namespace'], value: undefined },
  { name: 'a field of a text', steps: ['metadata', 'name', 'length'], value: undefined },
  { name: 'a field of a list', steps: ['items', 'length'], value: undefined },
  { name: 'what all objects inherit', steps: ['metadata', 'toString'], value: undefined },
  { name: 'what is called like it', steps: ['toString'], value: 'own' },
])('$name is found by its own keys alone', ({ steps, value }) => {
  expect(fieldOf(ANSWER, ...steps)).toBe(value);
});

test('another type counts as nothing', () => {
  expect([textAt(ANSWER, 'items'), textAt(ANSWER, 'metadata', 'name')]).toEqual(['', 'web']);
  expect([listAt(ANSWER, 'metadata'), listAt(ANSWER, 'items')]).toEqual([[], [7]]);
});
