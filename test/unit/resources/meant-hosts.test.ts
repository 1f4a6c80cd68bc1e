import { expect, test } from 'vitest';

import { meantHosts } from '../../../src/resources/asked.ts';

test.each([
  ['a.test,b.test', ['a.test', 'b.test']],
  ['a.test b.test', ['a.test', 'b.test']],
  ['a.test; https://b.test:8080/x', ['a.test', 'b.test']],
  ['.a.test', ['a.test', '*.a.test']],
  ['*a.test', ['*a.test']],
  ['a.*.test', ['a.*.test']],
  ['A**.test.', ['a*.test']],
  ['*.*.*.*.*.*.test', []],
  ['a.test";return 200', ['200', 'return']],
  ['a.test, a.test', ['a.test']],
  ['', ['']],
])('%j means %j', (written, meant) => {
  expect([...meantHosts(written)].toSorted()).toEqual([...meant].toSorted());
});
