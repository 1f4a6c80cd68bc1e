import { expect, test } from 'vitest';

import { connectionHeader } from '../../../src/annotations/connection-header.ts';
import { linesOf } from '../../support/resources.ts';
import { runFamily } from '../../support/annotations.ts';

const NAME = 'connection-proxy-header';

test.each([
  { name: 'is what the annotation says', text: 'keep-alive', value: 'keep-alive' },
  { name: 'has white space around it', text: ' close\n', value: 'close' },
  { name: 'is the usual one without a text', text: '', value: undefined },
])('the Connection header that a backend gets $name', ({ text, value }) => {
  const { policy, denied, found } = runFamily(connectionHeader, { [NAME]: text });
  expect(policy?.value).toBe(value);
  expect(denied).toBeUndefined();
  expect(linesOf(found)).toEqual([]);
});

test.each(['upgrade', 'Close', 'close; x'])(
  'the controller drops an Ingress whose Connection header is "%s": its locations are closed',
  text => {
    const { plan, found } = runFamily(connectionHeader, { [NAME]: text });
    expect(plan.closes).toEqual([{ closes: 'dropped', reason: `invalid value in annotation ${NAME}` }]);
    expect(linesOf(found)).toHaveLength(1);
  },
);
