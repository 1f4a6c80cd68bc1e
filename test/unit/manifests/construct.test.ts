import { describe, expect, test } from 'vitest';

import { construct } from '../../../src/manifests/construct.ts';

describe('builds values as the API server does:', () => {
  test.each([
    { name: 'the last of equal keys counts', yaml: '{a: 1, a: 2}', value: { a: 2 } },
    {
      name: 'keys become text',
      yaml: '{yes: a, 1: b, 1.10: c, 0x10: d}',
      value: { true: 'a', 1: 'b', 1.1: 'c', 16: 'd' },
    },
    { name: 'a merge key adds', yaml: '{x: &x {a: 1}, z: {<<: *x, b: 2}}', value: { x: { a: 1 }, z: { a: 1, b: 2 } } },
    {
      name: 'a key behind a merge key wins',
      yaml: '{x: &x {a: 1}, z: {<<: *x, a: 2}}',
      value: { x: { a: 1 }, z: { a: 2 } },
    },
    {
      name: 'a merge key wins over keys before it',
      yaml: '{x: &x {a: 1}, z: {a: 2, <<: *x}}',
      value: { x: { a: 1 }, z: { a: 1 } },
    },
    {
      name: 'the first of merged mappings wins',
      yaml: '{z: {<<: [{a: 1}, {a: 2, b: 3}]}}',
      value: { z: { a: 1, b: 3 } },
    },
    { name: 'a quoted << is a key', yaml: '{"<<": a}', value: { '<<': 'a' } },
    { name: 'unknown tags are ignored', yaml: '{a: !Ref b, c: !Sub {d: 1}}', value: { a: 'b', c: { d: 1 } } },
    { name: 'a set is a mapping', yaml: '!!set {a, b}', value: { a: null, b: null } },
    { name: 'dates are text', yaml: '{a: 2020-01-01}', value: { a: '2020-01-01' } },
  ])('$name', ({ yaml, value }) => {
    expect(construct(yaml)[0]?.value).toEqual(value);
  });

  test('a key named __proto__ is a key', () => {
    const [document] = construct('{__proto__: {polluted: "1"}}');
    expect(Object.keys(Object(document?.value))).toEqual(['__proto__']);
  });
});
