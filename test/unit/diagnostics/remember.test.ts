import { describe, expect, test } from 'vitest';

import { collect } from '../../../src/diagnostics/diagnostic.ts';
import type { Remembered } from '../../../src/diagnostics/remember.ts';
import { remember, rememberSteps } from '../../../src/diagnostics/remember.ts';
import { atOnce } from '../../../src/steps/steps.ts';
import { missingServicePort } from '../../../src/compile/rules/backends.ts';

/** Makes a price list of a shop from a table of prices, and counts how often it is made. */
function shop() {
  const memory = new Map<string, Remembered<readonly (number | undefined)[]>>();
  let made = 0;
  const list = (prices: ReadonlyMap<string, number>, { names = ['tea'], others = new Map<string, number>() } = {}) => {
    const { report, diagnostics } = collect();
    const value = remember(memory, 'shop', { facts: names, tables: [prices, others], report }, (watch, report) => {
      made += 1;
      const known = watch(prices);
      for (const name of names.filter(each => known.get(each) === undefined))
        report({ rule: missingServicePort, message: `no ${name}` });
      return names.map(name => known.get(name));
    });
    return { value, said: diagnostics.map(({ message }) => message), made };
  };
  return { list };
}

describe('what was made before is given again', () => {
  const tea = new Map([['tea', 3]]);

  test('while the answers are the same, with its findings', () => {
    const { list } = shop();
    expect(list(new Map())).toEqual({ value: [undefined], said: ['no tea'], made: 1 });
    expect(list(new Map())).toEqual({ value: [undefined], said: ['no tea'], made: 1 });
  });

  test.each([
    { name: 'not when an answer differs', second: { prices: new Map([['tea', 4]]) }, made: 2 },
    {
      name: 'not when what was not there has come',
      first: new Map<string, number>(),
      second: { prices: tea },
      made: 2,
    },
    { name: 'whatever comes that nobody asked for', second: { prices: new Map([...tea, ['coffee', 5]]) }, made: 1 },
    { name: 'not when a fact differs', second: { prices: tea, names: ['tea', 'tea'] }, made: 2 },
    {
      name: 'whatever a table holds that was not asked',
      second: { prices: tea, others: new Map([['x', 1]]) },
      made: 1,
    },
  ])('$name', ({ first = tea, second: { prices, ...rest }, made }) => {
    const { list } = shop();
    list(first);
    const again = list(prices, rest);
    expect(again.made).toBe(made);
    expect(again).toEqual({ ...shop().list(prices, rest), made });
  });
});

test('a table that nobody named is a bug', () => {
  const { report } = collect();
  const stranger = new Map([['a', 1]]);
  expect(() =>
    remember(new Map(), 'key', { facts: [], tables: [], report }, watch => watch(stranger).get('a')),
  ).toThrow('a table is watched that is not among those of the result');
});

test('steps are made once, and get what was made before', () => {
  const memory = new Map<string, Remembered<string>>();
  const run = (fact: number) => {
    const { report } = collect();
    return atOnce(
      rememberSteps(memory, 'key', { facts: [fact], tables: [], report }, function* made(_, __, last) {
        yield;
        return `${fact} after ${last ?? 'nothing'}`;
      }),
    );
  };
  expect([run(1), run(1), run(2)]).toEqual(['1 after nothing', '1 after nothing', '2 after 1 after nothing']);
});

test('without a memory it is made each time, with its findings, and the table itself is asked', () => {
  const prices = new Map([['tea', 3]]);
  const { report, diagnostics } = collect();
  const run = (): boolean =>
    remember(undefined, 'shop', { facts: [], tables: [prices], report }, (watch, own, last) => {
      own({ rule: missingServicePort, message: `was ${String(last)}` });
      return watch(prices) === prices;
    });
  expect([run(), run()]).toEqual([true, true]);
  expect(diagnostics.map(({ message }) => message)).toEqual(['was undefined', 'was undefined']);
  const steps = rememberSteps(undefined, 'shop', { facts: [] }, function* (watch) {
    yield;
    return watch(prices).get('tea');
  });
  expect(atOnce(steps)).toBe(3);
});
