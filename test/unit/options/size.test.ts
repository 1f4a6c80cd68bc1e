import { describe, expect, test } from 'vitest';

import { bytesOf, size } from '../../../src/options/size.ts';

const HELP = 'write a size such as "8m", or "0" for no limit';
const limit = size({ hasGigabytes: true, minBytes: 0n, help: HELP });
const buffer = size({ hasGigabytes: false, minBytes: 1n, help: 'write a size such as "64k"' });

test.each([
  { text: '8m', value: '8m', bytes: 8_388_608 },
  { text: '50M', value: '50m', bytes: 52_428_800 },
  { text: '1G', value: '1g', bytes: 1_073_741_824 },
  { text: '1024k', value: '1024k', bytes: 1_048_576 },
  { text: '1048576', value: '1048576', bytes: 1_048_576 },
  { text: '008K', value: '8k', bytes: 8192 },
  { text: '0', value: '0', bytes: 0 },
  { text: '000m', value: '0', bytes: 0 },
  { text: '9223372036854775807', value: '9223372036854775807', bytes: 2 ** 63 },
  { text: '8796093022207m', value: '8796093022207m', bytes: 2 ** 63 - 2 ** 20 },
])('the size "$text" is $value, $bytes bytes', ({ text, value, bytes }) => {
  expect(limit.parse(text)).toEqual({ ok: true, value });
  expect(bytesOf(value)).toBe(bytes);
});

describe('what is no size', () => {
  test.each([
    { text: '', problem: 'is not a size', help: HELP },
    { text: 'abc', problem: 'is not a size', help: HELP },
    { text: 'unlimited', problem: 'is not a size', help: HELP },
    { text: '-1', problem: 'is not a size', help: HELP },
    { text: '8mb', problem: 'is not a size', help: 'write "8m"' },
    { text: '8 MiB', problem: 'is not a size', help: 'write "8m"' },
    { text: '8 m', problem: 'is not a size', help: 'write "8m"' },
    { text: '8m\n', problem: 'is not a size', help: 'write "8m"' },
    { text: '10b', problem: 'is not a size', help: 'write "10"' },
    { text: '1.5g', problem: 'is not a size', help: 'write "1536m"' },
    { text: '1,5', problem: 'is not a size', help: HELP },
    { text: '2t', problem: 'is not a size', help: 'write "2048g"' },
    { text: '8m; return 418', problem: 'is not a size', help: HELP },
    // The sign of kelvins, which is a k to whoever folds capitals.
    { text: '8\u212A', problem: 'is not a size', help: HELP },
    { text: '9223372036854775808', problem: 'is more than nginx can count', help: HELP },
    { text: '8796093022208m', problem: 'is more than nginx can count', help: HELP },
    { text: '9'.repeat(3000), problem: 'is more than nginx can count', help: HELP },
    { text: `${'0'.repeat(3000)}x`, problem: 'is not a size', help: HELP },
  ])('is "$text"', ({ text, problem, help }) => {
    expect(limit.parse(text)).toEqual({ ok: false, problem, help });
  });
});

test.each([
  { text: '2048m', parsed: { ok: true, value: '2048m' } },
  { text: '1', parsed: { ok: true, value: '1' } },
  {
    text: '1g',
    parsed: { ok: false, problem: 'has a unit that nginx does not take here', help: 'write "1024m"' },
  },
  { text: '2GB', parsed: { ok: false, problem: 'is not a size', help: 'write "2048m"' } },
  { text: '0', parsed: { ok: false, problem: 'is too small', help: 'write a size such as "64k"' } },
  { text: '0 k', parsed: { ok: false, problem: 'is not a size', help: 'write a size such as "64k"' } },
])('a size of memory reads "$text"', ({ text, parsed }) => {
  expect(buffer.parse(text)).toEqual(parsed);
});
