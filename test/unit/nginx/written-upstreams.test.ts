import { describe, expect, test } from 'vitest';

import { openPlaces } from '../../../src/nginx/conf-places.ts';
import { confOf } from '../../../src/nginx/file-set.ts';
import { renderNginx } from '../../../src/nginx/render.ts';
import type { RenderedFiles } from '../../../src/nginx/rendered-files.ts';
import type { Split, Upstream } from '../../../src/routing/model.ts';
import { asked, fromIngress, locationOf, routingOf, serverOf, to, upstreamOf } from '../../support/routing.ts';

const BY_NUMBER = upstreamOf('shop-web-80', '10.0.0.1:80', '10.0.0.2:80');
const BY_NAME = upstreamOf('shop-web-http', '10.0.0.1:80', '10.0.0.2:80');

function leadingTo(...upstreams: readonly Upstream[]): RenderedFiles {
  const hosts = upstreams.map(({ name }, index) =>
    serverOf(`h${index}.example.com`, [locationOf('/', to(name), {}, `shop/i${index}`)]),
  );
  return renderNginx(routingOf({ hosts, upstreams }), {});
}

const declaredIn = (files: RenderedFiles): readonly string[] => confOf(files).match(/(?<=^ {2}upstream )\S+/gm) ?? [];
const targetsIn = (files: RenderedFiles): readonly string[] => confOf(files).match(/(?<=_pass http:\/\/)[^;]+/g) ?? [];

describe('upstreams of one Service with the same endpoints', () => {
  const files = leadingTo(BY_NUMBER, BY_NAME);

  test('are one, and locations lead to it', () => {
    expect(declaredIn(files)).toEqual(['shop-web-80']);
    expect(targetsIn(files)).toEqual(['shop-web-80', 'shop-web-80']);
  });

  test('answer for all who lead there when nginx complains', () => {
    const line = confOf(files)
      .split('\n')
      .findIndex(each => each.includes('server 10.0.0.2:80'));
    const users = openPlaces(files.configuration)(line + 1)?.users ?? [];
    expect(users.map(({ resource }) => resource.name)).toEqual(['i0', 'i1']);
  });

  test.each<{ readonly name: string; readonly other: Upstream }>([
    { name: 'of another Service', other: { ...BY_NAME, from: [fromIngress('shop/other')] } },
    { name: 'with another endpoint', other: upstreamOf('shop-web-http', '10.0.0.1:80', '10.0.0.3:80') },
    { name: 'with another port of an endpoint', other: upstreamOf('shop-web-http', '10.0.0.1:80', '10.0.0.2:81') },
    { name: 'with an endpoint more', other: upstreamOf('shop-web-http', '10.0.0.1:80', '10.0.0.2:80', '10.0.0.3:80') },
    { name: 'of another protocol', other: { ...BY_NAME, protocol: 'https' } },
    {
      name: 'of which something is asked',
      other: { ...BY_NAME, policies: { serviceUpstream: asked({ to: 'cluster-ip' }) } },
    },
    {
      name: 'that is looked up for each request',
      other: { ...BY_NAME, peers: { kind: 'name-at-request', host: 'web', port: 80 } },
    },
  ])('are not those $name', ({ other }) => {
    expect(targetsIn(leadingTo(BY_NUMBER, other))).not.toEqual(['shop-web-80', 'shop-web-80']);
  });
});

describe('of very many upstreams', () => {
  const count = 1_200;
  const upstreams = Array.from({ length: count }, (_, index) =>
    upstreamOf(`u${String(index).padStart(4, '0')}`, `10.0.${Math.floor(index / 200)}.${index % 200}:80`),
  );
  const paths = (name: string, times: number) =>
    Array.from({ length: times }, (_, index) => locationOf(`= /${name}/${index}`, to(name)));
  const split: Split = {
    name: 'canary',
    rules: [],
    shares: [
      { to: 'u0900', parts: 1 },
      { to: 'u0901', parts: 1 },
    ],
    from: [],
  };
  const host = (names: readonly string[]) => [
    serverOf('shop.example.com', [
      ...names.flatMap(name => paths(name, name === 'u1000' ? 3 : name === 'u1001' ? 2 : 1)),
      locationOf('/', { kind: 'proxy', to: { kind: 'split', name: 'canary' } }),
    ]),
  ];
  const declared = (all: readonly Upstream[]) =>
    declaredIn(
      renderNginx(routingOf({ hosts: host(all.map(({ name }) => name)), upstreams: all, splits: [split] }), {}),
    );

  test('those of requests come first, then those of most locations, then the others by name', () => {
    expect(declared(upstreams).slice(0, 6)).toEqual(['u0900', 'u0901', 'u1000', 'u1001', 'u0000', 'u0001']);
  });

  test('few stay in the order of their names', () => {
    const few = upstreams.slice(900, 1_100);
    expect(declared(few)).toEqual(few.map(({ name }) => name));
  });
});
