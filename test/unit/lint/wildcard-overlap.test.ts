import { expect, test } from 'vitest';

import { compileSources } from '../../support/compiled.ts';
import type { Manifest } from '../../support/manifests.ts';
import { ingress, service, yamlOf } from '../../support/manifests.ts';

const WEB = service('web', [{ number: 80, pod: 8080 }]);

function host(name: string, path: string): Manifest {
  return ingress({ name: `${name.replace('*', 'any')}.x`, host: name, paths: [[path, 'Prefix', 'web']] });
}

function notes(...objects: readonly Manifest[]): readonly string[] {
  const { diagnostics } = compileSources([{ name: 'shop.yaml', text: yamlOf([...objects, WEB]) }]);
  return diagnostics.filter(({ rule }) => rule.id === 'I2N214').map(({ message }) => message);
}

test.each<{ name: string; objects: readonly Manifest[]; says: readonly string[] }>([
  {
    name: 'a name with one path',
    objects: [host('*.a.io', '/'), host('x.a.io', '/api')],
    says: [
      'x.a.io has rules of its own: its other paths get 404, and not what "*.a.io" of Ingress shop/any.a.io.x serves',
    ],
  },
  {
    name: 'several names, which are said once',
    objects: [host('*.a.io', '/'), host('x.a.io', '/api'), host('y.a.io', '/api')],
    says: [
      'x.a.io (and 1 more like it) has rules of its own: its other paths get 404, and not what "*.a.io" of Ingress shop/any.a.io.x serves',
    ],
  },
  { name: 'a name that serves all', objects: [host('*.a.io', '/'), host('x.a.io', '/')], says: [] },
  { name: 'a wildcard that serves one path', objects: [host('*.a.io', '/web'), host('x.a.io', '/api')], says: [] },
  { name: 'a name with two labels more', objects: [host('*.a.io', '/'), host('x.y.a.io', '/api')], says: [] },
  { name: 'a name without wildcard', objects: [host('*.a.io', '/'), host('x.b.io', '/api')], says: [] },
])('$name', ({ objects, says }) => {
  expect(notes(...objects)).toEqual(says);
});
