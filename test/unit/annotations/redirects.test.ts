import { expect, test } from 'vitest';

import { redirects } from '../../../src/annotations/redirects.ts';
import type { Target } from '../../../src/routing/model.ts';
import { FACTS, runFamily, runOptions } from '../../support/annotations.ts';
import { linesOf } from '../../support/resources.ts';

type Given = Readonly<Record<string, string>>;
const URL = 'https://www.example.com/';
const permanent = 'permanent-redirect';
const temporal = 'temporal-redirect';

function to(code: 300 | 301 | 302 | 303 | 307 | 308, url = URL): Target {
  return { kind: 'redirect', code, to: { kind: 'url', url } };
}

test.each<{ name: string; given: Given; target?: Target; denied?: string; lines?: readonly string[] }>([
  { name: 'go to the URL of a permanent redirect', given: { [permanent]: URL }, target: to(301) },
  { name: 'go to a path of their host', given: { [permanent]: '/new' }, target: to(301, '/new') },
  { name: 'go to whatever a permanent redirect says', given: { [permanent]: 'news:a' }, target: to(301, 'news:a') },
  {
    name: 'get the status that is written',
    given: { [permanent]: URL, [`${permanent}-code`]: '+308' },
    target: to(308),
  },
  { name: 'go to the URL of a temporary redirect', given: { [temporal]: URL }, target: to(302) },
  { name: 'get its status', given: { [temporal]: URL, [`${temporal}-code`]: '303' }, target: to(303) },
  {
    name: 'go to that of the temporary one, if there are two',
    given: { [temporal]: 'HTTP://a.example:8080/b', [permanent]: URL, [`${permanent}-code`]: '308' },
    target: to(302, 'HTTP://a.example:8080/b'),
    lines: [`annotation-without-effect: ${permanent} has no effect beside temporal-redirect`],
  },
  {
    name: 'get the usual status instead of one above 308',
    given: { [permanent]: URL, [`${permanent}-code`]: '309' },
    target: to(301),
    lines: [`invalid-annotation-value: ${permanent}-code: "309" is not between 300 and 308`],
  },
  {
    name: 'get the usual status instead of 308, where they are sent away for a while',
    given: { [temporal]: URL, [`${temporal}-code`]: '308' },
    target: to(302),
    lines: [`invalid-annotation-value: ${temporal}-code: "308" is not between 300 and 307`],
  },
  {
    name: 'get no Location with 300',
    given: { [permanent]: URL, [`${permanent}-code`]: '300' },
    target: to(300),
    lines: [
      `redirect-without-location: ${permanent}-code: with "300", nginx sends no Location, so that clients stay where they are`,
    ],
  },
  ...['/maintenance', 'ftp://a.example', 'www.example.com'].map(text => ({
    name: `stay with ${text} as temporary URL`,
    given: { [temporal]: text },
    lines: [`invalid-annotation-value: ${temporal}: "${text}" is not a URL of http or https: it has no effect`],
  })),
  {
    name: 'stay if the port of a temporary URL is a word',
    given: { [temporal]: 'https://a.example:https/' },
    lines: [
      `invalid-annotation-value: ${temporal}: "https://a.example:https/" has a port that is no number: it has no effect`,
    ],
  },
  {
    name: 'stay if there is a status alone',
    given: { [`${permanent}-code`]: '308' },
    lines: [`annotation-without-effect: ${permanent}-code has no effect without ${permanent}`],
  },
  { name: 'stay without a URL', given: { [permanent]: '' } },
  {
    name: 'stay if another annotation of the group is empty',
    given: { [permanent]: URL, 'relative-redirects': '' },
    lines: [`annotation-without-effect: ${permanent} has no effect, since relative-redirects is empty`],
  },
  {
    name: 'go, if one is empty that is not looked at',
    given: { [temporal]: URL, [`${permanent}-code`]: '' },
    target: to(302),
  },
  ...['https://$host/', 'https://a.example/ b', '"https://a.example/"', 'https://a.example/#b', 'a;b'].map(text => ({
    name: `find a closed door with ${JSON.stringify(text)}`,
    given: { [permanent]: text },
    denied: `invalid value in annotation ${permanent}`,
    lines: [`dropped-for-value: ${permanent}: "${text}" has characters that are not allowed here`],
  })),
  {
    name: 'find a closed door with a word as status',
    given: { [permanent]: URL, [`${permanent}-code`]: 'moved' },
    target: to(301),
    denied: `invalid value in annotation ${permanent}-code`,
    lines: [`dropped-for-value: ${permanent}-code: "moved" is not a whole number`],
  },
])('requests $name', ({ given, target, denied, lines = [] }) => {
  const run = runFamily(redirects, given);
  expect(run.plan.target(FACTS.found, FACTS)).toMatchObject(target ?? FACTS.found);
  expect(run.denied).toBe(denied);
  expect(linesOf(run.found)).toEqual(lines);
});

