import { describe, expect, test } from 'vitest';

import type { Resource } from '../../../src/resources/model.ts';
import { appOf, compiled, ingressOf, secretOf } from '../../support/resources.ts';
import { objectText } from '../../../src/diagnostics/place.ts';

const apps = ['web', 'cart', 'blog'].flatMap((name, index) => appOf(name, `10.0.0.${index}`));
const of = (...resources: readonly Resource[]) => compiled([...apps, ...resources]);
const OLD = '2020-01-01T00:00:00Z';
const YOUNG = '2024-01-01T00:00:00Z';
const HEALTHZ = '= /healthz -> 200';

describe('the servers', () => {
  test('are the default one and each host in ASCII order', () => {
    const { routing } = of(
      ingressOf({ hosts: { 'b.io': [['/', 'web:80']], '*.a.io': [['/', 'web:80']], '1.io': undefined } }),
    );
    expect(routing.servers.map(({ host }) => host)).toEqual(['_', '*.a.io', '1.io', 'b.io']);
  });

  test('say which Ingresses have a rule for them, the oldest first', () => {
    const { routing } = of(
      ingressOf({ name: 'young', createdAt: YOUNG, hosts: { 'a.io': [['/', 'web:80']] } }),
      ingressOf({
        name: 'old',
        createdAt: OLD,
        hosts: {
          'a.io': [
            ['/x', 'web:80'],
            ['/y', 'web:80'],
          ],
        },
      }),
    );
    const host = routing.servers.find(server => server.host === 'a.io');
    expect(host?.from.map(({ resource }) => objectText(resource))).toEqual(['Ingress shop/old', 'Ingress shop/young']);
  });
});

describe('a host has a location for what is left', () => {
  test.each([
    {
      name: 'that answers 404',
      given: [ingressOf({ hosts: { 'a.io': [['/x', 'web:80', 'Exact']] } })],
      locations: ['= /x -> shop-web-80', '^ / -> 404'],
    },
    {
      name: 'that leads to the default backend of the Ingress that brings the host',
      given: [ingressOf({ hosts: { 'a.io': [['/x', 'web:80', 'Exact']] }, defaultBackend: 'blog:80' })],
      locations: ['= /x -> shop-web-80', '^ / -> shop-blog-80'],
    },
    {
      name: 'not to that of a younger one',
      given: [
        ingressOf({ name: 'old', createdAt: OLD, hosts: { 'a.io': [['/x', 'web:80', 'Exact']] } }),
        ingressOf({ name: 'young', createdAt: YOUNG, hosts: { 'a.io': undefined }, defaultBackend: 'blog:80' }),
      ],
      locations: ['= /x -> shop-web-80', '^ / -> 404'],
    },
    {
      name: 'alone, for a rule without http',
      given: [ingressOf({ hosts: { 'a.io': undefined }, defaultBackend: 'blog:80' })],
      locations: ['^ / -> shop-blog-80'],
    },
    {
      name: 'unless a rule of any Ingress takes it',
      given: [
        ingressOf({ name: 'old', createdAt: OLD, hosts: { 'a.io': undefined }, defaultBackend: 'blog:80' }),
        ingressOf({ name: 'young', createdAt: YOUNG, hosts: { 'a.io': [['', 'web:80']] } }),
      ],
      locations: ['^ / -> shop-web-80'],
    },
    {
      name: 'beside an Exact /',
      given: [ingressOf({ hosts: { 'a.io': [['/', 'web:80', 'Exact']] }, defaultBackend: 'blog:80' })],
      locations: ['^ / -> shop-blog-80', '= / -> shop-web-80'],
    },
    {
      name: 'not where a path whose backend is no Service has it: that is closed',
      given: [ingressOf({ hosts: { 'a.io': [['/', '!Bucket']] } })],
      locations: ['^ / -> 503'],
    },
    {
      name: 'that answers 503 where the default backend is missing',
      given: [ingressOf({ hosts: { 'a.io': undefined }, defaultBackend: 'nowhere:80' })],
      locations: ['^ / -> 503'],
    },
    {
      name: 'that answers 503 where the default backend is no Service',
      given: [ingressOf({ hosts: { 'a.io': undefined }, defaultBackend: '!Bucket' })],
      locations: ['^ / -> 503'],
    },
  ])('$name', ({ given, locations }) => {
    expect(of(...given).locations('a.io')).toEqual(locations);
  });

  test('with the annotations of the Ingress that brings the host', () => {
    const guarded = ingressOf({
      annotations: { 'auth-type': 'basic', 'auth-secret': 'users' },
      hosts: { 'a.io': [['/x', 'web:80']] },
    });
    const { location } = of(guarded, secretOf('users', { auth: 'ines:$apr1$Qm3vNb1e$WH4..mzQPyAmeXFSDE.WI/' }));
    expect(location('a.io', '^ /')?.policies.basicAuth?.asks.users).toBe('shop_users');
  });

  test('whose annotations go with it when a rule takes it', () => {
    const { location } = of(
      ingressOf({
        name: 'old',
        createdAt: OLD,
        annotations: { 'force-ssl-redirect': 'true' },
        hosts: { 'a.io': undefined },
      }),
      ingressOf({ name: 'young', createdAt: YOUNG, hosts: { 'a.io': [['/', 'web:80']] } }),
    );
    expect(location('a.io', '^ /')).toMatchObject({
      from: [{ resource: { kind: 'Ingress', namespace: 'shop', name: 'young' } }],
    });
  });

  test('and a backend that is no Service is said wherever it stands', () => {
    const { lines } = of(ingressOf({ hosts: { 'a.io': [['/', '!Bucket']] }, defaultBackend: '!Queue' }));
    expect(lines).toEqual([
      'resource-backend: a backend of kind "Queue" cannot be served: its locations answer 503',
      'resource-backend: a backend of kind "Bucket" cannot be served: its locations answer 503',
    ]);
  });
});

