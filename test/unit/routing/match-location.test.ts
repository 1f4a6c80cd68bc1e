import { describe, expect, test } from 'vitest';

import { bytesOf } from '../../../src/routing/bytes.ts';
import { matchLocation } from '../../../src/routing/match-location.ts';
import type { LocationMatch } from '../../../src/routing/match-location.ts';
import { slashTarget } from '../../../src/routing/slash-paths.ts';
import { surelyBegins } from '../../../src/routing/location-index.ts';
import type { Routing, Server } from '../../../src/routing/model.ts';
import { asked, locationOf, routingOf, serverOf, to } from '../../support/routing.ts';

const { http } = routingOf({});

function server(...heads: readonly string[]): Server {
  return serverOf(
    'shop.example',
    heads.map(head => locationOf(head, to('shop_web_80'))),
  );
}

/** What is found, and what lost. */
function sentences(found: LocationMatch): readonly string[] {
  const losers = found.losers.map(({ text, reason }) => `${text}: ${reason}`);
  if (found.kind === 'nothing') return ['nothing', ...losers];
  if (found.kind === 'unclear') return [`unclear ${found.reason}`, ...losers];
  return [`${found.place.kind} ${found.text}, ${found.because}`, ...losers];
}

const PATHS = ['/', '/cart/', '= /cart', '/cart/items/', '= /cart/total', '/Blog/', '= /exact', '= /folder/'];

describe('on a host without expressions', () => {
  test.each([
    {
      path: '/cart',
      says: [
        'location /cart, its path is exactly that of the request',
        '/: an exact path is chosen before a prefix',
        '/cart/: it takes what is below /cart/',
      ],
    },
    {
      path: '/cart/items/7',
      says: [
        'location /cart/items/, the longest prefix that fits',
        '/cart/: a shorter prefix',
        '/: a shorter prefix',
        '/cart: it is exact, and takes nothing below it',
      ],
    },
    {
      path: '/carts',
      says: ['location /, the longest prefix that fits', '/cart/: it takes what is below it, and this is another word'],
    },
    {
      path: '/cart/total/eur',
      says: [
        'location /cart/, the longest prefix that fits',
        '/: a shorter prefix',
        '/cart/total: it is exact, and takes nothing below it',
        '/cart: it is exact, and takes nothing below it',
      ],
    },
    {
      path: '/exact/',
      says: ['location /, the longest prefix that fits', '/exact: it is exact, and without the slash at the end'],
    },
    {
      path: '/folder',
      says: ['slash /folder, the path lacks the slash of "/folder/"', '/: an exact path is chosen before a prefix'],
    },
    {
      path: '/Blog',
      says: ['slash /Blog, the path lacks the slash of "/Blog/"', '/: an exact path is chosen before a prefix'],
    },
    {
      path: '/blog/1',
      says: ['location /, the longest prefix that fits', '/Blog/: it differs in upper and lower case'],
    },
    {
      path: '/CART',
      says: [
        'location /, the longest prefix that fits',
        '/cart: it differs in upper and lower case',
        '/cart/: it differs in upper and lower case',
      ],
    },
  ])('$path', ({ path, says }) => {
    expect(sentences(matchLocation({ http }, server(...PATHS), path))).toEqual(says);
  });

  test('nothing takes a path below no prefix', () => {
    const found = matchLocation({ http }, server('/cart/', '= /cart'), '/carts');
    expect(sentences(found)).toEqual(['nothing', '/cart/: it takes what is below it, and this is another word']);
  });

  test('bytes are compared', () => {
    expect(sentences(matchLocation({ http }, server('/bücher/'), bytesOf('/bücher/1')))).toEqual([
      'location /bücher/, the longest prefix that fits',
    ]);
  });

  test('a folder is named with its escapes', () => {
    const found = matchLocation({ http }, server('/a b?$ü/'), bytesOf('/a b?$ü'));
    if (found.kind !== 'found') throw new Error(found.kind);
    expect(slashTarget(found.text)).toBe('/a%20b%3F%24%C3%BC/');
  });
});

