import { expect, test } from 'vitest';

import { headerNames } from '../../../src/controller-config/header-names.ts';
import { runOptions } from '../../support/annotations.ts';
import { linesOf } from '../../support/resources.ts';

test.each([
  { name: 'are those of nginx', data: {}, asks: undefined },
  {
    name: 'may have underscores',
    data: { 'enable-underscores-in-headers': 'true' },
    asks: { allowsUnderscores: true, dropsInvalid: true },
  },
  {
    name: 'may have other characters',
    data: { 'ignore-invalid-headers': 'false' },
    asks: { allowsUnderscores: false, dropsInvalid: false },
  },
  {
    name: 'are those of nginx with a wrong value',
    data: { 'ignore-invalid-headers': 'off' },
    asks: undefined,
    lines: ['invalid-option-value: ignore-invalid-headers: "off" is not a boolean'],
  },
])('names of headers $name', ({ data, asks, lines = [] }) => {
  const { policy, found } = runOptions(headerNames, data);
  expect(policy).toEqual(asks);
  expect(linesOf(found)).toEqual(lines);
});
