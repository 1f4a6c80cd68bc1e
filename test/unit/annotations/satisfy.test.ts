import { expect, test } from 'vitest';

import { satisfy } from '../../../src/annotations/satisfy.ts';
import { runFamily } from '../../support/annotations.ts';
import { linesOf } from '../../support/resources.ts';

const ONE = { isOneEnough: true };

test.each<{ name: string; text: string; asks?: typeof ONE; lines?: readonly string[] }>([
  { name: 'one is enough', text: 'any', asks: ONE },
  { name: 'one is enough, with white space around the word', text: ' any\n', asks: ONE },
  { name: 'all are needed', text: 'all' },
  { name: 'all are needed where nothing is said', text: '' },
  ...['Any', 'one', 'any all', 'any; allow all'].map(text => ({
    name: `all are needed with the word "${text}"`,
    text,
    lines: [
      `invalid-annotation-value: satisfy: "${text}" ${text === 'Any' ? 'is not "any": capitals and blanks count' : 'is not one of all, any'}`,
    ],
  })),
])('of several checks $name', ({ text, asks, lines = [] }) => {
  const { policy, denied, found } = runFamily(satisfy, { satisfy: text });
  expect(policy).toEqual(asks);
  expect(denied).toBeUndefined();
  expect(linesOf(found)).toEqual(lines);
});
