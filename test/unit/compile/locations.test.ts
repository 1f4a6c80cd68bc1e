import { describe, expect, test } from 'vitest';

import type { Row } from '../../support/resources.ts';
import { appOf, compiled, configMapOf, ingressOf, secretOf, tlsSecretOf } from '../../support/resources.ts';

const apps = ['web', 'cart', 'blog'].flatMap((name, index) => appOf(name, `10.0.0.${index}`));
const USERS = secretOf('users', { auth: 'ines:$apr1$Qm3vNb1e$WH4..mzQPyAmeXFSDE.WI/' });
const REST = '^ / -> 404';

/** The locations of one host with these paths; the rest of the host is left out. */
function locationsOf(rows: readonly Row[], annotations: Readonly<Record<string, string>> = {}) {
  return compiled([...apps, ingressOf({ annotations, hosts: { 'a.io': rows } })]);
}

describe('a path becomes', () => {
  test.each<{ name: string; rows: readonly Row[]; locations: readonly string[] }>([
    {
      name: 'one location if it is Exact',
      rows: [['/x', 'web:80', 'Exact']],
      locations: ['= /x -> shop-web-80', REST],
    },
    {
      name: 'a folder and the path itself if it is a prefix',
      rows: [['/x', 'web:80']],
      locations: ['^ /x/ -> shop-web-80', '= /x -> shop-web-80', REST],
    },
    {
      name: 'the same for ImplementationSpecific',
      rows: [['/x', 'web:80', 'ImplementationSpecific']],
      locations: ['^ /x/ -> shop-web-80', '= /x -> shop-web-80', REST],
    },
    {
      name: 'a folder only, if it ends in a slash',
      rows: [['/x/', 'web:80']],
      locations: ['^ /x/ -> shop-web-80', REST],
    },
    { name: 'all, if it is /', rows: [['/', 'web:80']], locations: ['^ / -> shop-web-80'] },
    { name: 'all, if it is empty', rows: [['', 'web:80']], locations: ['^ / -> shop-web-80'] },
    {
      name: 'a folder only, if another one has the path itself',
      rows: [
        ['/x', 'web:80'],
        ['/x', 'cart:80', 'Exact'],
      ],
      locations: ['^ /x/ -> shop-web-80', '= /x -> shop-cart-80', REST],
    },
    {
      name: 'what it is word for word: no character has a meaning',
      rows: [['/a+(b)\\d"$', 'web:80', 'Exact']],
      locations: ['= /a+(b)\\d"$ -> shop-web-80', REST],
    },
  ])('$name', ({ rows, locations }) => {
    const { locations: found, lines } = locationsOf(rows);
    expect(found('a.io')).toEqual(locations);
    expect(lines).toEqual([]);
  });

  test('/x beside /x/: the folder of the longer one, and both say so', () => {
    const { locations, lines, found } = locationsOf([
      ['/x', 'web:80'],
      ['/x/', 'cart:80'],
    ]);
    expect(locations('a.io')).toEqual(['^ /x/ -> shop-cart-80', '= /x -> shop-web-80', REST]);
    expect(lines).toEqual([
      'prefix-with-and-without-slash: "/x" and "/x/" are the same folder; the path "/x/" serves it, Ingress shop/web only "/x" itself',
    ]);
    expect(found[0]?.related?.[0]?.message).toBe('"/x/" is here');
  });

  test.each<{
    name: string;
    old: Row;
    young: Row;
    annotations?: Readonly<Record<string, string>>;
    locations: readonly string[];
    serves: readonly string[];
  }>([
    {
      name: 'the older Ingress has it, though the younger one writes it with a slash',
      old: ['/x', 'web:80'],
      young: ['/x/', 'cart:80'],
      locations: ['^ /x/ -> shop-web-80', '= /x -> shop-web-80', REST],
      serves: ['Ingress shop/old serves it'],
    },
    {
      name: 'the older Ingress has it, and the younger one what is left',
      old: ['/x/', 'web:80'],
      young: ['/x', 'cart:80'],
      locations: ['^ /x/ -> shop-web-80', '= /x -> shop-cart-80', REST],
      serves: ['Ingress shop/old serves it, Ingress shop/young only "/x" itself'],
    },
    {
      name: 'but among expressions the longer text comes first, as in the controller',
      old: ['/x', 'web:80'],
      young: ['/x/', 'cart:80'],
      annotations: { 'use-regex': 'true' },
      locations: ['~ ^/other -> shop-blog-80', '~ ^/x/ -> shop-cart-80', '~ ^/x -> shop-web-80', '~ ^/ -> 404'],
      serves: ['Ingress shop/young serves it'],
    },
  ])('two Ingresses with one folder: $name', ({ old, young, annotations, locations, serves }) => {
    const { locations: found, lines } = compiled([
      ...apps,
      ingressOf({ name: 'young', createdAt: '2024-01-01T00:00:00Z', hosts: { 'a.io': [young] } }),
      ingressOf({ name: 'old', createdAt: '2020-01-01T00:00:00Z', hosts: { 'a.io': [old] } }),
      ingressOf({
        name: 'third',
        createdAt: '2025-01-01T00:00:00Z',
        annotations: annotations ?? {},
        hosts: { 'a.io': annotations === undefined ? [] : [['/other', 'blog:80']] },
      }),
    ]);
    expect(found('a.io')).toEqual(locations);
    expect(lines).not.toEqual([]);
    expect(lines.every(line => line.startsWith('prefix-with-and-without-slash: '))).toBe(true);
    expect(lines.map(line => line.split('; ')[1])).toEqual(serves);
  });

  test('a location that the longest text leads', () => {
    const { locations } = locationsOf([
      ['/a/', 'web:80'],
      ['/long/', 'web:80'],
      ['/b/', 'web:80'],
      ['/é/', 'web:80'],
    ]);
    const heads = locations('a.io').map(line => line.split(' -> ')[0]);
    expect(heads).toEqual(['^ /long/', '^ /é/', '^ /b/', '^ /a/', '^ /']);
  });
});

