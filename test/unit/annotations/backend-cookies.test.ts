import { expect, test } from 'vitest';

import { backendCookies } from '../../../src/annotations/backend-cookies.ts';
import type { BackendCookies } from '../../../src/routing/policies/backend-cookies.ts';
import { linesOf } from '../../support/resources.ts';
import { runFamily, runOptions } from '../../support/annotations.ts';

type Given = Readonly<Record<string, string>>;
const domain = 'proxy-cookie-domain';
const path = 'proxy-cookie-path';
const INVALID = 'invalid-annotation-value:';

test.each<{
  name: string;
  given: Given;
  options?: Given;
  asks: Partial<BackendCookies> | undefined;
  lines?: readonly string[];
}>([
  {
    name: 'are changed as the annotations say',
    given: { [domain]: 'inner.example.com  example.com', [path]: ' /app/ / ' },
    asks: { domain: { from: 'inner.example.com', to: 'example.com' }, path: { from: '/app/', to: '/' } },
  },
  {
    name: 'may be found by an expression',
    given: { [domain]: '~inner.example.com example.com' },
    asks: { domain: { from: '~inner.example.com', to: 'example.com' } },
  },
  { name: 'stay as they are', given: { [domain]: 'off', [path]: 'off' }, asks: undefined },
  {
    name: 'are those of all hosts without texts',
    given: { [domain]: '', [path]: '' },
    options: { [path]: '/a /b' },
    asks: undefined,
  },
  {
    name: 'stay as they are here alone',
    given: { [path]: 'off' },
    options: { [path]: '/a /b' },
    asks: { path: 'off' },
  },
  {
    name: 'stay as they are with one word, with three and with blanks',
    given: { [domain]: ' a b', [path]: '/a /b /c' },
    asks: undefined,
    lines: [`${INVALID} ${domain}: " a b" is not two words`, `${INVALID} ${path}: "/a /b /c" is not two words`],
  },
  {
    name: 'stay as they are with what could be more than a word',
    given: { [domain]: 'a b;', [path]: '/a "' },
    asks: undefined,
    lines: [`${INVALID} ${domain}: "a b;" is not two words`, `${INVALID} ${path}: "/a "" is not two words`],
  },
  {
    name: 'stay as they are with an expression that is none',
    given: { [path]: '~?a /b' },
    asks: undefined,
    lines: [`${INVALID} ${path}: "~?a /b" begins with an expression that nginx does not take`],
  },
  {
    name: 'stay as they are with more than nginx reads as a word',
    given: { [path]: `/${'a'.repeat(2000)} /b` },
    asks: undefined,
    lines: [`${INVALID} ${path}: "/${'a'.repeat(2000)} /b" is longer than 1024 characters`],
  },
])('the cookies of a backend $name', ({ given, options = {}, asks, lines = [] }) => {
  const { policy, denied, found } = runFamily(backendCookies, given, { options });
  expect(policy).toEqual(asks);
  expect(denied).toBeUndefined();
  expect(linesOf(found)).toEqual(lines);
});

test.each([
  { name: 'stay as they are', data: {}, asks: undefined, lines: [] },
  {
    name: 'are changed as the options say',
    data: { [domain]: 'a.example b.example' },
    asks: { domain: { from: 'a.example', to: 'b.example' }, path: 'off' },
    lines: [],
  },
  {
    name: 'stay as they are with what is not two words',
    data: { [domain]: 'a.example' },
    asks: undefined,
    lines: [`invalid-option-value: ${domain}: "a.example" is not two words`],
  },
])('the cookies of all backends $name', ({ data, asks, lines }) => {
  const { policy, found } = runOptions(backendCookies, data);
  expect(policy).toEqual(asks);
  expect(linesOf(found)).toEqual(lines);
});
