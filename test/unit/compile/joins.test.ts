import { describe, expect, test } from 'vitest';

import type { Share } from '../../../src/annotations/family.ts';
import type { Claim } from '../../../src/compile/claims.ts';
import { gatherClaims } from '../../../src/compile/claims.ts';
import { draftDefaultHost, draftHost, isCatchAll } from '../../../src/compile/hosts.ts';
import { joinShares } from '../../../src/compile/joins.ts';
import type { IngressPlan } from '../../../src/compile/plan.ts';
import { collect } from '../../../src/diagnostics/diagnostic.ts';
import type { Ingress } from '../../../src/resources/model.ts';
import type { IngressParts, Row } from '../../support/resources.ts';
import { ingressOf } from '../../support/resources.ts';

type Given = readonly [share: 'main' | 'canary', parts: IngressParts];

const SHARE: Share = { rules: [], parts: 1, of: 100, isSticky: true };

function planOf(ingress: Ingress, share: Share | undefined): IngressPlan {
  const claims: Claim[] = [];
  const plan: IngressPlan = {
    ingress,
    name: ingress,
    claims,
    policies: undefined,
    isDropped: false,
    isGuarded: false,
    denied: undefined,
    deniedHost: undefined,
    meantRegex: undefined,
    share,
    ignored: [],
    mayHaveAnyPath: false,
  };
  for (const rule of ingress.rules) claims.push({ plan, rule });
  return plan;
}

function plansOf(given: readonly Given[]): readonly IngressPlan[] {
  return given.map(([kind, parts], index) =>
    planOf(ingressOf({ name: `i${index}`, ...parts }), kind === 'canary' ? SHARE : undefined),
  );
}

/** Who takes a share of what, and what is said; the oldest first. */
function joined(given: readonly Given[]): { readonly joins: readonly string[]; readonly said: readonly string[] } {
  const all = plansOf(given);
  const mains = all.filter(({ share }) => share === undefined);
  const { report, diagnostics } = collect();
  const { ofDefault, hosts } = gatherClaims(mains, undefined);
  const drafts = [
    draftDefaultHost(mains.filter(isCatchAll), ofDefault.claims, report),
    ...hosts.map(({ host, claims }) => draftHost(host, claims, report)),
  ];
  const { of, taken } = joinShares(all, new Map(drafts.map(draft => [draft.host, draft])), report);
  const joins = [...of].map(([main, { party, backend }]) => `${main} <- ${backend.service} of ${party.ingress.name}`);
  expect([...taken.values()].every(({ owner }) => owner.share !== undefined)).toBe(true);
  return { joins, said: diagnostics.map(({ rule, message }) => `${rule.name}: ${message}`) };
}

const path = (text: string, backend: string, type?: Row[2]): Row =>
  type === undefined ? [text, backend] : [text, backend, type];
const on = (host: string, ...rows: readonly Row[]): IngressParts => ({ hosts: { [host]: rows } });
const MAIN: Given = ['main', on('a.io', path('/', 'web:80'))];
const canary = (parts: IngressParts): Given => ['canary', parts];

describe('a canary joins the Service of a path', () => {
  test.each<{ name: string; given: readonly Given[]; joins: readonly string[]; said?: readonly string[] }>([
    {
      name: 'with the same host, path and type',
      given: [MAIN, canary(on('a.io', path('/', 'new:80')))],
      joins: ['shop/web:80 <- new of i1'],
    },
    {
      name: 'whichever of the two is older',
      given: [canary(on('a.io', path('/', 'new:80'))), MAIN],
      joins: ['shop/web:80 <- new of i0'],
    },
    {
      name: 'in another namespace, too',
      given: [MAIN, canary({ ...on('a.io', path('/', 'new:80')), namespace: 'lab' })],
      joins: ['shop/web:80 <- new of i1'],
    },
    {
      name: 'with the same name in another namespace, too',
      given: [
        ['main', { ...on('a.io', path('/', 'web:80')), name: 'web' }],
        canary({ ...on('a.io', path('/', 'web:80')), name: 'web', namespace: 'lab' }),
      ],
      joins: ['shop/web:80 <- web of web'],
    },
    {
      name: 'where an empty path is /, and ImplementationSpecific a prefix',
      given: [MAIN, canary(on('a.io', path('', 'new:80', 'ImplementationSpecific')))],
      joins: ['shop/web:80 <- new of i1'],
    },
    {
      name: 'of a wildcard host as a text',
      given: [['main', on('*.a.io', path('/', 'web:80'))], canary(on('*.a.io', path('/', 'new:80')))],
      joins: ['shop/web:80 <- new of i1'],
    },
    {
      name: 'without host, of the default server',
      given: [['main', on('', path('/x', 'web:80'))], canary(on('', path('/x', 'new:80')))],
      joins: ['shop/web:80 <- new of i1'],
    },
    {
      name: 'of the rest of a host, if its Ingress has a default backend',
      given: [
        ['main', { ...on('a.io', path('/x', 'web:80')), defaultBackend: 'rest:80' }],
        canary(on('a.io', path('/', 'new:80'))),
      ],
      joins: ['shop/rest:80 <- new of i1'],
    },
    {
      name: 'of all of the default server, with a default backend of its own',
      given: [
        ['main', { defaultBackend: 'web:80' }],
        ['main', on('', path('/x', 'cart:80'))],
        canary({ defaultBackend: 'new:80' }),
      ],
      joins: ['shop/web:80 <- new of i2', 'shop/cart:80 <- new of i2'],
    },
    {
      name: 'for each of its paths, with a Service for each',
      given: [
        ['main', on('a.io', path('/', 'web:80'), path('/cart', 'cart:80'))],
        canary(on('a.io', path('/', 'new:80'), path('/cart', 'newer:80'))),
      ],
      joins: ['shop/web:80 <- new of i1', 'shop/cart:80 <- newer of i1'],
    },
    {
      name: 'and for ports of a Service each alone',
      given: [
        ['main', on('a.io', path('/', 'web:80'), path('/x', 'web:http'))],
        canary(on('a.io', path('/x', 'web:81'))),
      ],
      joins: ['shop/web:http <- web of i1'],
    },
  ])('$name', ({ given, joins, said = [] }) => {
    expect(joined(given)).toEqual({ joins, said });
  });
});