describe('a host of expressions', () => {
  const REGEX = { 'use-regex': 'true' };

  test('has expressions only, in the order of their lengths', () => {
    const { locations } = locationsOf(
      [
        ['/x', 'web:80', 'Exact'],
        ['/api/v[0-9]+', 'cart:80', 'ImplementationSpecific'],
        ['/y', 'blog:80'],
      ],
      REGEX,
    );
    expect(locations('a.io')).toEqual([
      '~ ^/api/v[0-9]+ -> shop-cart-80',
      '~ ^/y -> shop-blog-80',
      '~ ^/x -> shop-web-80',
      '~ ^/ -> 404',
    ]);
  });

  test.each([
    { name: 'use-regex', annotations: REGEX },
    { name: 'a rewrite target', annotations: { 'rewrite-target': '/new' } },
  ])('is one because of $name of any Ingress, and the paths of others become expressions', ({ annotations }) => {
    const { locations } = compiled([
      ...apps,
      ingressOf({ name: 'one', annotations, hosts: { 'a.io': [['/one', 'web:80']] } }),
      ingressOf({ name: 'two', hosts: { 'a.io': [['/second', 'cart:80']], 'b.io': [['/second', 'cart:80']] } }),
    ]);
    expect(locations('a.io')).toEqual([
      '~ ^/second/ -> shop-cart-80',
      '~ ^/second -> shop-cart-80',
      '~ ^/one -> shop-web-80',
      '~ ^/ -> 404',
    ]);
    expect(locations('b.io')).toEqual(['^ /second/ -> shop-cart-80', '= /second -> shop-cart-80', REST]);
  });

  test.each([
    { name: 'false', annotations: { 'use-regex': 'false' } },
    { name: 'no boolean', annotations: { 'use-regex': 'yes' } },
    { name: 'an empty target', annotations: { 'rewrite-target': '' } },
    { name: 'a target that is not allowed', annotations: { 'rewrite-target': '/a b' } },
  ])('is none because of $name', ({ annotations }) => {
    expect(locationsOf([['/x', 'web:80', 'Exact']], annotations).locations('a.io')).toEqual([
      '= /x -> shop-web-80',
      REST,
    ]);
  });

  test('is one because of what is below a prefix that is its own rewrite target', () => {
    const { locations } = compiled([
      ...apps,
      ingressOf({ name: 'z', hosts: { 'a.io': [['/', 'web:80']] } }),
      ingressOf({ name: 'a', annotations: { 'rewrite-target': '/x' }, hosts: { 'a.io': [['/x', 'cart:80']] } }),
    ]);
    expect(locations('a.io')).toEqual(['~ ^/x/ -> shop-cart-80', '~ ^/x -> shop-cart-80', '~ ^/ -> shop-web-80']);
  });

  test('is one because of the implicit / of the Ingress that brings the host', () => {
    const { locations } = compiled([
      ...apps,
      ingressOf({ name: 'z', annotations: { 'rewrite-target': '/new' }, hosts: { 'a.io': undefined } }),
      ingressOf({ name: 'a', hosts: { 'a.io': [['/x', 'web:80', 'Exact']] } }),
    ]);
    expect(locations('a.io')).toEqual(['~ ^/x -> shop-web-80', '~ ^/ -> 404']);
  });

  test.each<{ name: string; rows: readonly Row[]; locations: readonly string[] }>([
    {
      name: 'the Prefix, if it came first',
      rows: [
        ['/x', 'web:80'],
        ['/x', 'cart:80', 'Exact'],
      ],
      locations: ['~ ^/x -> shop-web-80', '~ ^/ -> 404'],
    },
    {
      name: 'the Exact one, if that came first',
      rows: [
        ['/x', 'cart:80', 'Exact'],
        ['/x', 'web:80'],
      ],
      locations: ['~ ^/x -> shop-cart-80', '~ ^/ -> 404'],
    },
  ])('tries of two equal texts only the first: $name', ({ rows, locations }) => {
    const { locations: found, lines } = locationsOf(rows, REGEX);
    expect(found('a.io')).toEqual(locations);
    expect(lines).toEqual([
      'path-conflict: no request reaches the path "/x" of a.io: the same expression comes first, from Ingress shop/web',
    ]);
  });

  test('keeps the order in which an Exact path and a plain prefix came', () => {
    const plain = (rows: readonly Row[]) =>
      compiled([
        ...apps,
        ingressOf({ name: 'z', hosts: { 'a.io': rows } }),
        ingressOf({ name: 'a', annotations: REGEX, hosts: { 'a.io': [['/other', 'blog:80']] } }),
      ]).locations('a.io');
    const [prefix, exact]: readonly Row[] = [
      ['/x', 'web:80'],
      ['/x', 'cart:80', 'Exact'],
    ];
    if (prefix === undefined || exact === undefined) throw new Error('no rows');
    const rest = '~ ^/ -> 404';
    const other = '~ ^/other -> shop-blog-80';
    expect(plain([prefix, exact])).toEqual([other, '~ ^/x/ -> shop-web-80', '~ ^/x -> shop-cart-80', rest]);
    expect(plain([exact, prefix])).toEqual([other, '~ ^/x -> shop-cart-80', '~ ^/x/ -> shop-web-80', rest]);
  });

  test('closes what begins like a path that is no expression, and says so', () => {
    const { locations, lines } = locationsOf(
      [
        ['/x([a-z', 'web:80', 'ImplementationSpecific'],
        ['/y', 'web:80'],
      ],
      REGEX,
    );
    expect(locations('a.io')).toEqual(['~ ^/y -> shop-web-80', '~ ^/x -> 503', '~ ^/ -> 404']);
    expect(lines).toEqual(['invalid-regex: invalid regular expression in path "/x([a-z": unclosed "["']);
  });
});

