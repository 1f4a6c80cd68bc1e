import { expect, test } from 'vitest';

import { count } from '../../../src/options/count.ts';

test.each([
  { text: '0', value: 0 },
  { text: '10', value: 10 },
  { text: '+10', value: 10 },
  { text: '010', value: 10 },
  { text: '-1', value: 0 },
])('"$text" counts as $value', ({ text, value }) => {
  expect(count.parse(text)).toEqual({ ok: true, value });
});

test.each([
  { text: 'many', help: 'write a number without a unit, such as "10"' },
  { text: '10r/s', help: 'write "10"' },
  { text: '10/s', help: 'write "10"' },
  { text: '200k', help: 'write "200"' },
  { text: '200 KB/s', help: 'write "200"' },
  { text: ' 10 ', help: 'write "10"' },
  { text: '1.5', help: 'write a number without a unit, such as "10"' },
  { text: '0x10', help: 'write a number without a unit, such as "10"' },
  { text: '10; return 418', help: 'write a number without a unit, such as "10"' },
  { text: '9'.repeat(300), help: 'write a number without a unit, such as "10"' },
])('"$text" is no count', ({ text, help }) => {
  expect(count.parse(text)).toEqual({ ok: false, problem: 'is not a whole number', help });
});
