import { expect, test } from 'vitest';

import { backendRedirects } from '../../../src/annotations/backend-redirects.ts';
import type { BackendRedirects } from '../../../src/routing/policies/backend-redirects.ts';
import { linesOf } from '../../support/resources.ts';
import { runFamily, runOptions } from '../../support/annotations.ts';

type Given = Readonly<Record<string, string>>;
const from = 'proxy-redirect-from';
const to = 'proxy-redirect-to';
const INVALID = 'invalid-annotation-value:';

test.each<{
  name: string;
  given: Given;
  options?: Given;
  asks: BackendRedirects | undefined;
  lines?: readonly string[];
}>([
  {
    name: 'are changed as the annotations say',
    given: { [from]: ' http://inner.example.com/ ', [to]: 'https://shop.example.com/' },
    asks: { url: { from: 'http://inner.example.com/', to: 'https://shop.example.com/' } },
  },
  {
    name: 'stay as they are with off',
    given: { [from]: 'off', [to]: '/a' },
    asks: undefined,
    lines: [`annotation-without-effect: ${to} has no effect without ${from}`],
  },
  { name: 'stay as they are with default', given: { [from]: 'default' }, asks: undefined },
  { name: 'stay as they are without texts', given: { [from]: '', [to]: '' }, asks: undefined },
  {
    name: 'stay as they are here alone',
    given: { [from]: 'off' },
    options: { [from]: '/a/', [to]: '/b/' },
    asks: { url: 'off' },
  },
  {
    name: 'take the rest from the options',
    given: { [to]: '/c/' },
    options: { [from]: '/a/', [to]: '/b/' },
    asks: { url: { from: '/a/', to: '/c/' } },
  },
  {
    name: 'stay as they are with one of the two',
    given: { [from]: '/a/' },
    asks: undefined,
    lines: [`annotation-without-effect: ${from} has no effect without ${to}`],
  },
  {
    name: 'stay as they are with what is not one word',
    given: { [from]: '/a /b', [to]: '/c' },
    asks: undefined,
    lines: [`${INVALID} ${from}: "/a /b" has characters that are not allowed here`],
  },
  {
    name: 'stay as they are with an expression that is none',
    given: { [from]: '~?a', [to]: '/c' },
    asks: undefined,
    lines: [`${INVALID} ${from}: "~?a" begins with an expression that nginx does not take`],
  },
])('the redirects of a backend $name', ({ given, options = {}, asks, lines = [] }) => {
  const { policy, denied, found } = runFamily(backendRedirects, given, { options });
  expect(policy).toEqual(asks);
  expect(denied).toBeUndefined();
  expect(linesOf(found)).toEqual(lines);
});

test.each([
  { name: 'stay as they are', data: {}, asks: { url: 'off' }, lines: [] },
  {
    name: 'are changed as the options say',
    data: { [from]: '/a/', [to]: '/b/' },
    asks: { url: { from: '/a/', to: '/b/' } },
    lines: [],
  },
  {
    name: 'stay as they are with what is not one word',
    data: { [from]: '/a/ /b/', [to]: '/c/' },
    asks: { url: 'off' },
    lines: [`invalid-option-value: ${from}: "/a/ /b/" has characters that are not allowed here`],
  },
])('the redirects of all backends $name', ({ data, asks, lines }) => {
  const { policy, found } = runOptions(backendRedirects, data);
  expect(policy).toEqual(asks);
  expect(linesOf(found)).toEqual(lines);
});
