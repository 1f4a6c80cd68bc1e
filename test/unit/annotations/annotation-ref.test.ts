import { expect, test } from 'vitest';

import { annotationText, hasAnnotation } from '../../../src/annotations/annotation-ref.ts';

const ingress = (annotationsPrefix: string) => ({ annotations: { 'a/limit': '1', 'b/limit': '2' }, annotationsPrefix });

test('an annotation is that of the prefix, whichever was asked for before', () => {
  const [a, b, c] = ['a/', 'b/', 'c/'].map(ingress);
  const asked = [a, b, a, c, b].map(each => each && [annotationText(each, 'limit'), hasAnnotation(each, 'limit')]);
  expect(asked).toEqual([
    ['1', true],
    ['2', true],
    ['1', true],
    ['', false],
    ['2', true],
  ]);
});

test('names that nobody has are asked for without end', () => {
  for (let index = 0; index < 3000; index += 1) expect(annotationText(ingress('a/'), `no-${index}`)).toBe('');
  expect(annotationText(ingress('a/'), 'limit')).toBe('1');
});