const NO_OTHER = 'gets no requests, not even those of other paths';

describe('a canary joins nothing', () => {
  test.each<{ name: string; given: readonly Given[]; joins?: readonly string[]; said: readonly string[] }>([
    {
      name: 'without an Ingress of the host, said once',
      given: [MAIN, canary(on('b.io', path('/', 'new:80'), path('/x', 'new:80')))],
      said: ['canary-without-main: a canary needs an Ingress whose requests it shares, and no other has the host b.io'],
    },
    {
      name: 'beside other canaries only',
      given: [canary(on('a.io', path('/', 'new:80'))), canary(on('a.io', path('/', 'newer:80')))],
      said: [
        'canary-without-main: a canary needs an Ingress whose requests it shares, and no other has the host a.io',
        'canary-without-main: a canary needs an Ingress whose requests it shares, and no other has the host a.io',
      ],
    },
    {
      name: 'of a host below a wildcard',
      given: [['main', on('*.a.io', path('/', 'web:80'))], canary(on('x.a.io', path('/', 'new:80')))],
      said: [
        'canary-without-main: a canary needs an Ingress whose requests it shares, and no other has the host x.a.io',
      ],
    },
    {
      name: 'with another path, and then it joins no other path with that Service',
      given: [MAIN, canary(on('a.io', path('/', 'new:80'), path('/x', 'new:80'), path('/y', 'new:80')))],
      said: [
        `canary-without-main: no other Ingress has the Prefix path "/x" of a.io: the canary shop/new:80 ${NO_OTHER}`,
      ],
    },
    {
      name: 'but does with another Service',
      given: [MAIN, canary(on('a.io', path('/x', 'new:80'), path('/', 'newer:80')))],
      joins: ['shop/web:80 <- newer of i1'],
      said: [
        `canary-without-main: no other Ingress has the Prefix path "/x" of a.io: the canary shop/new:80 ${NO_OTHER}`,
      ],
    },
    {
      name: 'with another path type',
      given: [MAIN, canary(on('a.io', path('/', 'new:80', 'Exact')))],
      said: [
        `canary-without-main: no other Ingress has the Exact path "/" of a.io: the canary shop/new:80 ${NO_OTHER}`,
      ],
    },
    {
      name: 'of the default backend of the installation',
      given: [['main', on('a.io', path('/x', 'web:80'))], canary(on('a.io', path('/', 'new:80')))],
      said: [
        `canary-without-main: no other Ingress has the Prefix path "/" of a.io: the canary shop/new:80 ${NO_OTHER}`,
      ],
    },
    {
      name: 'as a default backend, where the default server leads to no Service',
      given: [MAIN, canary({ defaultBackend: 'new:80' })],
      said: [
        'canary-without-main: a canary with a defaultBackend shares the default server, which leads to no Service: the canary shop/new:80 gets no requests, not even those of its paths',
      ],
    },
    {
      name: 'whose Service an older Ingress leads to that is no canary',
      given: [['main', on('b.io', path('/', 'new:80'))], MAIN, canary(on('a.io', path('/', 'new:80')))],
      said: [
        'canary-without-effect: the canary gets no requests, since Ingress shop/i0 is no canary and leads to its Service shop/new:80',
      ],
    },
    {
      name: 'that leads to the Service of the path itself',
      given: [MAIN, canary(on('a.io', path('/', 'web:80')))],
      said: [
        'canary-without-effect: the canary gets no requests, since Ingress shop/i0 is no canary and leads to its Service shop/web:80',
      ],
    },
  ])('$name', ({ given, joins = [], said }) => {
    expect(joined(given)).toEqual({ joins, said });
  });

  test('if its Ingress dropped out', () => {
    const { report, diagnostics } = collect();
    const dropped = { ...planOf(ingressOf(on('a.io', path('/', 'new:80'))), SHARE), isDropped: true };
    expect(joinShares([dropped], new Map(), report).of.size).toBe(0);
    expect(diagnostics).toEqual([]);
  });
});

