import { expect, test } from 'vitest';

import { duration } from '../../../src/options/duration.ts';

test.each([
  { text: '5s', value: '5s' },
  { text: '1m30s', value: '90s' },
  { text: '1.5s', value: '1500ms' },
  { text: '1h', value: '3600s' },
  { text: '250ms', value: '250ms' },
  { text: '5', value: undefined },
  { text: '0s', value: undefined },
  { text: '-5s', value: undefined },
  { text: '5s; return 418', value: undefined },
  { text: '', value: undefined },
])('a time "$text" is $value', ({ text, value }) => {
  const parsed = duration.parse(text);
  expect(parsed.ok ? parsed.value : undefined).toBe(value);
});
