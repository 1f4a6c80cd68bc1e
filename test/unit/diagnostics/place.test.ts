import { expect, test } from 'vitest';

import type { ObjectName } from '../../../src/diagnostics/place.ts';
import { isSameObject, objectText } from '../../../src/diagnostics/place.ts';

const WEB: ObjectName = { kind: 'Ingress', namespace: 'shop', name: 'web' };

test.each([
  { name: 'has its namespace', given: WEB, text: 'Ingress shop/web' },
  {
    name: 'has none where its kind lies in none',
    given: { kind: 'IngressClass', name: 'nginx' },
    text: 'IngressClass nginx',
  },
])('the text of an object $name', ({ given, text }) => {
  expect(objectText(given)).toBe(text);
});

test.each([
  { name: 'an equal name', other: { ...WEB }, isSame: true },
  { name: 'another kind', other: { ...WEB, kind: 'Secret' }, isSame: false },
  { name: 'another namespace', other: { ...WEB, namespace: 'billing' }, isSame: false },
  { name: 'no namespace', other: { kind: 'Ingress', name: 'web' }, isSame: false },
  { name: 'another name', other: { ...WEB, name: 'api' }, isSame: false },
  { name: 'nothing', other: undefined, isSame: false },
])('an object and $name', ({ other, isSame }) => {
  expect(isSameObject(WEB, other)).toBe(isSame);
  expect(isSameObject(other, WEB)).toBe(isSame);
});
