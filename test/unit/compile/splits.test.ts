import { describe, expect, test } from 'vitest';

import { compile } from '../../../src/compile/compile.ts';
import { createCompileMemory } from '../../../src/compile/memory.ts';
import type { Resource } from '../../../src/resources/model.ts';
import type { Routing } from '../../../src/routing/model.ts';
import type { IngressParts } from '../../support/resources.ts';
import { appOf, compiled, ingressOf, serviceOf, settingsOf, sliceOf, tlsSecretOf } from '../../support/resources.ts';

const APPS = ['web', 'next', 'cart'].flatMap((name, index) => appOf(name, `10.0.0.${index + 1}`));
const MAIN: IngressParts = { name: 'web', hosts: { 'a.io': [['/', 'web:80']] } };
const CANARY: IngressParts = {
  name: 'web-canary',
  annotations: { canary: 'true', 'canary-weight': '20' },
  hosts: { 'a.io': [['/', 'next:80']] },
};

const of = (...parts: readonly IngressParts[]) => compiled([...APPS, ...parts.map(ingressOf)]);

/** `split_x: header X = always -> next; 20 next, 80 web` */
function splitTexts({ splits }: Pick<Routing, 'splits'>): readonly string[] {
  return splits.map(({ name, rules, shares }) => {
    const tests = rules.map(({ when, to }) => {
      const value = when.is.kind === 'text' ? `= ${when.is.text}` : `~ ${when.is.regex}`;
      return `${when.of} ${when.name} ${value} -> ${to}`;
    });
    return [`${name}:`, ...tests, shares.map(({ to, parts }) => `${parts} ${to}`).join(', ')].join(' | ');
  });
}

describe('a Service of which a canary takes a share', () => {
  test('leads to a split, which came from the canary', () => {
    const { locations, routing, lines } = of(MAIN, CANARY);
    expect(locations('a.io')).toEqual(['^ / -> split_shop-web-80']);
    expect(splitTexts(routing)).toEqual(['split_shop-web-80: | 20 shop-next-80, 80 shop-web-80']);
    expect(routing.splits[0]?.from.map(({ resource }) => resource.name)).toEqual(['web-canary']);
    expect(routing.upstreams.map(({ name }) => name)).toEqual(['shop-next-80', 'shop-web-80']);
    expect(lines).toEqual([]);
  });

  test('does so for all of its paths, with one split', () => {
    const { locations, routing } = of(
      { ...MAIN, hosts: { 'a.io': [['/', 'web:80']], 'b.io': [['/b', 'web:80', 'Exact']] } },
      CANARY,
    );
    expect(locations('b.io')).toEqual(['= /b -> split_shop-web-80', '^ / -> 404']);
    expect(routing.splits).toHaveLength(1);
  });

  test('is asked by its rules first', () => {
    const annotations = { canary: 'true', 'canary-by-header': 'X-C', 'canary-weight': '0' };
    const { routing } = of(MAIN, { ...CANARY, annotations });
    expect(splitTexts(routing)).toEqual([
      'split_shop-web-80: | header X-C = always -> shop-next-80 | header X-C = never -> shop-web-80 | 100 shop-web-80',
    ]);
  });

  test('gives all to a canary with the whole weight', () => {
    const { routing } = of(MAIN, { ...CANARY, annotations: { canary: 'true', 'canary-weight': '100' } });
    expect(splitTexts(routing)).toEqual(['split_shop-web-80: | 100 shop-next-80']);
  });

  test('keeps all if nobody is ready behind the canary', () => {
    const { locations, routing, lines } = compiled([
      ...appOf('web', '10.0.0.1'),
      serviceOf('next'),
      sliceOf('next', ['80'], []),
      ingressOf(MAIN),
      ingressOf(CANARY),
    ]);
    expect(locations('a.io')).toEqual(['^ / -> shop-web-80']);
    expect(routing.splits).toEqual([]);
    expect(lines).toEqual(['no-ready-endpoints: the Service shop/next has no ready endpoint for port "80"']);
  });

  test('answers 503 if nobody is ready behind itself', () => {
    const { locations, routing } = compiled([
      ...appOf('next', '10.0.0.1'),
      serviceOf('web'),
      sliceOf('web', ['80'], []),
      ingressOf(MAIN),
      ingressOf(CANARY),
    ]);
    expect(locations('a.io')).toEqual(['^ / -> 503']);
    expect(routing.splits).toEqual([]);
  });

  test('is left alone where its location is closed', () => {
    const annotations = { 'whitelist-source-range': 'office' };
    const { locations, routing } = of({ ...MAIN, annotations }, CANARY);
    expect(locations('a.io')).toEqual(['^ / -> 503']);
    expect(routing.splits).toEqual([]);
  });
});

