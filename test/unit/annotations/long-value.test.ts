import { expect, test } from 'vitest';

import { annotationFamilies as families } from '../../../src/annotations/registry.ts';
import { readValues } from '../../../src/options/run.ts';

test.each([
  { family: families.rewrite, name: 'rewrite-target' },
  { family: families.basicAuth, name: 'auth-realm' },
  { family: families.basicAuth, name: 'auth-secret' },
])('$name does not take a text that nginx could not read as one word', ({ family, name }) => {
  const { invalid } = readValues(family.annotations, key => (key === name ? 'x'.repeat(4100) : undefined));
  expect(invalid.map(({ problem }) => problem)).toEqual(['is longer than 2048 characters']);
});
