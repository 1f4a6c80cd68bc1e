import { expect, test } from 'vitest';

import { locationNames } from '../../../src/controller-config/location-names.ts';
import type { FoundFacts } from '../../../src/annotations/facts.ts';
import { runFamily } from '../../support/annotations.ts';

const NAMES = { namespace: 'shop', ingress: 'web', service: 'web', port: '80', path: '/' };
const ASKED = { 'add-headers': 'shop/headers' };

test.each<{ name: string; options?: Readonly<Record<string, string>>; facts?: Partial<FoundFacts>; asks?: unknown }>([
  { name: 'are not known where nobody may ask for them', options: {} },
  { name: 'are those of the Ingress and the path', asks: NAMES },
  { name: 'are known where requests have headers', options: { 'proxy-set-headers': 'shop/headers' }, asks: NAMES },
  {
    name: 'have the name of a port',
    facts: { backend: { namespace: 'shop', service: 'api', port: { name: 'http' } }, written: '/a b' },
    asks: { ...NAMES, service: 'api', port: 'http', path: '/a b' },
  },
  {
    name: 'have no Service where none is named',
    facts: { backend: undefined, written: undefined },
    asks: { ...NAMES, service: '', port: '' },
  },
])('the names of a location $name', ({ options = ASKED, facts = {}, asks }) => {
  expect(runFamily(locationNames, {}, { options, facts }).policy).toEqual(asks);
});
