import { describe, expect, test } from 'vitest';

import type { RoutesMemory } from '../../../src/answers/routes.ts';
import { routesOf } from '../../../src/answers/routes.ts';
import { isRouteRow } from '../../../src/live/apply/route-row.ts';
import { targetText } from '../../../src/report/route-target.ts';
import type { Routing, Split, SplitRule } from '../../../src/routing/model.ts';
import { ROUTING } from './routing-sample.ts';

test('a route says where it leads, what clients see there, and who asked for it', () => {
  expect(routesOf(ROUTING)[2]).toEqual({
    host: 'shop.example.com',
    match: 'prefix',
    path: '/admin/',
    target: { kind: 'upstream', name: 'shop-admin-80' },
    tls: { kind: 'certificate', id: 'shop_tls' },
    policies: ['basicAuth', 'tlsRedirect'],
    ingress: 'Ingress shop/web',
  });
});

test('nothing secret is in the answer', () => {
  expect(JSON.stringify(routesOf(ROUTING))).not.toContain('alice');
});

describe('a route to a split', () => {
  const [, shop] = ROUTING.servers;
  const { from = [] } = shop ?? {};
  const split = (parts: Partial<Split>): Routing => ({
    ...ROUTING,
    servers: [
      {
        host: 'shop.example.com',
        certificate: undefined,
        policies: {},
        locations: [
          {
            match: 'prefix',
            path: '/',
            policies: {},
            target: { kind: 'proxy', to: { kind: 'split', name: 'split_shop-web-80' } },
            from,
          },
        ],
        from,
      },
    ],
    splits: [{ name: 'split_shop-web-80', rules: [], shares: [], from, ...parts }],
  });
  const SHARES = [
    { to: 'shop-web-80', parts: 197 },
    { to: 'shop-next-80', parts: 3 },
  ];
  const always = (name: string, to: string): SplitRule => ({
    when: { of: 'header', name, is: { kind: 'text', text: 'always' } },
    to,
  });
  test.each<{ name: string; given: Partial<Split>; target: string }>([
    {
      name: 'says the shares in percent',
      given: { shares: SHARES },
      target: 'shop-next-80 1.5%, shop-web-80 98.5%',
    },
    {
      name: 'says what nginx is told of a share that is next to nothing',
      given: {
        shares: [
          { to: 'shop-web-80', parts: 999_999 },
          { to: 'shop-next-80', parts: 1 },
        ],
      },
      target: 'shop-next-80 0.01%, shop-web-80 99.99%',
    },
    {
      name: 'says what the others leave to the largest share',
      given: { shares: ['a', 'b', 'c'].map(to => ({ to, parts: 1 })) },
      target: 'a 33.34%, b 33.33%, c 33.33%',
    },
    {
      name: 'says what is asked first, each once',
      given: { shares: SHARES, rules: [always('X-Canary', 'shop-next-80'), always('X-Canary', 'shop-web-80')] },
      target: 'shop-next-80 1.5%, shop-web-80 98.5%, after header X-Canary',
    },
    {
      name: 'says where only a rule leads',
      given: { shares: [{ to: 'shop-web-80', parts: 100 }], rules: [always('X-Canary', 'shop-next-80')] },
      target: 'shop-next-80 0%, shop-web-80 100%, after header X-Canary',
    },
  ])('$name', ({ given, target }) => {
    expect(routesOf(split(given)).map(targetText)).toEqual([target]);
    expect(routesOf(split(given)).every(row => isRouteRow(JSON.parse(JSON.stringify(row))))).toBe(true);
  });

  test('is another one when the split is', () => {
    const memory: RoutesMemory = { last: undefined };
    const first = split({ shares: SHARES });
    const rows = routesOf(first, memory);
    expect(routesOf(first, memory)[0]).toBe(rows[0]);
    expect(routesOf({ ...first, splits: split({ shares: SHARES.toReversed() }).splits }, memory)[0]).not.toBe(rows[0]);
  });
});
