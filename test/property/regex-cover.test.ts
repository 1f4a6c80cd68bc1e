import fc from 'fast-check';
import { expect, test } from 'vitest';

import { coverOf, surePrefix } from '../../src/lint/regex-cover.ts';
import { readSyntax } from '../../src/lint/regex-syntax.ts';
import { runs } from './runs.ts';

const atom = fc.constantFrom('a', 'b', '/', '.', '\\d', '\\w', '[ab]', '[^a]', '[a-c0-9]', '\\.', '1');
const quantifier = fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{1,2}', '{1,}', '+?');
const { expression } = fc.letrec<{ expression: string; sequence: string; item: string }>(tie => ({
  item: fc.oneof(
    { maxDepth: 3 },
    fc.tuple(atom, quantifier).map(parts => parts.join('')),
    fc.constant('$'),
    {
      arbitrary: fc.tuple(tie('expression'), quantifier).map(([inner, times]) => `(${inner})${times}`),
      weight: 1,
    },
  ),
  sequence: fc.array(tie('item'), { minLength: 1, maxLength: 4 }).map(items => items.join('')),
  expression: fc.array(tie('sequence'), { minLength: 1, maxLength: 2 }).map(branches => branches.join('|')),
}));
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '/', '.', '1'), maxLength: 8 });

test('what an expression surely covers, it matches whatever follows', () => {
  let covered = 0;
  fc.assert(
    fc.property(expression, text, text, (source, begin, end) => {
      const syntax = readSyntax(source);
      if (syntax === undefined || !coverOf(syntax)(begin)) return;
      covered += 1;
      expect(`${begin}${end}`.toUpperCase()).toMatch(new RegExp(`^(?:${source})`, 'i'));
    }),
    runs(2_000),
  );
  expect(covered).toBeGreaterThan(50);
});

test('all that an expression matches begins with its sure prefix', () => {
  fc.assert(
    fc.property(expression, text, (source, whole) => {
      const syntax = readSyntax(source);
      if (syntax === undefined || !new RegExp(`^(?:${source})`, 'i').test(whole)) return;
      expect(whole.startsWith(surePrefix(syntax))).toBe(true);
    }),
    runs(2_000),
  );
});

test('no expression takes long, and none is written out without end', () => {
  const syntax = readSyntax('(a|a)*(a|aa)+(a*)*b');
  if (syntax === undefined) throw new Error('it can be read');
  expect(coverOf(syntax)('a'.repeat(250))).toBe(false);
  expect(coverOf(syntax)(`${'a'.repeat(250)}b`)).toBe(true);
  expect(readSyntax('((a{9}){9}){9}')).toBeUndefined();
  expect(readSyntax('a{60000}')).toBeUndefined();
});
