import { describe, expect, test } from 'vitest';

import { affinity } from '../../../src/annotations/affinity.ts';
import { plannerOf } from '../../../src/annotations/plan.ts';
import { indexCluster } from '../../../src/cluster/cluster.ts';
import { collect } from '../../../src/diagnostics/diagnostic.ts';
import type { Affinity, AffinityCookie, SessionCookie } from '../../../src/routing/policies/affinity.ts';
import { runFamily } from '../../support/annotations.ts';
import type { FamilyRun } from '../../support/annotations.ts';
import { ingressOf, linesOf, reported } from '../../support/resources.ts';

type Run = FamilyRun<AffinityCookie>;

const DEFAULT: SessionCookie = {
  name: 'INGRESSCOOKIE',
  maxAge: undefined,
  domain: undefined,
  isSecure: false,
  sameSite: undefined,
  isNoneConditional: false,
};

function run(annotations: Readonly<Record<string, string>>): Run {
  return runFamily(affinity, annotations, { facts: { written: '/cart' } });
}

/** What Ingresses `web-1`, `web-2` … ask of the upstream to which all of them lead. */
function settle(...runs: readonly Run[]): { readonly asks: Affinity | undefined; readonly found: readonly string[] } {
  const plans = runs.flatMap(({ plan }) => plan.upstream);
  const maker = ingressOf({ name: 'web-1' });
  const claims = plans.map(({ asked }, index) => ({ asked, ingress: ingressOf({ name: `web-${index + 1}` }), maker }));
  const { result, found } = reported(report => plans[0]?.family.gives.upstream?.(claims, report));
  return { asks: result as Affinity | undefined, found: linesOf(found) };
}

function asksOf(run: Run): Affinity | undefined {
  return settle(run).asks;
}

function cookieOf(annotations: Readonly<Record<string, string>>): SessionCookie | undefined {
  return asksOf(run({ affinity: 'cookie', ...annotations }))?.cookie;
}

describe('affinity', () => {
  test('is nothing without its annotation', () => {
    expect(asksOf(run({ 'session-cookie-name': 'route' }))).toBeUndefined();
  });

  test('has the cookie of the controller, and lets sessions move', () => {
    const found = run({ affinity: 'cookie' });
    expect(asksOf(found)).toEqual({ cookie: DEFAULT, mode: 'balanced', changesOnFailure: false });
    expect(found.found).toEqual([]);
    expect(found.policy).toEqual({ path: '/cart' });
  });

  test('may have another path than that of the rule', () => {
    const { policy, found } = run({ affinity: 'cookie', 'session-cookie-path': '/a?b=c,d' });
    expect(policy).toEqual({ path: '/a?b=c,d' });
    expect(found).toEqual([]);
  });

  test('is given by no location that no rule made', () => {
    expect(runFamily(affinity, { affinity: 'cookie' }, { facts: { written: undefined } }).policy).toBeUndefined();
  });

  test.each([
    { name: 'blanks around a word do not count', given: { affinity: ' cookie ' }, mode: 'balanced' },
    { name: 'sessions may stay', given: { 'affinity-mode': 'persistent' }, mode: 'persistent' },
    { name: 'a mode in capitals is none', given: { 'affinity-mode': 'Persistent' }, mode: 'balanced' },
  ])('$name', ({ given, mode }) => {
    expect(asksOf(run({ affinity: 'cookie', ...given }))?.mode).toBe(mode);
  });

  test('has the age that it is given, although browsers drop such a cookie', () => {
    expect(cookieOf({ 'session-cookie-max-age': '0' })).toEqual({ ...DEFAULT, maxAge: 0 });
    expect(cookieOf({ 'session-cookie-max-age': '-1' })).toEqual({ ...DEFAULT, maxAge: -1 });
  });

  test('may change when an endpoint fails', () => {
    expect(asksOf(run({ affinity: 'cookie', 'session-cookie-change-on-failure': 'true' }))?.changesOnFailure).toBe(
      true,
    );
  });
});

