import { describe, expect, test } from 'vitest';

import { annotationAnswers } from '../../../../src/answers/annotation-names.ts';
import { SHAPE_NAMES } from '../../../../src/answers/migrate/model.ts';
import { allTargets, readTarget } from '../../../../src/answers/migrate/targets.ts';
import { optionAnswers } from '../../../../src/answers/option-names.ts';

/** Those that the controller of today reads. */
const ANNOTATIONS = annotationAnswers()
  .filter(({ standing }) => standing !== 'removed' && standing !== 'idle')
  .map(({ name }) => name)
  .toSorted();
const OPTIONS = new Set(optionAnswers().map(({ name }) => name));

describe.each(allTargets())('the verdicts on $name', target => {
  const judgements = [...target.annotations, ...target.options, ...target.shapes];

  test('are there for every annotation that the controller reads, and for no other', () => {
    expect([...target.annotations.keys()].toSorted()).toEqual(ANNOTATIONS);
  });

  test('are about options that there are, and all shapes', () => {
    expect([...target.options.keys()].filter(name => !OPTIONS.has(name))).toEqual([]);
    expect([...target.shapes.keys()]).toEqual([...SHAPE_NAMES]);
  });

  test('say how, and where it can be read, in the version that is named', () => {
    const odd = judgements.filter(
      ([, { how, source }]) =>
        how === '' || how.endsWith('.') || !URL.canParse(source) || !source.startsWith('https://github.com/'),
    );
    expect(odd).toEqual([]);
    const sources = [...judgements.map(([, judgement]) => judgement), ...target.notes].map(({ source }) => source);
    expect(sources.filter(source => !source.includes(`/v${target.version}/`))).toEqual([]);
  });

  test('have been checked, but for a few', () => {
    expect(judgements.filter(([, { verdict }]) => verdict === 'unchecked').length).toBeLessThanOrEqual(2);
  });
});

const FILE = {
  name: 'T',
  product: 'p',
  version: '1.0.0',
  notes: [],
  sources: { a: 'https://example.com/' },
  annotations: {},
  options: {},
  shapes: Object.fromEntries(SHAPE_NAMES.map(name => [name, { verdict: 'same', how: 'h', source: 'a' }])),
};

test.each([
  { name: 'a verdict that there is not', file: { ...FILE, options: { x: { verdict: 'yes', how: 'h', source: 'a' } } } },
  {
    name: 'a source that is not listed',
    file: { ...FILE, options: { x: { verdict: 'same', how: 'h', source: 'b' } } },
  },
  { name: 'no verdict on a shape', file: { ...FILE, shapes: {} } },
  { name: 'a note without a source', file: { ...FILE, notes: [{ text: 't' }] } },
  { name: 'no version', file: { ...FILE, version: undefined } },
  { name: 'no mapping', file: [] },
])('a file with $name is not taken', ({ file }) => {
  expect(() => readTarget('traefik', file)).toThrow(Error);
});