describe('a canary', () => {
  test('has no host or path of its own', () => {
    const { routing, lines } = of(MAIN, {
      ...CANARY,
      hosts: { 'a.io': [['/', 'next:80']], 'b.io': [['/', 'next:80']] },
    });
    expect(routing.servers.map(({ host }) => host)).toEqual(['_', 'a.io']);
    expect(lines).toEqual([
      'canary-without-main: a canary needs an Ingress whose requests it shares, and no other has the host b.io',
    ]);
  });

  test('that is dropped closes nothing and takes nothing', () => {
    const { locations, routing } = of(MAIN, {
      ...CANARY,
      hosts: {
        'a.io': [
          ['/', 'next:80'],
          ['/x_by_lua', 'next:80'],
        ],
      },
    });
    expect(locations('a.io')).toEqual(['^ / -> shop-web-80']);
    expect(routing.splits).toEqual([]);
  });

  test.each<{
    name: string;
    main: Readonly<Record<string, string>>;
    own: Readonly<Record<string, string>>;
    lines: readonly string[];
  }>([
    {
      name: 'ignores what its main Ingress decides, and says so',
      main: {},
      own: { 'ssl-redirect': 'false', 'app-root': '/x' },
      lines: ['ignored-by-canary: ssl-redirect and app-root have no effect on a canary: Ingress shop/web decides'],
    },
    {
      name: 'says nothing of what its main Ingress has as well',
      main: { 'ssl-redirect': 'false' },
      own: { 'ssl-redirect': 'false' },
      lines: [],
    },
    {
      name: 'says so where its main Ingress has another value',
      main: { 'ssl-redirect': 'false' },
      own: { 'ssl-redirect': 'true' },
      lines: ['ignored-by-canary: ssl-redirect has no effect on a canary: Ingress shop/web decides'],
    },
    {
      name: 'does not read what it ignores',
      main: {},
      own: { 'auth-type': 'basic', 'auth-secret': 'nobody' },
      lines: ['ignored-by-canary: auth-type and auth-secret have no effect on a canary: Ingress shop/web decides'],
    },
    {
      name: 'has annotations of its Service',
      main: {},
      own: { 'service-upstream': 'yes' },
      lines: ['invalid-annotation-value: service-upstream: "yes" is not a boolean'],
    },
    {
      name: 'lets nobody in and keeps nobody out, so that a guard that nobody reads is no matter',
      main: {},
      own: { 'ingress.kubernetes.io/auth-type': 'basic' },
      lines: [],
    },
    {
      name: 'may have misspelt ones',
      main: {},
      own: { 'canary-wieght': '5' },
      lines: ['unknown-annotation: there is no annotation "nginx.ingress.kubernetes.io/canary-wieght"'],
    },
  ])('$name', ({ main, own, lines }) => {
    const found = of({ ...MAIN, annotations: main }, { ...CANARY, annotations: { ...CANARY.annotations, ...own } });
    expect(found.lines).toEqual(lines);
    expect(found.routing.splits).toHaveLength(1);
  });

  test('has no TLS, and says so if its main Ingress has none', () => {
    const tls = { shop: ['a.io'] };
    const { routing, lines } = compiled([
      ...APPS,
      ingressOf(MAIN),
      ingressOf({ ...CANARY, tls }),
      tlsSecretOf('shop', 'shop'),
    ]);
    expect(routing.files).toEqual([]);
    expect(lines).toEqual(['ignored-by-canary: tls has no effect on a canary: Ingress shop/web decides']);
    const both = compiled([
      ...APPS,
      ingressOf({ ...MAIN, tls }),
      ingressOf({ ...CANARY, tls }),
      tlsSecretOf('shop', 'shop'),
    ]);
    expect(both.lines.filter(line => !line.startsWith('certificate-for-other-host'))).toEqual([]);
  });

  test('closes the host if it guards that, as in the controller', () => {
    const annotations = { ...CANARY.annotations, 'auth-tls-secret': 'shop/ca' };
    const { locations } = of(
      {
        ...MAIN,
        hosts: {
          'a.io': [
            ['/', 'web:80'],
            ['/cart', 'cart:80'],
          ],
        },
      },
      { ...CANARY, annotations },
    );
    expect(locations('a.io')).toEqual(['^ /cart/ -> 403', '= /cart -> 403', '^ / -> 403']);
  });
});

