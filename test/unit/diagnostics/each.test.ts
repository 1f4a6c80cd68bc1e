import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { collect } from '../../../src/diagnostics/diagnostic.ts';
import type { EachMemory, IndexMemory, PickMemory } from '../../../src/diagnostics/each.ts';
import { indexEach, keptOf, pickEach, rememberEach } from '../../../src/diagnostics/each.ts';
import { missingServicePort } from '../../../src/compile/rules/backends.ts';

interface Item {
  readonly name: string;
  readonly isLucky: boolean;
}

const ITEMS: readonly Item[] = Array.from({ length: 12 }, (_, index) => ({
  name: `item ${index}`,
  isLucky: index % 3 === 0,
}));

/** Lists of the same objects: they come, go, and change their places. */
const lists = fc.array(fc.shuffledSubarray([...ITEMS]), { minLength: 1, maxLength: 8 });

describe('with a memory it comes to the same', () => {
  test('what is picked', () => {
    const property = fc.property(lists, fc.boolean(), (all, isOther) => {
      const memory: PickMemory<Item, string> = { last: undefined };
      for (const [index, items] of all.entries()) {
        const isWanted = isOther && index > 2;
        const pick = ({ name, isLucky }: Item): string | undefined => (isLucky === isWanted ? undefined : name);
        expect(pickEach(memory, items, pick, [isWanted])).toEqual(pickEach(undefined, items, pick));
      }
    });
    fc.assert(property);
  });

  test('what is made, and what is said', () => {
    const property = fc.property(lists, fc.array(fc.nat({ max: 11 })), (all, risen) => {
      const memory: EachMemory<Item, string> = { last: undefined };
      const prices = new Map<string, number>();
      const run = (items: readonly Item[], known?: EachMemory<Item, string>) => {
        const { report, diagnostics } = collect();
        const making = { facts: [], tables: [prices], report };
        const values = rememberEach(known, items, making, ({ name, isLucky }, watch, report) => {
          if (isLucky) return name;
          const price = watch(prices).get(name) ?? 0;
          if (price > 1) report({ rule: missingServicePort, message: `${name} is dear` });
          return `${name}: ${price}`;
        });
        return { values, said: diagnostics.map(({ message }) => message) };
      };
      for (const [index, items] of all.entries()) {
        const name = `item ${risen[index] ?? 0}`;
        prices.set(name, (prices.get(name) ?? 0) + 1);
        expect(run(items, memory)).toEqual(run(items));
      }
    });
    fc.assert(property);
  });

  test('an index', () => {
    const property = fc.property(lists, all => {
      const memory: IndexMemory<Item> = { last: undefined };
      const nameOf = ({ name }: Item): string => name;
      for (const items of all) {
        const found = indexEach(memory, items, nameOf);
        expect(new Map(found)).toEqual(indexEach(undefined, items, nameOf));
      }
    });
    fc.assert(property);
  });
});

describe('only what is new is looked at', () => {
  const [first, second, third, fourth, fifth] = ITEMS;
  const start = [first, second, third, fourth].filter(item => item !== undefined);

  test.each([
    { name: 'nothing where nothing has changed', now: start, looked: [] },
    { name: 'what came first', now: [fifth, first, second, third, fourth], looked: ['item 4'] },
    { name: 'what came last', now: [first, second, third, fourth, fifth], looked: ['item 4'] },
    { name: 'nothing where something went', now: [first, third, fourth], looked: [] },
    { name: 'what has the place of another', now: [first, fifth, third, fourth], looked: ['item 4'] },
    { name: 'nothing where something moved', now: [fourth, first, second, third], looked: [] },
    { name: 'what came, though another went', now: [second, third, fifth, fourth], looked: ['item 4'] },
  ])('$name', ({ now, looked }) => {
    const memory: PickMemory<Item, string> = { last: undefined };
    const seen: string[] = [];
    const pick = ({ name }: Item): string => {
      seen.push(name);
      return name;
    };
    pickEach(memory, start, pick);
    seen.length = 0;
    const items = now.filter(item => item !== undefined);
    expect(pickEach(memory, items, pick)).toEqual(items.map(({ name }) => name));
    expect(seen).toEqual(looked);
  });
});

test('the list of results is the same as long as they are', () => {
  const memory: EachMemory<Item, string> = { last: undefined };
  const picked: PickMemory<Item, string> = { last: undefined };
  const make = ({ name }: Item): string => name;
  const again = () => [rememberEach(memory, [...ITEMS], { facts: [] }, make), pickEach(picked, [...ITEMS], make)];
  const [values, names] = again();
  expect(again()[0]).toBe(values);
  expect(again()[1]).toBe(names);
});

test.each([
  { before: [1, 2, 3], now: [1, 2, 3], kept: { start: 3, endBefore: 3, endNow: 3 } },
  { before: [1, 2, 3], now: [1, 4, 3], kept: { start: 1, endBefore: 2, endNow: 2 } },
  { before: [1, 1], now: [1, 1, 1], kept: { start: 2, endBefore: 2, endNow: 3 } },
  { before: [], now: [1, 2], kept: { start: 0, endBefore: 0, endNow: 2 } },
])('of $before and $now nothing is counted twice', ({ before, now, kept }) => {
  expect(keptOf(before, now)).toEqual(kept);
});
