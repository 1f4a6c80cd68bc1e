import { expect, test } from 'vitest';

import { serverSnippet } from '../../../src/annotations/server-snippet.ts';
import { planOf } from '../../support/annotations.ts';

const NAME = 'server-snippet';

test.each([
  {
    name: 'the Ingress, if it sets headers alone',
    text: 'add_header X-A b; more_set_headers "X-B: c";',
    closes: 'location',
  },
  { name: 'the hosts, if it may guard paths of others', text: 'location /a { deny all; }', closes: 'host' },
  { name: 'the hosts, if it cannot be read', text: 'add_header X-A b', closes: 'host' },
])('a snippet that is not taken closes $name', ({ text, closes }) => {
  const { plan, lines } = planOf(serverSnippet, { [NAME]: text });
  expect(plan.closes.map(each => each.closes)).toEqual([closes]);
  expect(lines).toHaveLength(1);
});

test('an empty one is none', () => {
  expect(planOf(serverSnippet, { [NAME]: ' ' })).toMatchObject({ lines: [], plan: { closes: [] } });
});