describe('the default server', () => {
  test.each([
    { name: 'answers 404 and its own health', given: [], locations: [HEALTHZ, '^ / -> 404'] },
    {
      name: 'takes rules without host',
      given: [ingressOf({ hosts: { '': [['/x', 'web:80', 'Exact']] } })],
      locations: [HEALTHZ, '= /x -> shop-web-80', '^ / -> 404'],
    },
    {
      name: 'does not take the default backend of an Ingress with rules',
      given: [ingressOf({ hosts: { '': [['/x', 'web:80', 'Exact']] }, defaultBackend: 'blog:80' })],
      locations: [HEALTHZ, '= /x -> shop-web-80', '^ / -> 404'],
    },
    {
      name: 'takes that of an Ingress without rules',
      given: [ingressOf({ defaultBackend: 'blog:80' })],
      locations: [HEALTHZ, '^ / -> shop-blog-80'],
    },
    {
      name: 'takes that of the oldest one',
      given: [
        ingressOf({ name: 'young', createdAt: YOUNG, defaultBackend: 'web:80' }),
        ingressOf({ name: 'old', createdAt: OLD, defaultBackend: 'blog:80' }),
      ],
      locations: [HEALTHZ, '^ / -> shop-blog-80'],
    },
    {
      name: 'takes an Ingress without rules rather than an older rule for /',
      given: [
        ingressOf({ name: 'old', createdAt: OLD, hosts: { '': [['/', 'web:80']] } }),
        ingressOf({ name: 'young', createdAt: YOUNG, defaultBackend: 'blog:80' }),
      ],
      locations: [HEALTHZ, '^ / -> shop-blog-80'],
    },
    {
      name: 'takes an Ingress without rules rather than a younger rule for /',
      given: [
        ingressOf({ name: 'old', createdAt: OLD, defaultBackend: 'blog:80' }),
        ingressOf({ name: 'young', createdAt: YOUNG, hosts: { '': [['/', 'web:80']] } }),
      ],
      locations: [HEALTHZ, '^ / -> shop-blog-80'],
    },
    {
      name: 'leaves its health to a rule for it',
      given: [ingressOf({ hosts: { '': [['/healthz', 'web:80', 'Exact']] } })],
      locations: ['= /healthz -> shop-web-80', '^ / -> 404'],
    },
    {
      name: 'leaves its health to a prefix for it',
      given: [ingressOf({ hosts: { '': [['/healthz', 'web:80']] } })],
      locations: ['^ /healthz/ -> shop-web-80', '= /healthz -> shop-web-80', '^ / -> 404'],
    },
  ])('$name', ({ given, locations }) => {
    expect(of(...given).locations('_')).toEqual(locations);
  });

  test('gives a catch-all neither redirects nor rewrites, but its guard', () => {
    const annotations = {
      'force-ssl-redirect': 'true',
      'rewrite-target': '/x',
      'auth-type': 'basic',
      'auth-secret': 'users',
    };
    const { location, locations } = of(
      ingressOf({ annotations, defaultBackend: 'blog:80' }),
      secretOf('users', { auth: 'ines:$apr1$Qm3vNb1e$WH4..mzQPyAmeXFSDE.WI/' }),
    );
    expect(locations('_')).toEqual([HEALTHZ, '^ / -> shop-blog-80']);
    expect(location('_', '^ /')?.policies).toMatchObject({
      basicAuth: { asks: { realm: '' } },
    });
  });

  test.each([{ 'use-regex': 'true' }, { 'rewrite-target': '/x' }])(
    'reads no path as an expression because a catch-all has %j',
    annotations => {
      const { locations } = of(
        ingressOf({ name: 'all', annotations, defaultBackend: 'blog:80' }),
        ingressOf({ hosts: { '': [['/x', 'web:80', 'Exact']] } }),
      );
      expect(locations('_')).toEqual([HEALTHZ, '= /x -> shop-web-80', '^ / -> shop-blog-80']);
    },
  );

  test('closes a catch-all whose guard is not valid', () => {
    const { locations } = of(ingressOf({ annotations: { 'auth-url': 'x.io' }, defaultBackend: 'blog:80' }));
    expect(locations('_')).toEqual([HEALTHZ, '^ / -> 503']);
  });
});

