import { describe, expect, test } from 'vitest';

import { bool, integer, listOf, oneOf, text, trimmed } from '../../../src/options/value-type.ts';

describe('a boolean', () => {
  test.each(['1', 't', 'T', 'true', 'True', 'TRUE'])('is true as %s', word => {
    expect(bool.parse(word)).toEqual({ ok: true, value: true });
  });

  test.each(['0', 'f', 'F', 'false', 'False', 'FALSE'])('is false as %s', word => {
    expect(bool.parse(word)).toEqual({ ok: true, value: false });
  });

  test('is false where an option is empty, which is said', () => {
    expect(bool.parse('')).toMatchObject({ ok: false, rest: false, help: 'write "false", or remove it' });
  });

  test.each([
    { words: ['yes', 'on', 'tRUE', ' true', 'true\n', 'Enabled'], help: 'write "true"' },
    { words: ['no', 'off', 'fALSE', 'disabled'], help: 'write "false"' },
    { words: ['2', 'perhaps'], help: 'write "true" or "false"' },
  ])('is none as $words', ({ words, help }) => {
    for (const word of words) expect(bool.parse(word)).toEqual({ ok: false, problem: 'is not a boolean', help });
  });
});

describe('a whole number from 0 to 100', () => {
  const type = integer({ min: 0, max: 100 });
  test.each([
    { word: '0', value: 0 },
    { word: '100', value: 100 },
    { word: '+7', value: 7 },
    { word: '007', value: 7 },
  ])('is $word', ({ word, value }) => {
    expect(type.parse(word)).toEqual({ ok: true, value });
  });

  test.each([
    { word: '-1', problem: 'is not between 0 and 100' },
    { word: '101', problem: 'is not between 0 and 100' },
    { word: '', problem: 'is not a whole number' },
    { word: '5s', problem: 'is not a whole number', help: 'write "5"' },
    { word: '500s', problem: 'is not a whole number' },
    { word: '1.5', problem: 'is not a whole number' },
    { word: '1e2', problem: 'is not a whole number' },
    { word: '0x10', problem: 'is not a whole number' },
    { word: ' 5', problem: 'is not a whole number' },
    { word: '9'.repeat(20), problem: 'is not a whole number' },
  ])('is not "$word"', ({ word, problem, help = 'write a number from 0 to 100, without a unit' }) => {
    expect(type.parse(word)).toEqual({ ok: false, problem, help });
  });
});

test.each([
  { type: oneOf('basic', 'digest'), word: 'basic', parsed: { ok: true, value: 'basic' } },
  {
    type: oneOf('basic', 'digest'),
    word: 'Basic',
    parsed: { ok: false, problem: 'is not "basic": capitals and blanks count', help: 'write "basic"' },
  },
  {
    type: oneOf('basic', 'digest'),
    word: 'oauth',
    parsed: { ok: false, problem: 'is not one of basic, digest', help: 'write "basic" or "digest"' },
  },
  { type: trimmed(oneOf('basic')), word: '  basic ', parsed: { ok: true, value: 'basic' } },
  {
    type: trimmed(oneOf('basic')),
    word: 'basic\n',
    parsed: { ok: false, problem: 'is not "basic": capitals and blanks count', help: 'write "basic"' },
  },
  { type: text(/^[a-z]*$/, 'small letters'), word: 'abc', parsed: { ok: true, value: 'abc' } },
  { type: text(/^[a-z]*$/, 'small letters'), word: '', parsed: { ok: true, value: '' } },
  {
    type: text(/^[a-z]*$/, 'small letters'),
    word: 'abc\n',
    parsed: { ok: false, problem: 'has characters that are not allowed here', help: 'use only small letters' },
  },
  { type: listOf(oneOf('a', 'b')), word: 'a, b ,,a', parsed: { ok: true, value: ['a', 'b', 'a'] } },
  { type: listOf(oneOf('a', 'b')), word: '', parsed: { ok: true, value: [] } },
  {
    type: listOf(oneOf('a', 'b')),
    word: 'a,c',
    parsed: { ok: false, problem: 'has "c", which is not one of a, b', help: 'write "a" or "b"' },
  },
])('$type.name reads "$word"', ({ type, word, parsed }) => {
  expect(type.parse(word)).toEqual(parsed);
});
