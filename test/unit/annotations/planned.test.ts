import { describe, expect, test } from 'vitest';

import { plannedAnnotations, removedAnnotations } from '../../../src/annotations/planned.ts';
import { builtAnnotations } from '../../../src/annotations/registry.ts';
import { plannedOptions } from '../../../src/controller-config/planned.ts';
import { options } from '../../../src/controller-config/registry.ts';

/** One sentence: a capital at its beginning, a full stop at its end, and no other in between. */
const SENTENCE = /^[A-Z][^\n]{0,88}\.$/;

const isSentence = (text: string) => SENTENCE.test(text) && !/[.!?] /.test(text);

// That no name stands twice in one registry is seen by the compiler: equal keys of an object are an error.
describe.each([
  {
    registry: 'planned annotations',
    names: Object.keys(plannedAnnotations),
    others: [...Object.keys(removedAnnotations), ...Object.keys(builtAnnotations())],
    some: [],
  },
  {
    registry: 'removed annotations',
    names: Object.keys(removedAnnotations),
    others: [...Object.keys(plannedAnnotations), ...Object.keys(builtAnnotations())],
    some: ['secure-backends'],
  },
  {
    registry: 'planned options',
    names: Object.keys(plannedOptions),
    others: Object.keys(options),
    some: [],
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
  { registry: 'planned annotations', entries: plannedAnnotations },
  { registry: 'planned options', entries: plannedOptions },
])('the summaries of the $registry are one sentence of at most 90 characters', ({ entries }) => {
  const wrong = Object.entries(entries).filter(([, { summary }]) => !isSentence(summary));
  expect(wrong).toEqual([]);
});

test('a removed annotation says what replaced it, without a full stop', () => {
  const wrong = Object.entries(removedAnnotations).filter(([, { instead }]) => !/^[a-z].*[^.\s]$/.test(instead));
  expect(wrong).toEqual([]);
});

test('annotations that keep someone out close their locations meanwhile', () => {
  const closing = Object.entries(plannedAnnotations).filter(([, { meanwhile }]) => meanwhile === 'closed');
  expect(closing.map(([name]) => name)).toEqual([]);
});