describe('on a host with expressions', () => {
  const EXPRESSIONS = ['~* ^/api/v(\\d+)/(.*)', '~* ^/api', '~* ^/'];
  test.each([
    {
      path: '/API/v2/users',
      says: [
        'location ^/api/v(\\d+)/(.*), the first expression that fits',
        '^/api: an expression that comes later: longer paths are tried first',
        '^/: an expression that comes later: longer paths are tried first',
      ],
      groups: ['/API/v2/users', '2', 'users'],
    },
    {
      path: '/apiary',
      says: [
        'location ^/api, the first expression that fits',
        '^/: an expression that comes later: longer paths are tried first',
      ],
      groups: ['/api'],
    },
  ])('$path', ({ path, says, groups }) => {
    const found = matchLocation({ http }, server(...EXPRESSIONS), path);
    expect(sentences(found)).toEqual(says);
    expect(found).toMatchObject({ groups });
  });

  test('one wins over a longer prefix, and not over an exact path', () => {
    const both = server('~* ^/a', '/a/b/', '= /a/b/c');
    expect(sentences(matchLocation({ http }, both, '/a/b/x'))).toEqual([
      'location ^/a, the first expression that fits',
      '/a/b/: nginx takes an expression that fits before any prefix',
    ]);
    expect(sentences(matchLocation({ http }, both, '/a/b/c'))).toEqual([
      'location /a/b/c, its path is exactly that of the request',
      '/a/b/: an exact path is chosen before a prefix',
      '^/a: an exact path is chosen before an expression',
    ]);
  });

  test('one that nobody here can read leaves it open', () => {
    const found = matchLocation({ http }, server('~* ^/a(?C1)b'), '/ab');
    expect(sentences(found)).toEqual(['unclear whether the expression "^/a(?C1)b" fits the path']);
  });
});

describe('locations that no path of the routing made', () => {
  const own = (match: '' | '=' | '^~' | '~' | '~*', path: string): Server => ({
    ...server('/', '/assets/'),
    policies: { serverSnippet: asked({ statements: [{ kind: 'location', match, path, body: [] }] }) },
  });

  test.each([
    {
      name: 'a prefix',
      given: own('', '/assets/img'),
      path: '/assets/img2',
      says: 'snippet /assets/img, the longest prefix that fits',
    },
    {
      name: 'an exact path',
      given: own('=', '/assets'),
      path: '/assets',
      says: 'snippet /assets, its path is exactly that of the request',
    },
    {
      name: 'an expression',
      given: own('~', '\\.PNG$'),
      path: '/assets/a.PNG',
      says: 'snippet \\.PNG$, the first expression that fits',
    },
    {
      name: 'no expression of another case',
      given: own('~', '\\.PNG$'),
      path: '/assets/a.png',
      says: 'location /assets/, the longest prefix that fits, and no expression does',
    },
    {
      name: 'an expression of any case',
      given: own('~*', '\\.PNG$'),
      path: '/assets/a.png',
      says: 'snippet \\.PNG$, the first expression that fits',
    },
    {
      name: 'a prefix that forbids expressions',
      given: own('^~', '/assets/img'),
      path: '/assets/img',
      says: 'snippet /assets/img, the longest prefix that fits, which forbids expressions',
    },
  ])('are those of a snippet: $name', ({ given, path, says }) => {
    expect(sentences(matchLocation({ http }, given, path))[0]).toBe(says);
  });

  test('a snippet of all hosts adds them to each', () => {
    const statements = [{ kind: 'other', words: ['location', '=', '/ping'], body: [] }] as const;
    const all: Pick<Routing, 'http'> = { http: { ...http, serverSnippet: asked({ statements }) } };
    expect(sentences(matchLocation(all, server('/'), '/ping'))[0]).toContain('snippet /ping');
    expect(sentences(matchLocation({ http }, server('/'), '/ping'))[0]).toContain('location /,');
  });

  test('the default server has a status page, and others have not', () => {
    const page: Pick<Routing, 'http'> = { http: { ...http, statusPage: asked({ readers: ['127.0.0.1'] }) } };
    const { servers } = routingOf({});
    const says = servers.map(each => sentences(matchLocation(page, each, '/nginx_status'))[0]);
    expect(says).toEqual(['status-page /nginx_status, the longest prefix that fits']);
    expect(sentences(matchLocation(page, server('/'), '/nginx_status'))[0]).toContain('location /,');
    const taken: Server = { ...server('/', '= /nginx_status'), host: '_' };
    expect(sentences(matchLocation(page, taken, '/nginx_status'))[0]).toContain('location /nginx_status');
  });
});

test('the begin of an expression is read as far as it is sure', () => {
  const all = [
    '^/API/v1',
    '^/a\\.b',
    '^/ab?',
    '^/ab*c',
    '^/ab{2}',
    '^/a(b)',
    '^/a|b',
    '/a',
    '^/a[b]',
    '^/a.b',
    '^/a\\d',
    '^/\\Qa',
  ];
  expect(all.map(surelyBegins)).toEqual(['/api/v1', '/a.b', '/a', '/a', '/a', '/a', '', '', '/a', '/a', '/a', '']);
});