describe('the cookie', () => {
  test.each([
    { name: 'has a name', given: { 'session-cookie-name': 'my.route' }, cookie: { name: 'my.route' } },
    {
      name: 'may have a blank in its name',
      given: { 'session-cookie-name': ' my route ' },
      cookie: { name: 'my route' },
    },
    { name: 'has the default name for blanks', given: { 'session-cookie-name': '  ' }, cookie: {} },
    { name: 'has a domain', given: { 'session-cookie-domain': '.example.com' }, cookie: { domain: '.example.com' } },
    { name: 'is kept for seconds', given: { 'session-cookie-max-age': '3600' }, cookie: { maxAge: 3600 } },
    { name: 'is kept until it expires', given: { 'session-cookie-expires': '60' }, cookie: { maxAge: 60 } },
    {
      name: 'has the age before the date, as in browsers',
      given: { 'session-cookie-expires': '60', 'session-cookie-max-age': '30' },
      cookie: { maxAge: 30 },
    },
    { name: 'is for HTTPS', given: { 'session-cookie-secure': 'true' }, cookie: { isSecure: true } },
    { name: 'is for the own site', given: { 'session-cookie-samesite': 'Lax' }, cookie: { sameSite: 'Lax' } },
    {
      name: 'is for all sites, where browsers know the word',
      given: { 'session-cookie-samesite': 'None', 'session-cookie-conditional-samesite-none': 'true' },
      cookie: { sameSite: 'None', isNoneConditional: true },
    },
  ])('$name', ({ given, cookie }) => {
    expect(cookieOf(given)).toEqual({ ...DEFAULT, ...cookie });
    expect(run({ affinity: 'cookie', ...given }).found).toEqual([]);
  });

  test.each([
    { name: 'a kind of affinity that there is not', given: { affinity: 'ip' }, problem: 'is not one of cookie' },
    { name: 'a name with a semicolon', given: { 'session-cookie-name': 'a;b' }, problem: 'has characters' },
    {
      name: 'a name that is too long',
      given: { 'session-cookie-name': 'a'.repeat(257) },
      problem: 'is longer than 256',
    },
    { name: 'a path with an attribute', given: { 'session-cookie-path': '/a; Secure' }, problem: 'has characters' },
    { name: 'a path with a line end', given: { 'session-cookie-path': '/a\nb' }, problem: 'has characters' },
    { name: 'a path with a variable', given: { 'session-cookie-path': '/$host' }, problem: 'has characters' },
    { name: 'a domain with a blank', given: { 'session-cookie-domain': 'a b' }, problem: 'has characters' },
    { name: 'seconds with a unit', given: { 'session-cookie-max-age': '60s' }, problem: 'is not a whole number' },
    {
      name: 'seconds that begin with zero',
      given: { 'session-cookie-expires': '007' },
      problem: 'is not a whole number',
    },
    { name: 'a part of a second', given: { 'session-cookie-max-age': '1.5' }, problem: 'is not a whole number' },
    { name: 'a word for other sites in small letters', given: { 'session-cookie-samesite': 'lax' }, problem: 'is not' },
    { name: 'yes', given: { 'session-cookie-secure': 'yes' }, problem: 'is not a boolean' },
  ])('is without $name, and it is said', ({ given, problem }) => {
    const found = run({ affinity: 'cookie', ...given });
    const [name = ''] = Object.keys(given);
    expect(found.found.map(({ rule, message }) => [rule.id, message])).toEqual([
      ['I2N304', expect.stringContaining(problem)],
    ]);
    expect(found.found[0]?.message).toMatch(new RegExp(`^${name}: `));
    expect(asksOf(found)?.cookie ?? DEFAULT).toEqual(DEFAULT);
  });
});

