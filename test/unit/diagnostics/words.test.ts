import { expect, test } from 'vitest';

import { listed, many } from '../../../src/diagnostics/words.ts';

test.each([
  { texts: [], text: '' },
  { texts: ['a'], text: 'a' },
  { texts: ['a', 'b'], text: 'a and b' },
  { texts: ['a', 'b', 'c'], text: 'a, b and c' },
  { texts: ['a', 'b', 'c', 'd'], text: 'a, b, c and 1 more' },
  { texts: ['a', 'b', 'c', 'd', 'e'], most: 2, text: 'a, b and 3 more' },
  { texts: ['a', 'b'], most: 1, text: 'a and 1 more' },
])('$texts.length texts, of which $most are named, are $text', ({ texts, most, text }) => {
  expect(listed(texts, most)).toBe(text);
});

test.each([
  { count: 0, text: '0 Ingresses' },
  { count: 1, text: '1 Ingress' },
  { count: 2, text: '2 Ingresses' },
])('$count are $text', ({ count, text }) => {
  expect(many(count, 'Ingress', 'Ingresses')).toBe(text);
});