describe('a rewrite target', () => {
  const rewritten = (rows: readonly Row[], target: string) => {
    const { routing } = locationsOf(rows, { 'rewrite-target': target });
    const host = routing.servers.find(server => server.host === 'a.io');
    return host?.locations.map(
      ({ path, policies }) => `${path}: ${policies.rewrite?.asks.pattern} ${policies.rewrite?.asks.target}`,
    );
  };

  test.each<{ name: string; rows: readonly Row[]; target: string; locations: readonly string[] }>([
    {
      name: 'rewrites by the path of each rule, and the rest of the host too',
      rows: [['/docs(/|$)(.*)', 'web:80']],
      target: '/$2',
      locations: ['^/docs(/|$)(.*): /docs(/|$)(.*) /$2', '^/: / /$2'],
    },
    {
      name: 'that is the path / changes nothing',
      rows: [['/', 'web:80']],
      target: '/',
      locations: ['/: undefined undefined'],
    },
    {
      name: 'that is an Exact path leaves that one alone',
      rows: [['/x', 'web:80', 'Exact']],
      target: '/x',
      locations: ['^/x: undefined undefined', '^/: / /x'],
    },
    {
      name: 'that is a prefix leaves the path alone, not what is below it',
      rows: [
        ['/x', 'web:80'],
        ['/', 'web:80'],
      ],
      target: '/x',
      locations: ['^/x/: /x/ /x', '^/x: undefined undefined', '^/: / /x'],
    },
    {
      name: 'that is a folder leaves the folder alone',
      rows: [
        ['/x/', 'web:80'],
        ['/', 'web:80'],
      ],
      target: '/x/',
      locations: ['^/x/: undefined undefined', '^/: / /x/'],
    },
  ])('$name', ({ rows, target, locations }) => {
    expect(rewritten(rows, target)).toEqual(locations);
  });

  test('that nginx would refuse closes the locations, at the places where they are', () => {
    const { locations, lines } = locationsOf([['/docs(/|$)(.*)', 'web:80']], { 'rewrite-target': '/$nope' });
    expect(locations('a.io')).toEqual(['~ ^/docs(/|$)(.*) -> 503', '~ ^/ -> 503']);
    expect(lines).toEqual([
      'invalid-rewrite-target: rewrite-target: "/$nope" has $nope, which is not a variable of nginx',
    ]);
  });
});