describe('a cookie that browsers throw away', () => {
  function foundFor(given: Readonly<Record<string, string>>, ...hosts: readonly string[]): readonly string[] {
    const { report, diagnostics } = collect();
    const ingress = ingressOf({
      annotations: { affinity: 'cookie', ...given },
      hosts: Object.fromEntries(hosts.map(host => [host, [['/', 'web:80']]])),
    });
    const config = { values: {}, written: new Map() };
    plannerOf([affinity]).plan({ ingress, tables: indexCluster([ingress], report), config, report });
    return linesOf(diagnostics);
  }

  test.each([
    { name: 'is for another domain', given: { 'session-cookie-domain': 'example.org' }, host: 'a.example.com' },
    { name: 'is for the end of a name', given: { 'session-cookie-domain': 'ample.com' }, host: 'a.example.com' },
    { name: 'is for a part of the host', given: { 'session-cookie-domain': 'x.a.example.com' }, host: 'a.example.com' },
    { name: 'is for a port', given: { 'session-cookie-domain': 'a.example.com:80' }, host: 'a.example.com' },
    { name: 'is for a path', given: { 'session-cookie-domain': 'a.example.com/x' }, host: 'a.example.com' },
  ])('$name', ({ given, host }) => {
    expect(foundFor(given, host)).toEqual([
      `useless-affinity-cookie: session-cookie-domain: browsers take no cookie for "${given['session-cookie-domain']}" from ${host}: clients are not kept`,
    ]);
  });

  test.each([
    { name: 'ends at once', given: { 'session-cookie-max-age': '0' }, annotation: 'session-cookie-max-age', age: 0 },
    { name: 'has ended', given: { 'session-cookie-expires': '-1' }, annotation: 'session-cookie-expires', age: -1 },
  ])('$name', ({ given, annotation, age }) => {
    expect(foundFor(given, 'a.example.com')).toEqual([
      `useless-affinity-cookie: ${annotation}: browsers drop a cookie of ${age} seconds at once: clients are not kept`,
    ]);
  });

  test.each([
    { name: 'its domain is the host', given: { 'session-cookie-domain': 'a.example.com' }, host: 'a.example.com' },
    { name: 'its domain is above the host', given: { 'session-cookie-domain': '.Example.com' }, host: 'a.example.com' },
    {
      name: 'its domain is that of a wildcard',
      given: { 'session-cookie-domain': 'example.com' },
      host: '*.example.com',
    },
    { name: 'there is no host', given: { 'session-cookie-domain': 'example.com' }, host: '' },
    {
      name: 'an age counts before a date',
      given: { 'session-cookie-max-age': '60', 'session-cookie-expires': '0' },
      host: 'a.example.com',
    },
  ])('is none where $name', ({ given, host }) => {
    expect(foundFor(given, host)).toEqual([]);
  });
});

describe('annotations of the cookie without affinity', () => {
  test('are found', () => {
    const [found] = run({ 'session-cookie-max-age': '60', 'session-cookie-name': 'route' }).found;
    expect(found).toMatchObject({
      rule: { id: 'I2N352' },
      message: 'session-cookie-max-age has no effect without affinity: clients are not kept on one endpoint',
      help: 'add affinity: cookie, or remove session-cookie-max-age',
    });
  });

  test.each([
    { name: 'one finding is enough', given: { affinity: 'ip', 'session-cookie-name': 'route' }, rules: ['I2N304'] },
    { name: 'empty ones are none', given: { 'session-cookie-name': '' }, rules: [] },
    {
      name: 'with affinity there is nothing to find',
      given: { affinity: 'cookie', 'session-cookie-name': 'a' },
      rules: [],
    },
  ])('$name', ({ given, rules }) => {
    expect(run(given).found.map(({ rule }) => rule.id)).toEqual(rules);
  });
});

describe('Ingresses that lead to one Service', () => {
  const first = run({ affinity: 'cookie', 'session-cookie-name': 'first' });
  const second = run({ affinity: 'cookie', 'session-cookie-name': 'second', 'affinity-mode': 'persistent' });
  const third = run({ affinity: 'cookie', 'session-cookie-name': 'second', 'affinity-mode': 'balanced' });

  test('have the cookie of the youngest, and the first mode that is asked for', () => {
    expect(settle(first, second, third)).toEqual({
      asks: { cookie: { ...DEFAULT, name: 'second' }, mode: 'persistent', changesOnFailure: false },
      found: [
        'affinity-conflict: Ingress shop/web-3 leads to the same Service and asks for another affinity cookie, which holds for both',
        'affinity-conflict: Ingress shop/web-2 leads to the same Service and asks for another affinity mode, which holds for both',
      ],
    });
  });

  test('need not agree on the path of the cookie, nor say the mode twice', () => {
    const other = run({ affinity: 'cookie', 'session-cookie-name': 'second', 'session-cookie-path': '/x' });
    expect(settle(second, other).found).toEqual([]);
  });
});
