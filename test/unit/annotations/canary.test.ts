import { describe, expect, test } from 'vitest';

import { canary } from '../../../src/annotations/canary.ts';
import type { Share } from '../../../src/annotations/family.ts';
import { plannerOf } from '../../../src/annotations/plan.ts';
import { indexCluster } from '../../../src/cluster/cluster.ts';
import { readControllerConfig } from '../../../src/compile/controller-options.ts';
import { ingressOf, linesOf, reported } from '../../support/resources.ts';

type Texts = Readonly<Record<string, string>>;

/** What an Ingress with these annotations takes of others, why it is closed, and what is said. */
function read(annotations: Texts): {
  readonly share: Share | undefined;
  readonly closes: readonly string[];
  readonly lines: readonly string[];
} {
  const { result, found } = reported(report => {
    const tables = indexCluster([], report);
    const config = readControllerConfig(undefined, tables, report);
    return plannerOf([canary]).plan({ ingress: ingressOf({ annotations }), tables, config, report });
  });
  return { share: result.share, closes: result.closes.map(({ closes }) => closes), lines: linesOf(found) };
}

/** The rules as text, in their order. */
function rulesOf(share: Share | undefined): readonly string[] {
  return (share?.rules ?? []).map(({ when: { of, name, is }, isTaken }) => {
    const value = is.kind === 'text' ? `= ${is.text}` : `~ ${is.regex}`;
    return `${of} ${name} ${value} -> ${isTaken ? 'canary' : 'main'}`;
  });
}

const ON: Texts = { canary: 'true', 'canary-weight': '10' };

describe('whether an Ingress is a canary', () => {
  const HALF = 'is set, but canary is missing: the locations of this Ingress answer 503';
  test.each<{ name: string; given: Texts; is: 'canary' | 'ordinary' | 'closed'; lines?: readonly string[] }>([
    { name: 'it is none without annotation', given: {}, is: 'ordinary' },
    { name: 'nor with false, whatever else it has', given: { ...ON, canary: 'false' }, is: 'ordinary' },
    { name: 'nor with a weight of 0 alone', given: { 'canary-weight': '0' }, is: 'ordinary' },
    { name: 'nor with a total alone', given: { 'canary-weight-total': '500' }, is: 'ordinary' },
    { name: 'it is one with true', given: ON, is: 'canary' },
    { name: 'and with another form of true', given: { ...ON, canary: 'T' }, is: 'canary' },
    // The controller takes the following for ordinary Ingresses, which get all requests instead of a share.
    {
      name: 'it may be one with what is no boolean',
      given: { ...ON, canary: 'yes' },
      is: 'closed',
      lines: ['unclear-canary: canary: "yes" is not a boolean'],
    },
    {
      name: 'it may be one with a weight alone',
      given: { 'canary-weight': '5' },
      is: 'closed',
      lines: [`unclear-canary: canary-weight ${HALF}`],
    },
    {
      name: 'it may be one with a header and an empty canary',
      given: { canary: '', 'canary-by-header': 'X-Canary' },
      is: 'closed',
      lines: [`unclear-canary: canary-by-header ${HALF}`],
    },
  ])('$name', ({ given, is, lines = [] }) => {
    const found = read(given);
    expect(found.lines).toEqual(lines);
    expect(found.closes).toEqual(is === 'closed' ? ['dropped'] : []);
    expect(found.share !== undefined).toBe(is === 'canary');
  });

  test('what cannot be told is an error', () => {
    const { found } = reported(report => {
      const tables = indexCluster([], report);
      const config = readControllerConfig(undefined, tables, report);
      plannerOf([canary]).plan({ ingress: ingressOf({ annotations: { canary: 'yes' } }), tables, config, report });
    });
    expect(found.map(({ severity }) => severity)).toEqual(['error']);
  });
});

