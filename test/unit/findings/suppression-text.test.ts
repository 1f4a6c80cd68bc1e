import { expect, test } from 'vitest';

import { readComment } from '../../../src/findings/suppression-text.ts';

test.each([
  { text: 'ingress2nginx-disable-line I2N203', scope: 'line', rules: ['I2N203'] },
  {
    text: 'ingress2nginx-disable-next-line I2N203 missing-group',
    scope: 'next-line',
    rules: ['I2N203', 'missing-group'],
  },
  { text: 'ingress2nginx-disable-file I2N203, a,b', scope: 'file', rules: ['I2N203', 'a', 'b'] },
  { text: 'ingress2nginx-disable-line: a', scope: 'line', rules: ['a'] },
  { text: 'ingress2nginx-disable-line a a', scope: 'line', rules: ['a'] },
  { text: 'ingress2nginx-disable-line a -- old clients', scope: 'line', rules: ['a'], reason: 'old clients' },
  { text: 'ingress2nginx-disable-line a -- b -- c', scope: 'line', rules: ['a'], reason: 'b -- c' },
  { text: 'ingress2nginx-disable-line a --', scope: 'line', rules: ['a'] },
  { text: 'ingress2nginx-disable-line a--b', scope: 'line', rules: ['a--b'] },
  { text: 'ingress2nginx-disable-line', scope: 'line', rules: [] },
  { text: 'ingress2nginx-disable-line -- all of it', scope: 'line', rules: [], reason: 'all of it' },
])('$text', ({ text, scope, rules, reason }) => {
  expect(readComment({ text })).toEqual({ kind: 'suppression', word: text.split(/[ :]/)[0], scope, rules, reason });
});

test.each(['ingress2nginx-disable', 'ingress2nginx-disable-nextline', 'ingress2nginx-disable-all'])(
  'nobody knows %s',
  word => expect(readComment({ text: `${word} a` })).toEqual({ kind: 'unknown', word }),
);
