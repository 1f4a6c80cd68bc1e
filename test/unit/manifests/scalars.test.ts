import { describe, expect, test } from 'vitest';

import { resolvePlain, resolveTagged } from '../../../src/manifests/scalars.ts';

// The right-hand sides are what `kubectl label --local` 1.32 printed for the left-hand sides.
test.each([
  { text: 'yes', value: true },
  { text: 'Y', value: true },
  { text: 'on', value: true },
  { text: 'TRUE', value: true },
  { text: 'n', value: false },
  { text: 'off', value: false },
  { text: 'yEs', value: 'yEs' },
  { text: '', value: null },
  { text: '~', value: null },
  { text: 'Null', value: null },
  { text: 'nULL', value: 'nULL' },
  { text: '80', value: 80 },
  { text: '+80', value: 80 },
  { text: '0120', value: 80 },
  { text: '0o120', value: 80 },
  { text: '0x50', value: 80 },
  { text: '0X50', value: 80 },
  { text: '-0x1F', value: -31 },
  { text: '0b11', value: 3 },
  { text: '-0b11', value: -3 },
  { text: '80.0', value: 80 },
  { text: '8e1', value: 80 },
  { text: '8_0', value: 80 },
  { text: '1_000', value: 1000 },
  { text: '0_7', value: 7 },
  { text: '08', value: 8 },
  { text: '.5', value: 0.5 },
  { text: '.5_0', value: 0.5 },
  { text: '1.10', value: 1.1 },
  { text: '1.', value: 1 },
  { text: '0.1e-2', value: 0.001 },
  { text: '12345678901234567890', value: Number('12345678901234567890') },
  { text: '0xffffffffffffffffff', value: '0xffffffffffffffffff' },
  { text: '1e400', value: '1e400' },
  { text: '_1', value: '_1' },
  { text: '0o8', value: '0o8' },
  { text: '0b2', value: '0b2' },
  { text: '0x', value: '0x' },
  { text: '1:20', value: '1:20' },
  { text: '2020-01-01', value: '2020-01-01' },
  { text: '2001-12-14t21:59:43.10-05:00', value: '2001-12-14t21:59:43.10-05:00' },
  { text: '-', value: '-' },
  { text: '.', value: '.' },
  { text: '<<', value: '<<' },
  { text: '=', value: '=' },
  { text: '.inf', value: Number.POSITIVE_INFINITY },
])('reads the plain scalar $text as $value', ({ text, value }) => {
  expect(resolvePlain(text)).toBe(value);
});

describe('a tag', () => {
  test.each([
    { name: 'makes a number of quoted digits', tag: 'int', text: '80', value: 80 },
    { name: 'makes text of a number', tag: 'str', text: '80', value: '80' },
    { name: 'makes a boolean of quoted yes', tag: 'bool', text: 'yes', value: true },
    { name: 'takes an integer as float', tag: 'float', text: '80', value: 80 },
    { name: 'decodes base64', tag: 'binary', text: 'aGk=', value: 'hi' },
    { name: 'refuses what is not base64', tag: 'binary', text: 'a_b', value: undefined },
    { name: 'refuses text as number', tag: 'int', text: 'web', value: undefined },
    { name: 'keeps a date as text', tag: 'timestamp', text: '2020-01-01', value: '2020-01-01' },
  ])('$name', ({ tag, text, value }) => {
    expect(resolveTagged(text, tag)).toBe(value);
  });
});
