import { expect, test } from 'vitest';

import { expressionSample } from '../../../../src/answers/diff/expression-sample.ts';

test.each([
  ['^/cart', '/cart'],
  ['^/cart(/|$)(.*)', '/cart/x'],
  [String.raw`^/v\d+/[a-z]{2}\.html$`, '/v1/xx.html'],
  ['^/(?:a|b)/(?i)c?', '/a/c'],
  ['^/[^/]+/x', '/x/x'],
  ['^/(?!api)', '/'],
  ['^/(?<name>a)', '/a'],
])('%s fits %s', (pattern, text) => {
  expect(expressionSample(pattern, 1)).toBe(text);
});

test('what may come any number of times may come never', () => {
  expect(expressionSample('^/a(/.*)?', 0)).toBe('/a');
});

test.each(['^/(?=x)x', '^/(a', String.raw`^/\p{L}`, '^/a)'])('%s is beyond it', pattern => {
  expect(expressionSample(pattern, 1)).toBeUndefined();
});
