import { describe, expect, test } from 'vitest';

import { annotationAnswers } from '../../../src/answers/annotation-names.ts';
import type { NameAnswer } from '../../../src/answers/names.ts';
import { coverageOf, findNames } from '../../../src/answers/names.ts';
import { optionAnswers } from '../../../src/answers/option-names.ts';
import { annotationSince } from '../../../src/annotations/since.ts';
import { optionSince } from '../../../src/controller-config/since.ts';

const KINDS = [
  { kind: 'annotations', answers: annotationAnswers(), since: annotationSince },
  { kind: 'options', answers: optionAnswers(), since: optionSince },
] as const;

const answer = (answers: readonly NameAnswer[], name: string): NameAnswer | undefined =>
  answers.find(each => each.name === name);

/** Names that are in no release that can be looked at. */
const OF_NO_RELEASE = new Set(['opentracing-operation-name', 'jaeger-trace-baggage-header-prefix']);

describe.each(KINDS)('of $kind', ({ answers, since }) => {
  test('each is there once', () => {
    const names = answers.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
  });

  test('every name with a version is known, and every known name has its version', () => {
    const names = answers.map(({ name }) => name);
    expect([...since.keys()].filter(name => !names.includes(name))).toEqual([]);
    expect(names.filter(name => !since.has(name) && !OF_NO_RELEASE.has(name))).toEqual([]);
  });

  test('versions are those of releases', () => {
    expect([...since.values()].filter(version => !/^(?:0\.(?:5|8)|[01]\.\d+\.\d+)$/.test(version))).toEqual([]);
  });

  test('the coverage counts each', () => {
    const sum = Object.values(coverageOf(answers)).reduce((total, count) => total + count, 0);
    expect(sum).toBe(answers.length);
  });

  test('a default can be shown', () => {
    expect(answers.filter(({ default: text }) => text?.includes('[object'))).toEqual([]);
  });
});

describe('an answer', () => {
  test('has all that is known of an annotation', () => {
    expect(answer(annotationAnswers(), 'load-balance')).toMatchObject({
      standing: 'differs',
      family: 'Balancing',
      default: 'round_robin',
      defaultFrom: 'load-balance',
      example: 'ewma',
      becomes: 'random two least_conn',
      differs: [expect.stringMatching(/^with ewma, /)],
      since: '0.12.0',
    });
  });

  test('has what to write instead of one that was removed', () => {
    expect(answer(annotationAnswers(), 'grpc-backend')).toEqual({
      name: 'grpc-backend',
      standing: 'removed',
      instead: 'backend-protocol: "GRPC"',
      since: '0.13.0',
    });
  });

  test('says what is lost of an option that is refused', () => {
    expect(answer(optionAnswers(), 'lua-shared-dicts')).toMatchObject({
      standing: 'refused',
      lost: 'nginx without Lua has no such memory',
    });
  });

  test('tells an option that the controller itself does not read', () => {
    expect(answer(optionAnswers(), 'app-root')).toMatchObject({ standing: 'idle' });
  });
});

describe('asked for names', () => {
  const found = (...names: readonly string[]) => {
    const result = findNames(annotationAnswers(), names);
    return { ...result, found: result.found.map(({ name }) => name) };
  };

  test.each([
    { name: 'known ones are found in order', asked: ['limit-rps', 'enable-cors'], found: ['limit-rps', 'enable-cors'] },
    { name: 'each is found once', asked: ['limit-rps', 'limit-rps'], found: ['limit-rps'] },
    { name: 'nothing is found for nothing', asked: [], found: [] },
  ])('$name', ({ asked, found: expected }) => {
    expect(found(...asked)).toEqual({ found: expected, unknown: [] });
  });

  test.each([
    { asked: 'limit-rp', meant: 'limit-rps' },
    { asked: 'Enable_Cors', meant: 'enable-cors' },
    { asked: 'nginx.ingres.kubernetes.io/limit-rps', meant: 'limit-rps' },
    { asked: 'nginx.ingress.kubernetes.io/limit-rp', meant: 'limit-rps' },
    { asked: 'colour-of-the-sky', meant: undefined },
    { asked: '', meant: undefined },
    { asked: 'constructor', meant: undefined },
  ])('"$asked" is unknown, and $meant was meant', ({ asked, meant }) => {
    expect(found(asked)).toEqual({ found: [], unknown: [{ name: asked, meant }] });
  });
});
