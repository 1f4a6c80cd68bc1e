import { expect, test } from 'vitest';

import { gzip } from '../../../src/controller-config/gzip.ts';
import { runOptions } from '../../support/annotations.ts';
import { linesOf } from '../../support/resources.ts';

const ON = { 'use-gzip': 'true', 'gzip-types': 'text/css' };
const PLAIN = { level: 1, minLength: 256, types: ['text/css'], exceptAgents: undefined };

test.each<{ name: string; data: Readonly<Record<string, string>>; asks?: object; lines?: readonly string[] }>([
  { name: 'is off by default', data: {} },
  {
    name: 'is off, whatever else is said of it',
    data: { 'use-gzip': 'false', 'gzip-level': '5', 'gzip-types': 'text/css' },
  },
  { name: 'has the defaults of the controller', data: ON, asks: PLAIN },
  {
    name: 'takes level, length and agents',
    data: { ...ON, 'gzip-level': '9', 'gzip-min-length': '0', 'gzip-disable': 'MSIE [4-6]\\.' },
    asks: { ...PLAIN, level: 9, minLength: 0, exceptAgents: 'MSIE [4-6]\\.' },
  },
  {
    name: 'takes each type once, in small letters, and text/html by itself',
    data: { ...ON, 'gzip-types': ' text/HTML  Text/CSS\ttext/css *' },
    asks: { ...PLAIN, types: ['text/css', '*'] },
  },
  {
    name: 'keeps the default for a level that nginx does not have',
    data: { ...ON, 'gzip-level': '10' },
    asks: PLAIN,
    lines: ['invalid-option-value: gzip-level: "10" is not between 1 and 9'],
  },
  {
    name: 'keeps the default for a length with a unit',
    data: { ...ON, 'gzip-min-length': '1k' },
    asks: PLAIN,
    lines: ['invalid-option-value: gzip-min-length: "1k" is not a whole number'],
  },
  {
    name: 'excepts nobody by an expression that cannot be read',
    data: { ...ON, 'gzip-disable': 'MSIE(' },
    asks: PLAIN,
    lines: ['invalid-option-value: gzip-disable: "MSIE(" is an invalid regular expression: unclosed "("'],
  },
])('gzip $name', ({ data, asks, lines = [] }) => {
  const { policy, found } = runOptions(gzip, data);
  expect(policy).toEqual(asks);
  expect(linesOf(found)).toEqual(lines);
});

test.each([
  {
    name: 'commas',
    text: 'text/css,text/plain',
    help: 'write "text/css text/plain"',
    problem: 'has "text/css,text/plain"',
  },
  { name: 'no types', text: ' ', help: 'write "application/json text/css"', problem: 'names no MIME type' },
  {
    name: 'the end of the directive',
    text: 'text/css; user root',
    help: 'write "text/css"',
    problem: 'has "text/css;"',
  },
  { name: 'a type too long', text: `a/${'b'.repeat(45)} a/b`, help: 'write "a/b"', problem: 'is longer than the 46' },
])('gzip-types has no $name', ({ text, help, problem }) => {
  const parsed = gzip.options['gzip-types'].type.parse(text);
  expect(parsed).toMatchObject({ ok: false, help, problem: expect.stringContaining(problem) });
});
