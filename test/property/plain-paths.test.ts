import fc from 'fast-check';
import { expect, test } from 'vitest';

import { SURELY_READABLE } from '../../src/compile/closed-paths.ts';
import { problemOfRegex } from '../../src/routing/pcre.ts';
import { problemOfText } from '../../src/routing/text.ts';
import { runs } from './runs.ts';

const ASCII = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
/** Of all characters that such a path may have. */
const plainPath = fc.string({
  unit: fc.constantFrom(...ASCII.filter(character => SURELY_READABLE.test(character))),
  maxLength: 1000,
});

test('nothing is wrong with a path that is not looked at, be it a text or an expression', () => {
  const property = fc.property(plainPath, path => {
    expect(SURELY_READABLE.test(path)).toBe(true);
    expect([problemOfText(path, '(?i)^/'), problemOfRegex(`^${path}`)]).toEqual([undefined, undefined]);
  });
  fc.assert(property, runs(300));
});

test('the longest of them is none too many', () => {
  const path = '/'.padEnd(1000, 'a.');
  expect(SURELY_READABLE.test(path)).toBe(true);
  expect([problemOfText(path, '(?i)^/'), problemOfRegex(`^${path}`)]).toEqual([undefined, undefined]);
  expect(SURELY_READABLE.test(`${path}a`)).toBe(false);
});
