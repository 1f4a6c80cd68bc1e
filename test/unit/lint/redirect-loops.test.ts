import { expect, test } from 'vitest';

import { compileSources } from '../../support/compiled.ts';
import type { IngressOptions, Manifest, PathRow } from '../../support/manifests.ts';
import { ingress, service, yamlOf } from '../../support/manifests.ts';

const WEB = service('web', [{ number: 80, pod: 8080 }]);

function site(
  host: string,
  path: string,
  annotations: Readonly<Record<string, string>> = {},
  parts: IngressOptions = {},
) {
  const pathType: PathRow[1] = path.includes('(') ? 'ImplementationSpecific' : 'Prefix';
  const name = `${host.replace('*', 'any')}${path.replaceAll(/[^a-z]/g, '-')}x`.replaceAll('.', '-');
  return ingress({ name, host, paths: [[path, pathType, 'web']], annotations, ...parts });
}

const to = (url: string) => ({ 'permanent-redirect': url });

/** What is said of redirects. */
function loops(objects: readonly Manifest[]): readonly string[] {
  const { diagnostics } = compileSources([{ name: 'shop.yaml', text: yamlOf([...objects, WEB]) }]);
  return diagnostics.filter(({ rule }) => rule.id === 'I2N212').map(({ message }) => message);
}

test.each<{ name: string; objects: readonly Manifest[]; says: string }>([
  {
    name: 'to itself',
    objects: [site('a.io', '/', to('https://a.io/'))],
    says: '"/" of a.io is redirected to "https://a.io/", which is redirected there again, without end',
  },
  {
    name: 'to a path of its own prefix',
    objects: [site('a.io', '/shop', to('/shop/new'))],
    says: '"/shop" of a.io is redirected to "/shop/new", which is redirected there again, without end',
  },
  {
    name: 'to itself as a wildcard',
    objects: [site('*.a.io', '/', to('https://www.a.io/'))],
    says: '"/" of *.a.io is redirected to "https://www.a.io/", which is redirected there again, without end',
  },
  {
    name: 'over two hosts',
    objects: [site('a.io', '/', to('https://b.io/')), site('b.io', '/', to('https://a.io/'))],
    says: '"/" of a.io is redirected in a circle: to "https://b.io/" and "https://a.io/", and back',
  },
  {
    name: 'over the name with www',
    objects: [site('a.io', '/', { ...to('https://www.a.io/'), 'from-to-www-redirect': 'true' })],
    says: '"/" of a.io is redirected in a circle: to "https://www.a.io/" and "http://a.io/", and back',
  },
  {
    name: 'over the root of an app',
    objects: [site('a.io', '/', { 'app-root': '/app' }), site('a.io', '/app', to('https://a.io/'))],
    says: '"/" of a.io is redirected in a circle: to "/app" and "https://a.io/", and back',
  },
  {
    name: 'of an expression',
    objects: [site('a.io', '/old/(.*)', { ...to('/old/page'), 'use-regex': 'true' })],
    says: '"/old/(.*)" of a.io is redirected to "/old/page", which is redirected there again, without end',
  },
])('a redirect $name has no end', ({ objects, says }) => {
  expect(loops(objects)).toEqual([says]);
});

test.each<{ name: string; objects: readonly Manifest[] }>([
  { name: 'to a host of somebody else', objects: [site('a.io', '/', to('https://b.io/'))] },
  { name: 'to another port', objects: [site('a.io', '/', to('https://a.io:8443/'))] },
  {
    name: 'to a path that is served',
    objects: [site('a.io', '/', to('https://a.io/new')), site('a.io', '/new')],
  },
  { name: 'to a path beside it', objects: [site('a.io', '/shop', to('/shops')), site('a.io', '/')] },
  { name: 'to the same path in capitals', objects: [site('a.io', '/shop', to('/SHOP')), site('a.io', '/')] },
  { name: 'to the root of an app that is served', objects: [site('a.io', '/', { 'app-root': '/app' })] },
  {
    name: 'to a URL with what the client asked for',
    objects: [site('a.io', '/', { 'rewrite-target': 'https://a.io$request_uri' })],
  },
  {
    name: 'behind an expression that nobody understands here',
    objects: [site('a.io', '/(?=x)(.*)', { 'use-regex': 'true' }), site('a.io', '/old', to('/old/page'))],
  },
])('a redirect $name ends, as far as anybody knows', ({ objects }) => {
  expect(loops(objects)).toEqual([]);
});

test('thousands of redirects take no longer than they are many', () => {
  const paths = Array.from({ length: 3_000 }, (_, index): PathRow => [`/p${index}`, 'Prefix', 'web']);
  const many = ingress({ host: 'a.io', paths, annotations: to('https://a.io/p7') });
  expect(loops([many])).toHaveLength(1);
});
