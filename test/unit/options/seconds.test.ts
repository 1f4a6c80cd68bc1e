import { expect, test } from 'vitest';

import { seconds, secondsOfOption } from '../../../src/options/seconds.ts';

const HELP = 'write seconds without a unit, such as "60"';

test.each([
  { text: '0', value: 0 },
  { text: '-0', value: 0 },
  { text: '60', value: 60 },
  { text: '+60', value: 60 },
  { text: '060', value: 60 },
  { text: '86400', value: 86_400 },
  { text: '9007199254740', value: 9_007_199_254_740 },
])('"$text" in an annotation is $value seconds', ({ text, value }) => {
  expect(seconds.parse(text)).toEqual({ ok: true, value });
});

test.each([
  { text: '', problem: 'is not a whole number of seconds', help: HELP },
  { text: 'abc', problem: 'is not a whole number of seconds', help: HELP },
  { text: '50s', problem: 'is not a whole number of seconds', help: 'write "50"' },
  { text: '10m', problem: 'is not a whole number of seconds', help: 'write "600"' },
  { text: '1h30m', problem: 'is not a whole number of seconds', help: 'write "5400"' },
  { text: '1d', problem: 'is not a whole number of seconds', help: 'write "86400"' },
  { text: ' 60 ', problem: 'is not a whole number of seconds', help: 'write "60"' },
  { text: '60\n', problem: 'is not a whole number of seconds', help: 'write "60"' },
  { text: '60.0', problem: 'is not a whole number of seconds', help: 'write "60"' },
  { text: '60 seconds', problem: 'is not a whole number of seconds', help: 'write "60"' },
  { text: '1_000', problem: 'is not a whole number of seconds', help: 'write "1000"' },
  { text: '0x3c', problem: 'is not a whole number of seconds', help: HELP },
  { text: '500ms', problem: 'is not a whole number of seconds', help: HELP },
  { text: '1.5', problem: 'is not a whole number of seconds', help: HELP },
  { text: '60; return 418', problem: 'is not a whole number of seconds', help: HELP },
  { text: '-5', problem: 'is negative', help: HELP },
  { text: '9007199254741', problem: 'is more than nginx can count', help: HELP },
  { text: '9'.repeat(3000), problem: 'is more than nginx can count', help: HELP },
])('"$text" in an annotation is no time', ({ text, problem, help }) => {
  expect(seconds.parse(text)).toEqual({ ok: false, problem, help });
});

test.each([
  { text: '60', parsed: { ok: true, value: 60 } },
  { text: '0', parsed: { ok: false, problem: 'leaves no time', help: HELP } },
  {
    text: '060',
    parsed: { ok: false, problem: 'begins with a zero: the controller reads it as octal', help: 'write "60"' },
  },
  { text: '60s', parsed: { ok: false, problem: 'is not a whole number of seconds', help: 'write "60"' } },
])('an option reads "$text"', ({ text, parsed }) => {
  expect(secondsOfOption.parse(text)).toEqual(parsed);
});
