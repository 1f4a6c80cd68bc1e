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