describe('the rules of a canary', () => {
  test.each<{ name: string; given: Texts; rules: readonly string[]; lines?: readonly string[] }>([
    { name: 'are none with a weight alone', given: {}, rules: [] },
    {
      name: 'are always and never for a header',
      given: { 'canary-by-header': ' X-Canary ' },
      rules: ['header X-Canary = always -> canary', 'header X-Canary = never -> main'],
    },
    {
      name: 'are the value of the header alone, if there is one',
      given: { 'canary-by-header': 'X-Canary', 'canary-by-header-value': 'try me' },
      rules: ['header X-Canary = try me -> canary'],
    },
    {
      name: 'are a pattern',
      given: { 'canary-by-header': 'X-Canary', 'canary-by-header-pattern': '^v[0-9]+$' },
      rules: ['header X-Canary ~ ^v[0-9]+$ -> canary'],
    },
    {
      name: 'are the value where there is a pattern, too',
      given: {
        'canary-by-header': 'X-Canary',
        'canary-by-header-value': 'v2',
        'canary-by-header-pattern': '^v[0-9]+$',
      },
      rules: ['header X-Canary = v2 -> canary'],
      lines: ['canary-rule-without-effect: canary-by-header-pattern has no effect beside canary-by-header-value'],
    },
    {
      name: 'keep the requests with the header away, if the pattern cannot be read',
      given: { 'canary-by-header': 'X-Canary', 'canary-by-header-pattern': 'v(', 'canary-by-cookie': 'try' },
      rules: ['header X-Canary ~ . -> main', 'cookie try = always -> canary', 'cookie try = never -> main'],
      lines: [
        'canary-rule-without-effect: invalid regular expression in canary-by-header-pattern "v(": unclosed "("; no request with the header "X-Canary" goes to the canary',
      ],
    },
    {
      name: 'ask the header before the cookie',
      given: { 'canary-by-cookie': 'try', 'canary-by-header': 'X-Canary' },
      rules: [
        'header X-Canary = always -> canary',
        'header X-Canary = never -> main',
        'cookie try = always -> canary',
        'cookie try = never -> main',
      ],
    },
    {
      name: 'are none for a value without a header',
      given: { 'canary-by-header-value': 'v2', 'canary-by-header-pattern': 'v' },
      rules: [],
      lines: ['canary-rule-without-effect: canary-by-header-value has no effect without canary-by-header'],
    },
    {
      name: 'are none for a header that nginx drops',
      given: { 'canary-by-header': 'X.Canary' },
      rules: [],
      lines: [
        'canary-rule-without-effect: canary-by-header: "X.Canary" is no name of a header that nginx takes: no request has it',
      ],
    },
    {
      name: 'are those of the header with dashes for one with underscores',
      given: { 'canary-by-header': 'x_canary', 'canary-by-header-value': 'v2' },
      rules: ['header x_canary = v2 -> canary'],
      lines: [
        'canary-rule-without-effect: canary-by-header: "x_canary" has an underscore: nginx drops such headers, and takes "x-canary" for it',
      ],
    },
    {
      name: 'are none for what the annotations do not take',
      given: { 'canary-by-header': 'X"C', 'canary-by-cookie': 'c;d' },
      rules: [],
      lines: [
        'invalid-annotation-value: canary-by-header: "X"C" has characters that are not allowed here',
        'invalid-annotation-value: canary-by-cookie: "c;d" has characters that are not allowed here',
      ],
    },
    {
      name: 'are none for empty texts',
      given: { 'canary-by-header': '', 'canary-by-cookie': '  ' },
      rules: [],
    },
  ])('$name', ({ given, rules, lines = [] }) => {
    const found = read({ ...ON, ...given });
    expect(rulesOf(found.share)).toEqual(rules);
    expect(found.lines).toEqual(lines);
    expect(found.closes).toEqual([]);
  });
});

describe('the share of a canary', () => {
  test.each<{ name: string; given: Texts; share: string; lines?: readonly string[] }>([
    { name: 'is its weight of 100', given: { 'canary-weight': '10' }, share: '10 of 100' },
    { name: 'may be nothing', given: { 'canary-weight': '0' }, share: '0 of 100' },
    { name: 'may be all', given: { 'canary-weight': '100' }, share: '100 of 100' },
    {
      name: 'is of another total',
      given: { 'canary-weight': '250', 'canary-weight-total': '1000' },
      share: '250 of 1000',
    },
    {
      name: 'is never more than all',
      given: { 'canary-weight': '150' },
      share: '100 of 100',
      lines: ['canary-weight: canary-weight: "150" is more than the total of 100: the canary gets all requests'],
    },
    {
      name: 'is of 100 where the total is less',
      given: { 'canary-weight': '5', 'canary-weight-total': '10' },
      share: '5 of 100',
      lines: [
        'canary-weight: canary-weight-total: "10" counts as 100, the least that the controller takes: the canary gets 5 of 100',
      ],
    },
    {
      name: 'is rounded where nginx cannot divide so finely',
      given: { 'canary-weight': '1', 'canary-weight-total': '20000' },
      share: '1 of 20000',
      lines: [
        'canary-weight: canary-weight: "1" of 20000 is finer than the 0.01 % in which nginx divides requests: it is rounded',
      ],
    },
    {
      name: 'is nothing for a weight with a unit',
      given: { 'canary-weight': '10%' },
      share: '0 of 100',
      lines: ['invalid-annotation-value: canary-weight: "10%" is not a whole number'],
    },
    {
      name: 'is nothing for a negative weight',
      given: { 'canary-weight': '-1' },
      share: '0 of 100',
      lines: ['invalid-annotation-value: canary-weight: "-1" is not between 0 and 999999999999999'],
    },
    {
      name: 'is nothing without any rule',
      given: {},
      share: '0 of 100',
      lines: ['canary-rule-without-effect: the canary gets no requests: it has neither weight nor header nor cookie'],
    },
    {
      name: 'is nothing with an empty weight',
      given: { 'canary-weight': '' },
      share: '0 of 100',
      lines: ['canary-rule-without-effect: the canary gets no requests: it has neither weight nor header nor cookie'],
    },
    {
      name: 'is nothing with a rule alone',
      given: { 'canary-by-cookie': 'try' },
      share: '0 of 100',
    },
  ])('$name', ({ given, share, lines = [] }) => {
    const found = read({ canary: 'true', ...given });
    expect(`${found.share?.parts} of ${found.share?.of}`).toBe(share);
    expect(found.lines).toEqual(lines);
  });
});

test('clients stay with the side that has served them, unless the canary says otherwise', () => {
  expect(read(ON).share?.isSticky).toBe(true);
  expect(read({ ...ON, 'affinity-canary-behavior': 'legacy' }).share?.isSticky).toBe(false);
  expect(read({ ...ON, 'affinity-canary-behavior': 'loose' }).lines).toEqual([
    'invalid-annotation-value: affinity-canary-behavior: "loose" is not one of sticky, legacy',
  ]);
});