describe('a closed Ingress', () => {
  const closed = { 'auth-type': 'basic', 'auth-secret': 'nobody', 'force-ssl-redirect': 'true' };

  test('answers 503 at all its locations, without redirect, and others go on', () => {
    const { location, locations } = compiled([
      ...apps,
      ingressOf({ name: 'z', annotations: closed, hosts: { 'a.io': [['/x/', 'web:80']] } }),
      ingressOf({ name: 'a', hosts: { 'a.io': [['/y/', 'cart:80']] } }),
    ]);
    expect(locations('a.io')).toEqual(['^ /y/ -> shop-cart-80', '^ /x/ -> 503', '^ / -> 503']);
    expect(location('a.io', '^ /x/')).toMatchObject({
      policies: {},
      target: { kind: 'status', code: 503, reason: 'its users are not known' },
    });
  });

  test('closes the whole host where its guard was one of the whole host', () => {
    const { locations } = compiled([
      ...apps,
      ingressOf({ name: 'z', annotations: { 'auth-tls-secret': 'shop/ca' }, hosts: { 'a.io': [['/x/', 'web:80']] } }),
      ingressOf({ name: 'a', hosts: { 'a.io': [['/y/', 'cart:80']], 'b.io': [['/y/', 'cart:80']] } }),
    ]);
    expect(locations('a.io')).toEqual(['^ /y/ -> 403', '^ /x/ -> 403', '^ / -> 403']);
    expect(locations('b.io')).toEqual(['^ /y/ -> shop-cart-80', REST]);
  });

  test('closes the whole host for such a guard even if the Ingress is refused', () => {
    const refused = ingressOf({
      name: 'z',
      annotations: { 'auth-tls-secret': 'shop/ca' },
      hosts: { 'a.io': undefined },
    });
    const open = ingressOf({ name: 'a', hosts: { 'a.io': [['/y/', 'cart:80']] } });
    const { locations, lines } = compiled([...apps, { ...refused, isRefused: true }, open]);
    expect(locations('a.io')).toEqual(['^ /y/ -> 403', '^ / -> 403']);
    expect(lines).toEqual([
      'missing-client-authority: auth-tls-secret: the Secret shop/ca is not in the input: all locations of its hosts answer 403',
    ]);
  });

  test('asks for no upstream', () => {
    const { routing } = locationsOf([['/', 'web:80']], closed);
    expect(routing.upstreams).toEqual([]);
  });
});