describe('of two equal paths of a host', () => {
  const old = (...rows: readonly (readonly [string, string])[]) =>
    ingressOf({ name: 'old', createdAt: OLD, hosts: { 'a.io': rows } });

  test('the oldest Ingress has it, and the finding names it', () => {
    const young = ingressOf({
      name: 'young',
      createdAt: YOUNG,
      hosts: {
        'a.io': [
          ['/x/', 'cart:80'],
          ['/y/', 'cart:80'],
        ],
      },
    });
    const { locations, found } = of(young, old(['/x/', 'web:80']));
    expect(locations('a.io')).toEqual(['^ /y/ -> shop-cart-80', '^ /x/ -> shop-web-80', '^ / -> 404']);
    expect(found).toEqual([
      {
        rule: expect.objectContaining({ name: 'path-conflict' }),
        severity: 'warning',
        message:
          'Prefix path "/x/" of a.io is taken and is served by Ingress shop/old, which is older (2020-01-01 against 2024-01-01)',
        help: 'remove one of the two',
        at: { document: 'shop/young', path: ['spec', 'rules', 0, 'http', 'paths', 0, 'path'] },
        related: [
          {
            message: 'Ingress shop/old has it',
            at: { document: 'shop/old', path: ['spec', 'rules', 0, 'http', 'paths', 0, 'path'] },
          },
        ],
      },
    ]);
  });

  test.each([
    { name: 'the last name has it where ages are equal', names: ['alpha', 'omega'], winner: 'shop-web-80' },
    { name: 'the other way round', names: ['omega', 'alpha'], winner: 'shop-cart-80' },
  ])('$name', ({ names: [cart = '', web = ''], winner }) => {
    const { locations } = of(
      ingressOf({ name: cart, hosts: { 'a.io': [['/', 'cart:80']] } }),
      ingressOf({ name: web, hosts: { 'a.io': [['/', 'web:80']] } }),
    );
    expect(locations('a.io')).toEqual([`^ / -> ${winner}`]);
  });

  test('the first has it within one Ingress', () => {
    const { locations, lines } = of(old(['/', 'web:80'], ['/', 'cart:80']));
    expect(locations('a.io')).toEqual(['^ / -> shop-web-80']);
    expect(lines).toEqual(['path-conflict: Prefix path "/" of a.io appears twice in this Ingress']);
  });

  test('both have it where one is Exact; ImplementationSpecific is a prefix', () => {
    const rows = [
      ['/x/', 'web:80', 'Exact'],
      ['/x/', 'cart:80'],
      ['/x/', 'blog:80', 'ImplementationSpecific'],
    ] as const;
    const { locations, lines } = of(ingressOf({ hosts: { 'a.io': rows } }));
    expect(locations('a.io')).toEqual(['= /x/ -> shop-web-80', '^ /x/ -> shop-cart-80', '^ / -> 404']);
    expect(lines).toHaveLength(1);
  });

  test('the loser may not even bring its annotations', () => {
    const loser = ingressOf({
      name: 'young',
      createdAt: YOUNG,
      annotations: { 'force-ssl-redirect': 'true' },
      hosts: { 'a.io': [['/', 'cart:80']] },
    });
    expect(of(loser, old(['/', 'web:80'])).location('a.io', '^ /')?.policies.tlsRedirect).toBeUndefined();
  });

  test('a second catch-all is told who has it', () => {
    const { lines, found } = of(
      ingressOf({ name: 'young', createdAt: YOUNG, defaultBackend: 'web:80' }),
      ingressOf({ name: 'old', createdAt: OLD, defaultBackend: 'blog:80' }),
    );
    expect(lines).toEqual([
      'path-conflict: other hosts have a catch-all already: Ingress shop/old, which is older (2020-01-01 against 2024-01-01)',
    ]);
    expect(found[0]?.related?.[0]?.message).toBe('Ingress shop/old has it');
  });

  test('the order of the input decides nothing', () => {
    const parts = [
      old(['/x', 'web:80'], ['/', 'blog:80']),
      ingressOf({ name: 'b', hosts: { 'a.io': [['/x', 'cart:80']], 'b.io': [['/', 'web:80']] } }),
      ingressOf({ name: 'c', hosts: { 'a.io': [['/x', 'web:80']], '': [['/', 'web:80']] }, defaultBackend: 'cart:80' }),
    ];
    expect(compiled([...parts, ...apps].toReversed()).routing).toEqual(of(...parts).routing);
  });
});

