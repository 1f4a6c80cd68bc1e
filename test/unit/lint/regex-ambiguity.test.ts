import { expect, test } from 'vitest';

import { backtracksCatastrophically } from '../../../src/lint/regex-ambiguity.ts';
import { readSyntax } from '../../../src/lint/regex-syntax.ts';

const isSlow = (text: string): boolean => backtracksCatastrophically(text, () => readSyntax(text));

test.each([
  '/(a+)+$',
  '/(a*)*$',
  '/(.*)*x',
  '/(a|a)*b',
  '/(\\w|\\d)+/edit',
  '/([a-z]+)*\\.html',
  '/(?:[a-z]+-?)+/edit',
  '/(/.*)*$',
  '/((ab)*)*c',
  '/(a|aa)+$',
  '/(.+/)*.+\\.(js|css)$',
  '/(a?b?)*c',
  '/([^/]+){2,}/x',
  '/(x+x+)+y',
])('%s doubles the work with each character', text => {
  expect(isSlow(text)).toBe(true);
});

test.each([
  { text: '/api(/|$)(.*)', why: 'no group is repeated' },
  { text: '/(.*)', why: 'no group is repeated' },
  { text: '/foo/(.*)/bar/(.*)', why: 'it grows with the length only' },
  { text: '/.*.*.*x', why: 'it grows with a power of the length' },
  { text: '/(a+)+', why: 'it may end anywhere, so that the first try fits' },
  { text: '/v1(/[^/]+)*$', why: 'each part begins with a slash that nothing else takes' },
  { text: '/([a-z]+/)*index.html', why: 'a slash ends each part' },
  { text: '/([a-z]+-)+[0-9]+$', why: 'a hyphen ends each part' },
  { text: '/(a|b)*c', why: 'the branches begin differently' },
  { text: '/(ab|cd)+$', why: 'the branches begin differently' },
  { text: '/(foo|bar)?/x', why: 'nothing is repeated' },
  { text: '/([a-z]{2}){2}/x', why: 'it is repeated twice' },
  { text: '/(?=a)(a+)+$', why: 'nobody understands the lookahead here' },
  { text: '/(?>a+)+$', why: 'an atomic group gives nothing back' },
  { text: '/(a++)+$', why: 'a possessive quantifier gives nothing back' },
])('$text does not: $why', ({ text }) => {
  expect(isSlow(text)).toBe(false);
});

test('an expression of any size is looked at in no time', () => {
  const wide = `/(${Array.from({ length: 60 }, (_, index) => `a${index}`).join('|')})*$`;
  expect(isSlow(wide)).toBe(false);
  expect(isSlow(`/${'('.repeat(40)}a${')*'.repeat(40)}$`)).toBe(true);
});