test('two canaries of one Service are a finding, which adds their weights up if they are more than all', () => {
  const two = (weight: string) =>
    of(MAIN, CANARY, {
      ...CANARY,
      name: 'a-canary',
      annotations: { canary: 'true', 'canary-weight': weight },
      hosts: { 'a.io': [['/', 'cart:80']] },
    });
  const lost =
    'canary-without-effect: the canary shop/cart:80 gets no requests of shop/web:80, since the canary Ingress shop/web-canary comes first: only one takes a share';
  expect(two('80').lines).toEqual([lost]);
  expect(two('90').lines).toEqual([`${lost}, and the weights of both add up to 110 of 100`]);
  expect(splitTexts(two('90').routing)).toEqual(['split_shop-web-80: | 20 shop-next-80, 80 shop-web-80']);
});

describe('a path to the Service of a canary', () => {
  const preview: IngressParts = {
    name: 'preview',
    hosts: {
      'p.io': [
        ['/', 'web:80'],
        ['/new', 'next:80', 'Exact'],
      ],
    },
  };

  test('is closed where the canary is older', () => {
    const { locations, lines } = of(MAIN, CANARY, preview);
    expect(locations('p.io')).toEqual(['= /new -> 503', '^ / -> split_shop-web-80']);
    expect(lines).toEqual([
      'service-of-canary: the path "/new" answers 503, since its Service belongs to the canary Ingress shop/web-canary',
    ]);
  });

  test('is served where it is older than the canary, which gets nothing then', () => {
    const { locations, lines } = of(MAIN, CANARY, { ...preview, name: 'zz-preview' });
    expect(locations('p.io')).toEqual(['= /new -> shop-next-80', '^ / -> shop-web-80']);
    expect(lines).toEqual([
      'canary-without-effect: the canary gets no requests, since Ingress shop/zz-preview is no canary and leads to its Service shop/next:80',
    ]);
  });
});

test('what a canary does not touch is the same object after a change of it', () => {
  const memory = createCompileMemory();
  const apps = [...APPS];
  const other = ingressOf({ name: 'other', hosts: { 'o.io': [['/', 'cart:80']] } });
  const main = ingressOf(MAIN);
  const run = (...resources: readonly Resource[]) =>
    compile([...apps, main, other, ...resources], settingsOf(), () => undefined, memory).routing;
  const serverOf = ({ servers }: Routing, host: string) => servers.find(server => server.host === host);
  const before = run();
  const canary = ingressOf(CANARY);
  const first = run(canary);
  const again = run(canary);
  const heavier = run(ingressOf({ ...CANARY, annotations: { canary: 'true', 'canary-weight': '30' } }));
  const after = run();
  for (const routing of [first, again, heavier, after])
    expect(serverOf(routing, 'o.io')).toBe(serverOf(before, 'o.io'));
  expect(again.splits[0]).toBe(first.splits[0]);
  expect(serverOf(again, 'a.io')).toBe(serverOf(first, 'a.io'));
  expect(heavier.splits[0]).not.toBe(first.splits[0]);
  expect(after.splits).toEqual([]);
  expect(after.upstreams).toEqual(before.upstreams);
});