test.each([
  {
    name: 'neither has an age',
    ages: [undefined, undefined],
    why: ', by name, since neither has an age (the last in the alphabet wins)',
  },
  {
    name: 'both have the same age',
    ages: [OLD, OLD],
    why: ', by name, since both have the same age (the last in the alphabet wins)',
  },
  {
    name: 'the winner has no age',
    ages: [YOUNG, undefined],
    why: ': one without creationTimestamp counts as the oldest',
  },
  { name: 'the winner is older', ages: [YOUNG, OLD], why: ', which is older (2020-01-01 against 2024-01-01)' },
  {
    name: 'the winner is older by hours',
    ages: ['2024-01-01T09:00:00Z', '2024-01-01T08:30:00Z'],
    why: ', which is older (2024-01-01T08:30:00Z against 2024-01-01T09:00:00Z)',
  },
])('two that want one path hear why one has it: $name', ({ ages, why }) => {
  const hosts = { 'a.io': [['/tea', 'web:80']] } as const;
  const [first, second] = ages.map((createdAt, index) =>
    ingressOf({ name: `cafe-${index}`, hosts, ...(createdAt === undefined ? {} : { createdAt }) }),
  );
  if (first === undefined || second === undefined) throw new Error('two are needed');
  const { found } = of(first, second);
  expect(found.map(({ message, help }) => [message, help])).toEqual([
    [
      `Prefix path "/tea" of a.io is taken and is served by Ingress shop/cafe-1${why}`,
      ages.includes(undefined)
        ? 'remove one of the two: the admission webhook rejects the second one'
        : 'remove one of the two',
    ],
  ]);
});

test('an Ingress that looks like an attack closes what it asks for', () => {
  const { locations, lines } = of(ingressOf({ hosts: { 'a.io': [['/x; alias /etc/;', 'web:80']] } }));
  expect(locations('a.io')).toEqual(['^ /x; alias /etc/;/ -> 503', '= /x; alias /etc/; -> 503', '^ / -> 503']);
  expect(lines).toEqual(['forbidden-text: "/x; alias /etc/;" names an alias directive']);
});

test('an input without Ingresses of ours is said', () => {
  const { found, lines } = compiled([]);
  expect(lines).toEqual(['no-ingress: the input contains no Ingress']);
  expect(found[0]?.help).toBe('check the paths, or the context and the namespace of kubectl');
  expect(compiled([], { isCheck: true }).found[0]?.help).toBe('check the paths');
  expect(compiled([ingressOf({ className: 'edge' })]).found[0]?.help).toBe('see --ingress-class');
});

test.each<{ name: string; ages: readonly (string | undefined)[]; second: 'own' | 'other'; count: number }>([
  { name: 'of another Ingress', ages: [undefined, undefined], second: 'other', count: 1 },
  { name: 'of one that is new', ages: [OLD, undefined], second: 'other', count: 1 },
  { name: 'of two that the cluster has', ages: [OLD, YOUNG], second: 'other', count: 0 },
  { name: 'of one Ingress', ages: [undefined, undefined], second: 'own', count: 0 },
])('the webhook rejects a path with another type: $name', ({ ages: [first, other], second, count }) => {
  const aged = (createdAt: string | undefined) => (createdAt === undefined ? {} : { createdAt });
  const exact = ['/x', 'web:80', 'Exact'] as const;
  const own = second === 'own' ? [exact] : [];
  const { lines } = of(
    ingressOf({ name: 'one', ...aged(first), hosts: { 'a.io': [['/x', 'web:80'], ...own] } }),
    ingressOf({ name: 'two', ...aged(other), hosts: { [second === 'own' ? 'b.io' : 'a.io']: [exact] } }),
  );
  expect(lines.filter(line => line.startsWith('refused-overlap: '))).toHaveLength(count);
});
