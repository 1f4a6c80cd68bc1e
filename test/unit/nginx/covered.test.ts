import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { confOf } from '../../../src/nginx/file-set.ts';
import { renderNginx } from '../../../src/nginx/render.ts';
import type { Location } from '../../../src/routing/model.ts';
import { locationOf, routingOf, serverOf, status, to, upstreamOf } from '../../support/routing.ts';

const UPSTREAMS = [upstreamOf('a', '10.0.0.1:80'), upstreamOf('b', '10.0.0.2:80')];

/** The locations of a host in nginx.conf, without indentation. */
function linesOf(...locations: readonly Location[]): readonly string[] {
  const hosts = [serverOf('shop.example.com', locations)];
  const conf = confOf(renderNginx(routingOf({ hosts, upstreams: UPSTREAMS }), {}));
  const server = conf.slice(conf.indexOf('server_name shop.example.com;'));
  return (server.match(/^ {4}(?:location|# also) .*$/gm) ?? []).map(line => line.trim());
}

describe('a location that a broader one would treat alike', () => {
  test('is left out, and named there', () => {
    const all = ['/cart/', '= /cart', '= /api', '= /'].map(head => locationOf(head, to('a')));
    expect(linesOf(locationOf('/', to('a')), ...all)).toEqual([
      '# also /cart /api /',
      'location / { proxy_pass http://a; }',
    ]);
  });

  test('is named by the one that is left', () => {
    const all = ['/', '/cart/', '= /cart', '/cart/new/', '= /cart/new'].map(head => locationOf(head, to('a')));
    expect(linesOf(...all)).toEqual(['# also /cart /cart/new', 'location / { proxy_pass http://a; }']);
  });

  test.each<{ readonly name: string; readonly head: string; readonly others: readonly Location[] }>([
    { name: 'another one is between them', head: '= /cart/new', others: [locationOf('/cart/', to('b'))] },
    {
      name: 'nginx would redirect to a folder',
      head: '= /cart',
      others: [locationOf('/cart/', to('b'))],
    },
    { name: 'a regular expression might be preferred', head: '/cart/', others: [locationOf('~* ^/c', to('b'))] },
  ])('stays where $name', ({ head, others }) => {
    const lines = linesOf(locationOf('/', to('a')), locationOf(head, to('a')), ...others);
    expect(lines).toContain(`location ${head} { proxy_pass http://a; }`);
  });

  test.each<{ readonly name: string; readonly location: Location }>([
    { name: 'to another upstream', location: locationOf('/cart/', to('b')) },
    { name: 'to nobody', location: locationOf('/cart/', status(503, 'nobody is ready')) },
    { name: 'of another Ingress', location: locationOf('/cart/', to('a'), {}, 'shop/other') },
    {
      name: 'with a guard of its own',
      location: locationOf('/cart/', to('a'), { basicAuth: { realm: 'Staff', users: 'shop_users' } }),
    },
  ])('is another one $name', ({ location }) => {
    expect(linesOf(locationOf('/', to('a')), location)).toContainEqual(expect.stringMatching(/^location \/cart\/ /));
  });

  const paths = ['/', '/a', '/a/', '/a/b', '/a/b/', '/c/', '/c', '/a/b/c/'];
  const location = fc.record({
    path: fc.constantFrom(...paths),
    isExact: fc.boolean(),
    upstream: fc.constantFrom('a', 'b'),
  });

  test('changes the answer to no request', () => {
    const isFolder = ({ path, isExact }: { readonly path: string; readonly isExact: boolean }): boolean =>
      isExact || path.endsWith('/');
    fc.assert(
      fc.property(fc.uniqueArray(location, { selector: ({ path, isExact }) => `${path} ${isExact}` }), all => {
        const heads = all
          .filter(isFolder)
          .map(({ path, isExact, upstream }) => ({ head: isExact ? `= ${path}` : path, upstream }));
        const written = linesOf(...heads.map(({ head, upstream }) => locationOf(head, to(upstream))));
        const left = written.flatMap(line => {
          const [, head = '', , upstream] =
            /^location ((= )?\S+) \{ (?:proxy_pass http:\/\/(\w+)|return 301 .*); \}$/.exec(line) ?? [];
          return head === '' ? [] : [{ head, upstream: upstream ?? 'redirect' }];
        });
        const slashes = left.filter(({ upstream }) => upstream === 'redirect');
        for (const request of [...paths, '/x', '/a/x', '/a/b/x', '/ab', '/cx']) {
          expect(chosen(request, left)).toBe(chosen(request, [...heads, ...slashes]));
        }
      }),
    );
  });
});

/** What nginx does with a request. */
function chosen(
  request: string,
  all: readonly { readonly head: string; readonly upstream: string }[],
): string | undefined {
  const exact = all.find(({ head }) => head === `= ${request}`);
  if (exact !== undefined) return exact.upstream;
  if (all.some(({ head }) => head === `${request}/` || head === `= ${request}/`)) return 'redirect';
  const prefixes = all.filter(({ head }) => !head.startsWith('=') && request.startsWith(head));
  return prefixes.toSorted((a, b) => b.head.length - a.head.length)[0]?.upstream;
}
