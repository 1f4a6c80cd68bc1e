import { expect, test } from 'vitest';

import { defaultValues, readValues } from '../../../src/options/run.ts';
import { bool, integer } from '../../../src/options/value-type.ts';

const specs = {
  'enable-it': { type: bool, default: true, example: 'false', summary: 'Whether it is on.', becomes: '' },
  'its-size': { type: integer({ min: 1, max: 9 }), default: 5, example: '3', summary: 'How large it is.', becomes: '' },
};

test.each([
  { name: 'takes defaults', texts: {}, defaults: {}, values: { 'enable-it': true, 'its-size': 5 } },
  {
    name: 'reads what is written',
    texts: { 'its-size': '3' },
    defaults: {},
    values: { 'enable-it': true, 'its-size': 3 },
  },
  {
    name: 'takes the defaults of another source',
    texts: {},
    defaults: { 'enable-it': false },
    values: { 'enable-it': false, 'its-size': 5 },
  },
  {
    name: 'prefers what is written to them',
    texts: { 'enable-it': 'true' },
    defaults: { 'enable-it': false },
    values: { 'enable-it': true, 'its-size': 5 },
  },
])('readValues $name', ({ texts, defaults, values }) => {
  const textOf = new Map<string, string>(Object.entries(texts));
  expect(readValues(specs, name => textOf.get(name), defaultValues(specs, defaults))).toEqual({ values, invalid: [] });
});

test('readValues reads nothing but what is named', () => {
  expect(readValues(specs, () => '3', defaultValues(specs), ['its-size'])).toEqual({
    values: { 'enable-it': true, 'its-size': 3 },
    invalid: [],
  });
});

test('readValues returns what is refused, and takes the default of the other source', () => {
  const read = readValues(
    specs,
    name => (name === 'its-size' ? '10' : 'maybe'),
    defaultValues(specs, { 'enable-it': false }),
  );
  expect(read).toEqual({
    values: { 'enable-it': false, 'its-size': 5 },
    invalid: [
      { name: 'enable-it', text: 'maybe', problem: 'is not a boolean', help: 'write "true" or "false"' },
      {
        name: 'its-size',
        text: '10',
        problem: 'is not between 1 and 9',
        help: 'write a number from 1 to 9, without a unit',
      },
    ],
  });
});
