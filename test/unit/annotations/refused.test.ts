import { describe, expect, test } from 'vitest';

import { refusedAnnotations } from '../../../src/annotations/refused.ts';
import { removedAnnotations } from '../../../src/annotations/removed.ts';
import { builtAnnotations } from '../../../src/annotations/registry.ts';
import { refusedOptions } from '../../../src/controller-config/refused.ts';
import { options } from '../../../src/controller-config/registry.ts';

/** One sentence: a capital at its beginning, a full stop at its end, and no other in between. */
const SENTENCE = /^[A-Z][^\n]{0,88}\.$/;

const isSentence = (text: string) => SENTENCE.test(text) && !/[.!?] /.test(text);

// That no name stands twice in one registry is seen by the compiler: equal keys of an object are an error.
describe.each([
  {
    registry: 'refused annotations',
    names: Object.keys(refusedAnnotations),
    others: [...Object.keys(removedAnnotations), ...Object.keys(builtAnnotations())],
    some: ['http2-push-preload'],
  },
  {
    registry: 'removed annotations',
    names: Object.keys(removedAnnotations),
    others: [...Object.keys(refusedAnnotations), ...Object.keys(builtAnnotations())],
    some: ['secure-backends'],
  },
  {
    registry: 'refused options',
    names: Object.keys(refusedOptions),
    others: Object.keys(options),
    some: ['lua-shared-dicts'],
  },
])('the names of the $registry', ({ names, others, some }) => {
  test('are there', () => {
    expect(names).toEqual(expect.arrayContaining(some));
  });

  test('are sorted', () => {
    expect(names).toEqual(names.toSorted());
  });

  test('are in no other registry', () => {
    const elsewhere = new Set(others);
    expect(elsewhere.size).toBeGreaterThan(0);
    expect(names.filter(name => elsewhere.has(name))).toEqual([]);
  });

  test('are single names, without prefix', () => {
    expect(names.filter(name => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))).toEqual([]);
  });
});

test.each([
  { registry: 'refused annotations', entries: refusedAnnotations },
  { registry: 'refused options', entries: refusedOptions },
])('the summaries of the $registry are one sentence of at most 90 characters', ({ entries }) => {
  const wrong = Object.entries(entries).filter(([, { summary }]) => !isSentence(summary));
  expect(wrong).toEqual([]);
});

test('a removed annotation says what replaced it, without a full stop', () => {
  const wrong = Object.entries(removedAnnotations).filter(([, { instead }]) => !/^[a-z].*[^.\s]$/.test(instead));
  expect(wrong).toEqual([]);
});

test('what is refused says what is lost, in a clause without a full stop', () => {
  const all = { ...refusedAnnotations, ...refusedOptions };
  const lost = Object.values(all).flatMap(entry => ('lost' in entry ? entry.lost : []));
  expect(lost.length).toBeGreaterThan(0);
  expect(lost.filter(clause => !/^[a-z`].*[^.\s]$/.test(clause) && !/^(?:nginx|HTTP|TLS|Lua)/.test(clause))).toEqual(
    [],
  );
});
