import { describe, expect, test } from 'vitest';

import { rewrite } from '../../../src/annotations/rewrite.ts';
import { runFamily } from '../../support/annotations.ts';
import { linesOf } from '../../support/resources.ts';

describe('a rewrite', () => {
  test.each([
    { name: 'needs a target', given: {}, path: '/docs', policy: undefined, regex: false },
    {
      name: 'has the path of the rule as its pattern',
      given: { 'rewrite-target': '/$2' },
      path: '/docs(/|$)(.*)',
      policy: { pattern: '/docs(/|$)(.*)', target: '/$2', isRedirect: false },
      regex: true,
    },
    {
      name: 'may use variables of nginx',
      given: { 'rewrite-target': '/$host/$http_x_shop/$arg_a$1' },
      path: '/docs/(.*)',
      policy: { pattern: '/docs/(.*)', target: '/$host/$http_x_shop/$arg_a$1', isRedirect: false },
      regex: true,
    },
    {
      name: 'may lead to another site',
      given: { 'rewrite-target': 'https://new.example.com/$1' },
      path: '/(.*)',
      policy: { pattern: '/(.*)', target: 'https://new.example.com/$1', isRedirect: true },
      regex: true,
    },
    {
      name: 'may have a group before letters',
      given: { 'rewrite-target': '/$1abc' },
      path: '/(.*)',
      policy: { pattern: '/(.*)', target: '/$1abc', isRedirect: false },
      regex: true,
    },
    {
      name: 'is idle at its own target',
      given: { 'rewrite-target': '/docs' },
      path: '/docs',
      policy: undefined,
      regex: false,
    },
    {
      name: 'is idle with an empty target',
      given: { 'rewrite-target': '' },
      path: '/docs',
      policy: undefined,
      regex: false,
    },
    { name: 'is not use-regex', given: { 'use-regex': 'true' }, path: '/docs', policy: undefined, regex: true },
    {
      name: 'and use-regex may be false beside it',
      given: { 'use-regex': 'false', 'rewrite-target': '/x' },
      path: '/docs',
      policy: { pattern: '/docs', target: '/x', isRedirect: false },
      regex: true,
    },
  ])('$name', ({ given, path, policy, regex }) => {
    const { policy: found, wantsRegex, denied, found: said } = runFamily(rewrite, given, { facts: { path } });
    expect({ found, wantsRegex, denied, said }).toEqual({
      found: policy,
      wantsRegex: regex,
      denied: undefined,
      said: [],
    });
  });

  test('is none at a catch-all', () => {
    const { policy } = runFamily(rewrite, { 'rewrite-target': '/x' }, { facts: { isCatchAll: true } });
    expect(policy).toBeUndefined();
  });

  test.each(['/a b', '/"; return 200;', '/{x}', '/x?y=$1', '/a\nb', '/\\1', ' /x'])(
    'takes no target such as %j: nothing is rewritten, as in the controller',
    target => {
      const { policy, wantsRegex, denied, found } = runFamily(rewrite, { 'rewrite-target': target });
      expect({ policy, wantsRegex, denied }).toEqual({ policy: undefined, wantsRegex: false, denied: undefined });
      expect(linesOf(found)).toEqual([
        `invalid-annotation-value: rewrite-target: "${target}" has characters that are not allowed here`,
      ]);
    },
  );

  test.each([
    { target: '/$nope', problem: 'has $nope, which is not a variable of nginx' },
    { target: '/$0', problem: 'has $0, which is not a variable of nginx' },
    { target: 'https://a.example.com$request_filename', problem: 'has $request_filename, a path of this machine' },
    { target: '/a$', problem: 'has a $ without the name of a variable' },
    { target: '/$/b', problem: 'has a $ without the name of a variable' },
    { target: '/$1/$https_url', problem: 'has $https_url, which is not a variable of nginx' },
    { target: '/$backend_authorization', problem: 'has $backend_authorization, which is not a variable of nginx' },
  ])('is closed where nginx would refuse $target', ({ target, problem }) => {
    const { policy, wantsRegex, denied, found } = runFamily(rewrite, { 'rewrite-target': target });
    expect({ policy, wantsRegex, denied }).toEqual({
      policy: undefined,
      wantsRegex: true,
      denied: 'its rewrite target is not valid',
    });
    expect(linesOf(found)).toEqual([`invalid-rewrite-target: rewrite-target: "${target}" ${problem}`]);
  });
});

test('use-regex takes booleans of Go only', () => {
  const { wantsRegex, found } = runFamily(rewrite, { 'use-regex': 'on' });
  expect(wantsRegex).toBe(false);
  expect(linesOf(found)).toEqual(['invalid-annotation-value: use-regex: "on" is not a boolean']);
});

test.each<{ name: string; text: string; target?: string; prefix: string | undefined; lines?: readonly string[] }>([
  { name: 'is what the annotation says', text: '/docs', prefix: '/docs' },
  { name: 'has blanks around it', text: ' docs/ ', prefix: 'docs/' },
  { name: 'may have groups and variables', text: '/$1/$host', prefix: '/$1/$host' },
  { name: 'is none without a text', text: '', prefix: undefined },
  {
    name: 'is none where clients are sent elsewhere',
    text: '/docs',
    target: 'https://x.example.com',
    prefix: undefined,
  },
  {
    name: 'is none with a variable that nginx does not have',
    text: '/$service',
    prefix: undefined,
    lines: ['invalid-annotation-value: x-forwarded-prefix: "/$service" has $service, which is not a variable of nginx'],
  },
  {
    name: 'is none without a rewrite',
    text: '/docs',
    target: '',
    prefix: undefined,
    lines: ['annotation-without-effect: x-forwarded-prefix has no effect without rewrite-target'],
  },
])('the prefix that a backend gets $name', ({ text, target = '/$2', prefix, lines = [] }) => {
  const given = { 'rewrite-target': target, 'x-forwarded-prefix': text };
  const { policy, denied, found } = runFamily(rewrite, given, { facts: { path: '/(docs)/(.*)' } });
  expect(policy?.prefix).toBe(prefix);
  expect(denied).toBeUndefined();
  expect(linesOf(found)).toEqual(lines);
});

test.each(['/a"b', '/a;', '/docs\n'])(
  'the controller drops an Ingress whose prefix is "%s": its locations are closed',
  text => {
    const { plan, found } = runFamily(rewrite, { 'rewrite-target': '/$2', 'x-forwarded-prefix': text });
    expect(plan.closes).toEqual([{ closes: 'dropped', reason: 'invalid value in annotation x-forwarded-prefix' }]);
    expect(linesOf(found)).toHaveLength(1);
  },
);

test('a rewrite with a prefix is asked for by both annotations', () => {
  const { askers } = runFamily(rewrite, { 'rewrite-target': '/x', 'x-forwarded-prefix': '/docs' });
  expect(askers).toEqual(['annotation rewrite-target', 'annotation x-forwarded-prefix']);
});