test('go even where nobody is ready, but not of the catch-all', () => {
  const { plan } = runFamily(redirects, { [permanent]: URL });
  const closed = { kind: 'status', code: 503, reason: 'nobody is ready' } as const;
  expect(plan.target(closed, FACTS)).toMatchObject(to(301));
  expect(plan.target(FACTS.found, { ...FACTS, isCatchAll: true })).toBe(FACTS.found);
});

test('name the annotation that asks for them', () => {
  const { plan } = runFamily(redirects, { [permanent]: URL });
  expect(plan.target(FACTS.found, FACTS)).toMatchObject({ from: [{ by: 'annotation', name: permanent }] });
});

test.each<{ name: string; given: Given; options?: Given; isRelative: boolean }>([
  { name: 'are relative', given: { 'relative-redirects': 'true' }, isRelative: true },
  { name: 'are not', given: { 'relative-redirects': 'false' }, isRelative: false },
  {
    name: 'are as on all hosts',
    given: { 'relative-redirects': 'true' },
    options: { 'relative-redirects': 'true' },
    isRelative: false,
  },
])('redirects of nginx $name', ({ given, options = {}, isRelative }) => {
  const { policy, askers } = runFamily(redirects, given, { options });
  expect(policy).toEqual(isRelative ? { isRelative } : undefined);
  expect(askers).toEqual(isRelative ? ['annotation relative-redirects'] : []);
});

test('redirects of nginx name the port where the annotation or the option says so', () => {
  const name = 'use-port-in-redirects';
  const { policy, askers } = runFamily(redirects, { [name]: 'true', [permanent]: '/a' });
  expect(policy).toEqual({ namesPort: true });
  expect(askers).toEqual([`annotation ${name}`]);
  expect(runFamily(redirects, {}, { options: { [name]: 'true' } }).policy).toEqual({ namesPort: true });
  expect(runFamily(redirects, { [name]: 'false' }, { options: { [name]: 'true' } }).policy).toBeUndefined();
  expect(runFamily(redirects, { [name]: 'true', [temporal]: '/a' }).policy).toEqual({ namesPort: true });
});

test.each<{ name: string; given: Given; options?: Given; code: number | undefined }>([
  { name: 'are redirected', given: { 'from-to-www-redirect': 'true' }, code: 308 },
  { name: 'are not', given: { 'from-to-www-redirect': 'false' }, code: undefined },
  {
    name: 'are redirected with the status of all hosts',
    given: { 'from-to-www-redirect': '1' },
    options: { 'http-redirect-code': '301' },
    code: 301,
  },
  {
    name: 'are not, since the controller ignores all redirects beside such a one',
    given: { 'from-to-www-redirect': 'true', [temporal]: '/a' },
    code: undefined,
  },
])('names with and without www. $name', ({ given, options = {}, code }) => {
  const { www } = runFamily(redirects, given, { options }).plan;
  expect(www?.code).toBe(code);
});

test('the option makes them relative on all hosts', () => {
  expect(runOptions(redirects, { 'relative-redirects': 'true' }).policy).toEqual({ isRelative: true });
  expect(runOptions(redirects, {}).policy).toBeUndefined();
});
