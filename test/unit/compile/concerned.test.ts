import { expect, test } from 'vitest';

import { concernedIngresses } from '../../../src/compile/concerned.ts';
import { readUnit } from '../../../src/resources/unit.ts';
import { ingress, yamlOf } from '../../support/manifests.ts';
import type { IngressOptions, PathRow } from '../../support/manifests.ts';

const to = (service: string): readonly PathRow[] => [['/', 'Prefix', service]];

/** The names of those that have a say. */
function concerned(host: string, all: readonly IngressOptions[]): readonly string[] {
  const { resources } = readUnit({ name: 'all.yaml', text: yamlOf(all.map(ingress)) });
  const ingresses = resources.filter(resource => resource.kind === 'Ingress');
  return Array.from(concernedIngresses(ingresses, [host]), ({ name }) => name).toSorted();
}

const OTHER: IngressOptions = { name: 'other', host: 'other.test', paths: to('other') };

test.each<{ readonly name: string; readonly all: readonly IngressOptions[]; readonly found: readonly string[] }>([
  { name: 'who names it', all: [{ name: 'a', host: 'shop.test', paths: to('web') }], found: ['a'] },
  { name: 'who names its wildcard', all: [{ name: 'a', host: '*.test', paths: to('web') }], found: ['a'] },
  { name: 'who names it with www', all: [{ name: 'a', host: 'www.shop.test', paths: to('web') }], found: ['a'] },
  { name: 'who names no host', all: [{ name: 'a', host: '', paths: to('web') }], found: ['a'] },
  { name: 'who has the rest of all hosts', all: [{ name: 'a', defaultBackend: 'web' }], found: ['a'] },
  {
    name: 'who names it as a further name, with all of that host',
    all: [
      { name: 'a', host: 'main.test', paths: to('web'), annotations: { 'server-alias': 'x.io, *.test' } },
      { name: 'b', host: 'main.test', paths: [['/b', 'Prefix', 'blog']] },
      { name: 'c', host: 'c.test', paths: to('c'), annotations: { 'server-alias': 'x.io' } },
    ],
    found: ['a', 'b'],
  },
  {
    name: 'who leads to a Service of it, and who competes with that',
    all: [
      { name: 'a', host: 'shop.test', paths: to('web') },
      { name: 'b', host: 'b.test', paths: to('web') },
      { name: 'c', host: 'b.test', paths: [['/c', 'Prefix', 'c']] },
      { name: 'd', host: 'd.test', paths: to('c') },
    ],
    found: ['a', 'b', 'c'],
  },
  {
    name: 'who leads to a Service of another namespace whose upstream may have its name',
    all: [
      { name: 'a', namespace: 'shop', host: 'shop.test', paths: to('eu-web') },
      { name: 'b', namespace: 'shop-eu', host: 'b.test', paths: to('web') },
    ],
    found: ['a', 'b'],
  },
  {
    name: 'all that hang together, where somebody takes a share',
    all: [
      { name: 'a', host: 'shop.test', paths: to('web') },
      { name: 'b', host: 'b.test', paths: to('web') },
      { name: 'c', host: 'b.test', paths: [['/c', 'Prefix', 'c']] },
      { name: 'd', host: 'd.test', paths: to('c') },
      { name: 'e', host: 'd.test', paths: to('e'), annotations: { canary: 'true' } },
    ],
    found: ['a', 'b', 'c', 'd', 'e'],
  },
])('of a host, $name has a say', ({ all, found }) => {
  expect(concerned('shop.test', [...all, OTHER])).toEqual(found);
});