describe('a path that is free of a policy by its begin', () => {
  const options = configMapOf('ingress-nginx/options', {
    'no-auth-locations': '/open/,/free',
    'no-tls-redirect-locations': '/plain/',
  });
  const annotations = { 'auth-type': 'basic', 'auth-secret': 'users', 'force-ssl-redirect': 'true' };
  const rows: readonly Row[] = ['/open', '/free', '/freedom', '/plain', '/closed'].map(path => [path, 'web:80']);
  const { routing } = compiled([...apps, USERS, options, ingressOf({ annotations, hosts: { 'a.io': rows } })], {
    controllerConfig: 'ingress-nginx/options',
  });
  const host = routing.servers.find(server => server.host === 'a.io');
  const without = (policy: 'basicAuth' | 'tlsRedirect') =>
    host?.locations.filter(({ policies }) => policies[policy] === undefined).map(({ path }) => path);

  test('is compared as nginx sees it: the folder may be free and the path itself not', () => {
    expect(without('basicAuth')).toEqual(['/freedom/', '/freedom', '/open/', '/free/', '/free']);
    expect(without('tlsRedirect')).toEqual(['/plain/']);
  });
});

describe('the redirect to HTTPS', () => {
  const redirected = (
    annotations: Readonly<Record<string, string>>,
    tls: Readonly<Record<string, readonly string[]>>,
  ) =>
    compiled([
      ...apps,
      tlsSecretOf('tls', 'shop'),
      ingressOf({ annotations, tls, hosts: { 'shop.example.com': [['/', 'web:80']] } }),
    ]).location('shop.example.com', '^ /')?.policies.tlsRedirect?.asks;
  const TLS = { tls: ['shop.example.com'] };

  test.each([
    { name: 'is there with a certificate', annotations: {}, tls: TLS, policy: { code: 308 } },
    { name: 'is not there without one', annotations: {}, tls: {}, policy: undefined },
    {
      name: 'is not there if it is switched off',
      annotations: { 'ssl-redirect': 'false' },
      tls: TLS,
      policy: undefined,
    },
    { name: 'is there if it is forced', annotations: { 'force-ssl-redirect': 'true' }, tls: {}, policy: { code: 308 } },
    {
      name: 'is there if it is forced and switched off',
      annotations: { 'force-ssl-redirect': 'true', 'ssl-redirect': 'false' },
      tls: TLS,
      policy: { code: 308 },
    },
    {
      name: 'is there with a TLS section without Secret',
      annotations: {},
      tls: { '': ['shop.example.com'] },
      policy: { code: 308 },
    },
    {
      name: 'is there with a Secret that is missing',
      annotations: {},
      tls: { gone: ['shop.example.com'] },
      policy: { code: 308 },
    },
  ])('$name', ({ annotations, tls, policy }) => {
    expect(redirected(annotations, tls)).toEqual(policy);
  });
});

test.each([
  {
    name: 'a control character',
    path: '/a\u0000b',
    begin: '/a',
    message: 'has a control character (code 0) at position 3',
  },
  {
    name: 'more than nginx takes',
    path: `/${'a'.repeat(5000)}`,
    begin: `/${'a'.repeat(999)}`,
    message: 'is longer than the 4094 bytes that nginx allows',
  },
])('what begins like a path with $name is closed, and that is said', ({ path, begin, message }) => {
  const { locations, lines } = locationsOf([[path, 'web:80', 'Exact']]);
  expect(locations('a.io')).toEqual([`^ ${begin} -> 503`, REST]);
  expect(lines).toEqual([`unwritable-path: the path ${JSON.stringify(path.slice(0, 100))} ${message}`]);
});

test('a backend without port answers 503', () => {
  const { locations, lines } = locationsOf([['/', 'web']]);
  expect(locations('a.io')).toEqual(['^ / -> 503']);
  expect(lines).toEqual(['missing-service-port: the backend "web" names no port']);
});
