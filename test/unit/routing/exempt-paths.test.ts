import fc from 'fast-check';
import { expect, test } from 'vitest';

import { isExempt } from '../../../src/routing/exempt-paths.ts';

test.each([
  { name: 'a listed path', path: '/open', exempt: ['/open'], isOpen: true },
  { name: 'what is below a listed path', path: '/open/a', exempt: ['/a', '/open', '/z'], isOpen: true },
  { name: 'what goes on in the same segment', path: '/opened', exempt: ['/open'], isOpen: true },
  { name: 'no part of a listed path', path: '/op', exempt: ['/open'], isOpen: false },
  { name: 'nothing of an empty list', path: '/open', exempt: [], isOpen: false },
  { name: 'what a path covers that others stand below', path: '/a/z', exempt: ['/a/b', '/a', '/a/b/c'], isOpen: true },
])('exempts $name: $isOpen', ({ path, exempt, isOpen }) => {
  expect(isExempt(path, exempt)).toBe(isOpen);
});

test('one look into a sorted list answers as comparing with all does', () => {
  const path = fc
    .string({ unit: fc.constantFrom('/', 'a', 'b', '-', '\u{1f600}'), maxLength: 6 })
    .map(end => `/${end}`);
  fc.assert(
    fc.property(path, fc.array(path, { maxLength: 8 }), (asked, exempt) => {
      expect(isExempt(asked, exempt)).toBe(exempt.some(begin => asked.startsWith(begin)));
    }),
  );
});