describe('of several canaries', () => {
  test.each<{ name: string; given: readonly Given[]; joins: readonly string[]; said: readonly string[] }>([
    {
      name: 'of one path the oldest has it',
      given: [MAIN, canary(on('a.io', path('/', 'new:80'))), canary(on('a.io', path('/', 'newer:80')))],
      joins: ['shop/web:80 <- new of i1'],
      said: [
        'canary-without-effect: the canary shop/newer:80 gets no requests of shop/web:80, since the canary Ingress shop/i1 comes first: only one takes a share',
      ],
    },
    {
      name: 'of different paths to one Service, too',
      given: [
        ['main', on('a.io', path('/', 'web:80'), path('/x', 'web:80'))],
        canary(on('a.io', path('/', 'new:80'))),
        canary(on('a.io', path('/x', 'newer:80'))),
      ],
      joins: ['shop/web:80 <- new of i1'],
      said: [
        'canary-without-effect: the canary shop/newer:80 gets no requests of shop/web:80, since the canary Ingress shop/i1 comes first: only one takes a share',
      ],
    },
    {
      name: 'of which the first lost its Service, none has it',
      given: [
        MAIN,
        canary(on('a.io', path('/', 'new:80'), path('/x', 'new:80'))),
        canary(on('a.io', path('/', 'newer:80'))),
      ],
      joins: [],
      said: [
        `canary-without-main: no other Ingress has the Prefix path "/x" of a.io: the canary shop/new:80 ${NO_OTHER}`,
        'canary-without-effect: the canary shop/newer:80 gets no requests of shop/web:80, since the canary Ingress shop/i1 comes first: only one takes a share',
      ],
    },
    {
      name: 'with one Service the rules of the oldest count for all',
      given: [
        ['main', on('a.io', path('/', 'web:80'), path('/x', 'cart:80'))],
        canary(on('a.io', path('/', 'new:80'))),
        canary(on('a.io', path('/x', 'new:80'))),
      ],
      joins: ['shop/web:80 <- new of i1', 'shop/cart:80 <- new of i1'],
      said: [
        'canary-without-effect: the canary rules of Ingress shop/i1 count instead of these, since both have the Service shop/new:80',
      ],
    },
    {
      name: 'one with two Services for one main has the first',
      given: [
        ['main', on('a.io', path('/', 'web:80'), path('/x', 'web:80'))],
        canary(on('a.io', path('/', 'new:80'), path('/x', 'newer:80'))),
      ],
      joins: ['shop/web:80 <- new of i1'],
      said: [
        'canary-without-effect: the canary shop/newer:80 gets no requests of shop/web:80, since the Service shop/new:80 comes first: only one takes a share',
      ],
    },
  ])('$name', ({ given, joins, said }) => {
    expect(joined(given)).toEqual({ joins, said });
  });
});

describe('a Service is', () => {
  const takenBy = (given: readonly Given[]): readonly string[] => {
    const { taken } = joinShares(plansOf(given), new Map(), () => undefined);
    return [...taken].map(([key, { owner }]) => `${key} of ${owner.ingress.name}`);
  };
  test.each<{ name: string; given: readonly Given[]; taken: readonly string[] }>([
    {
      name: 'that of a canary, if that is the oldest to name it',
      given: [canary(on('a.io', path('/', 'new:80'))), ['main', on('b.io', path('/', 'new:80'))]],
      taken: ['shop/new:80 of i0'],
    },
    {
      name: 'not that of a canary, if another Ingress is older',
      given: [['main', on('b.io', path('/', 'new:80'))], canary(on('a.io', path('/', 'new:80')))],
      taken: [],
    },
    {
      name: 'not that of a canary, if a younger Ingress has it as default backend',
      given: [canary(on('a.io', path('/', 'new:80'))), ['main', { defaultBackend: 'new:80' }]],
      taken: [],
    },
    {
      name: 'that of a canary with another port, for that port',
      given: [['main', on('b.io', path('/', 'new:80'))], canary(on('a.io', path('/', 'new:81')))],
      taken: ['shop/new:81 of i1'],
    },
  ])('$name', ({ given, taken }) => {
    expect(takenBy(given)).toEqual(taken);
  });
});
