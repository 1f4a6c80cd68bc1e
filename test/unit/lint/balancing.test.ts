import { expect, test } from 'vitest';

import * as balancing from '../../../src/lint/rules/balancing.ts';
import { compileSources } from '../../support/compiled.ts';
import type { Manifest } from '../../support/manifests.ts';
import { ingress, service, slice, yamlOf } from '../../support/manifests.ts';

const NAMES = new Set<string>(Object.values(balancing).map(({ name }) => name));
const PORTS = [{ name: 'http', number: 80, pod: 8080 }];
const PODS = [service('web', PORTS), slice('web', PORTS, { ready: ['web'] })];

function findingsOf(objects: readonly Manifest[], annotations: Readonly<Record<string, string>>): readonly string[] {
  const route = ingress({ name: 'web', host: 'a.example.com', paths: [['/', 'Prefix', 'web']], annotations });
  const text = yamlOf([...objects, route]);
  const { diagnostics } = compileSources([{ name: 'shop.yaml', text }], { resolvers: ['10.0.0.10'] });
  return diagnostics.filter(({ rule }) => NAMES.has(rule.name)).map(({ rule, message }) => `${rule.name}: ${message}`);
}

test.each([
  { name: 'a key alone is fine', given: { 'upstream-hash-by': '$request_uri' }, found: [] },
  { name: 'affinity alone is fine', given: { affinity: 'cookie' }, found: [] },
  {
    name: 'affinity goes before a key',
    given: { affinity: 'cookie', 'upstream-hash-by': '$request_uri' },
    found: [
      'balancing-beside-affinity: upstream-hash-by has no effect for Service shop/web: affinity decides which endpoint is asked',
    ],
  },
  {
    name: 'affinity goes before an algorithm',
    given: { affinity: 'cookie', 'load-balance': 'ewma' },
    found: [
      'balancing-beside-affinity: load-balance has no effect for Service shop/web: affinity decides which endpoint is asked',
    ],
  },
])('$name', ({ given, found }) => {
  expect(findingsOf(PODS, given)).toEqual(found);
});

test('a Service that is reached by a name has one place for all of its addresses', () => {
  const { spec: _, ...named } = service('web', PORTS);
  const external = { ...named, spec: { type: 'ExternalName', externalName: 'pbx.example.com' } };
  expect(findingsOf([external], { 'upstream-hash-by': '$request_uri' })).toEqual([
    'hash-without-endpoints: upstream-hash-by has no effect for Service shop/web: it is reached by the name pbx.example.com',
  ]);
  expect(findingsOf([external], { 'load-balance': 'ewma' })).toEqual([]);
});
