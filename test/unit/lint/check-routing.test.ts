import { describe, expect, test } from 'vitest';

import * as paths from '../../../src/lint/rules/paths.ts';
import * as rewrite from '../../../src/lint/rules/rewrite.ts';
import { compileSources } from '../../support/compiled.ts';
import type { Manifest, PathRow } from '../../support/manifests.ts';
import { ingress, service, yamlOf } from '../../support/manifests.ts';

const WEB = service('web', [{ number: 80, pod: 8080 }]);
const NAMES = new Set<string>(Object.values({ ...paths, ...rewrite }).map(({ name }) => name));

/** What the checks of the routing say, as `rule: message`. */
function findingsOf(...objects: readonly Manifest[]): readonly string[] {
  const text = yamlOf([...objects, WEB]);
  const { diagnostics } = compileSources([{ name: 'shop.yaml', text }], { resolvers: ['10.0.0.10'] });
  return diagnostics.filter(({ rule }) => NAMES.has(rule.name)).map(({ rule, message }) => `${rule.name}: ${message}`);
}

function path(text: string, pathType: PathRow[1] = 'Prefix', annotations: Readonly<Record<string, string>> = {}) {
  return ingress({ name: 'web', host: 'a.example.com', paths: [[text, pathType, 'web']], annotations });
}

const REGEX = { 'use-regex': 'true' };

describe('a path on a host without regular expressions', () => {
  test.each([
    { path: '/', problem: undefined },
    { path: '/a-b_c.d/e', problem: undefined },
    { path: '/images/*', problem: '"/*" is plain text: "*" does not stand for anything here' },
    { path: '/a/*/b', problem: '"*" is plain text: no Ingress makes this host one of regular expressions' },
    { path: '/v[0-9]', problem: '"[0-9]" is plain text: no Ingress makes this host one of regular expressions' },
    { path: '/api(/|$)(.*)', problem: '"|" is plain text: no Ingress makes this host one of regular expressions' },
    { path: '/done$', problem: '"$" is plain text: no Ingress makes this host one of regular expressions' },
    { path: '/{page:about|jobs}', problem: '"{page:about|jobs}" is plain text: nginx has no path parameters' },
    { path: '/users/:id/cart', problem: '"/:id" is plain text: nginx has no path parameters' },
    { path: '/a%20b', problem: '"%20" is plain text: nginx compares the path after it has decoded it' },
    { path: '/find?q=1', problem: 'a query is not part of the path that nginx compares' },
    { path: '/page#top', problem: 'browsers never send what follows a "#"' },
    { path: '/a ', problem: 'it ends in a blank' },
    { path: '/a b', problem: undefined },
    { path: '/a//b', problem: 'nginx merges slashes before it compares paths' },
    { path: '/a/../b', problem: 'nginx resolves "/../" before it compares paths' },
    { path: '/a/.', problem: 'nginx resolves "/." before it compares paths' },
    { path: '/.well-known/x', problem: undefined },
    { path: '/a..b/c', problem: undefined },
  ])('$path', ({ path: text, problem }) => {
    const says = `literal-path: no usual request matches the path "${text}" of a.example.com: ${problem}`;
    expect(findingsOf(path(text, 'ImplementationSpecific'))).toEqual(problem === undefined ? [] : [says]);
  });

  test.each([
    { path: '/@me', pathType: 'Prefix' },
    { path: '/c++', pathType: 'Exact' },
    { path: '/Products(1)', pathType: 'Prefix' },
    { path: '/ä', pathType: 'Prefix' },
  ] as const)('$path of type $pathType works, but for the webhook', ({ path: text, pathType }) => {
    const says = `refused-path-type: the admission webhook of ingress-nginx rejects the path "${text}" with pathType ${pathType}`;
    expect(findingsOf(path(text, pathType))).toEqual([says]);
    expect(findingsOf(path(text, 'ImplementationSpecific'))).toEqual([]);
  });
});

describe('a path that the webhook rejects, and that no request would match, is one finding', () => {
  test.each([
    { path: '/foo/(.*)', pathType: 'Prefix', problem: '".*" is plain text' },
    { path: '/images/*', pathType: 'Exact', problem: '"/*" is plain text' },
    { path: '/users/{id}', pathType: 'Prefix', problem: '"{id}" is plain text' },
    { path: '/a%20b', pathType: 'Exact', problem: '"%20" is plain text' },
    { path: '/find?q=1', pathType: 'Prefix', problem: 'a query is not part of the path' },
  ] as const)('$path of type $pathType', ({ path: text, pathType, problem }) => {
    const says = `refused-path-type: the admission webhook of ingress-nginx rejects the path "${text}" with pathType ${pathType}, and no usual request matches it: ${problem}`;
    expect(findingsOf(path(text, pathType))).toEqual([expect.stringMatching(says.replaceAll(/[?()*{}/.]/g, '\\$&'))]);
  });

  test.each([
    { path: '/a%20b', help: 'write the decoded path: "/a b", with `pathType: ImplementationSpecific`' },
    { path: '/a%41b', help: 'write the decoded path: "/aAb"' },
    { path: '/find?q=1', help: 'write "/find"' },
  ])('the help for $path is what it takes', ({ path: text, help }) => {
    const { diagnostics } = compileSources([{ name: 'shop.yaml', text: yamlOf([path(text, 'Prefix'), WEB]) }]);
    expect(diagnostics.filter(({ rule }) => rule.name === 'refused-path-type').map(found => found.help)).toEqual([
      help,
    ]);
  });

  test('and no longer one of the webhook where the cluster has it', () => {
    const stored = ingress({
      name: 'web',
      host: 'a.example.com',
      paths: [['/a/*', 'Prefix', 'web']],
      createdAt: '2024-05-01T10:00:00Z',
    });
    expect(findingsOf(stored)).toEqual([expect.stringMatching(/^literal-path: /)]);
  });
});

describe('an expression', () => {
  test.each([
    { path: '/a//b', problem: 'nginx merges slashes before it compares paths' },
    { path: '/a//?b', problem: undefined },
    { path: '/a(/|//)b', problem: undefined },
    { path: '/find\\?q=(.*)', problem: 'a query is not part of the path that nginx compares' },
    { path: '/find?q=(.*)', problem: 'a query is not part of the path that nginx compares' },
    { path: '/find(\\?.*)?$', problem: undefined },
    { path: '/colou?r', problem: undefined },
    { path: '/^api', problem: '"^" stands for the beginning, and a "/" comes before it' },
    { path: '/[^/]+/api', problem: undefined },
    { path: '/api/$1', problem: '"$" stands for the end of the path, and more follows' },
    { path: '/api(/|$)(.*)', problem: undefined },
    { path: '/api\\$x', problem: undefined },
    { path: '/api$', problem: undefined },
  ])('$path', ({ path: text, problem }) => {
    const says = `literal-path: no usual request matches the path "${text}" of a.example.com: ${problem}`;
    expect(findingsOf(path(text, 'ImplementationSpecific', REGEX))).toEqual(problem === undefined ? [] : [says]);
  });
});

describe('a rewrite-target', () => {
  test.each([
    { path: '/api(/|$)(.*)', target: '/$1', rest: '$2' },
    { path: '/(v1|v2)(/|$)(.*)', target: '/x/$2', rest: '$3' },
    { path: '/api(/|$)(.+)', target: '/$1', rest: '$2' },
  ])('$target of $path keeps the slash alone', ({ path: text, target, rest }) => {
    const [found] = findingsOf(path(text, 'ImplementationSpecific', { 'rewrite-target': target }));
    expect(found).toMatch(/^wrong-group: rewrite-target .* which is a slash or nothing, and not /);
    expect(found).toContain(`${rest}, the rest of the path "${text}"`);
  });

  test.each([
    { path: '/api(/|$)(.*)', target: '/$2' },
    { path: '/api(/|$)(.*)', target: '/x$1$2' },
    { path: '/api/(.*)', target: '/$1' },
    { path: '/(a|b)(.*)', target: '/$1' },
  ])('$target of $path keeps the rest', ({ path: text, target }) => {
    expect(findingsOf(path(text, 'ImplementationSpecific', { 'rewrite-target': target }))).toEqual([]);
  });
});

describe('a path that no request has, of an Ingress with access control', () => {
  const GUARD = { 'auth-type': 'basic', 'auth-secret': 'users' };
  const NOTE = /; what it was meant to protect is open, unless another path protects it$/;
  test.each([
    ['a glob', '/admin/*', 'Prefix', GUARD],
    ['a query', '/admin?x', 'Exact', GUARD],
    ['another service that is asked', '/admin/*', 'Prefix', { 'auth-url': 'http://auth.example.com' }],
  ] as const)('says that the rest is open: %s', (_, text, pathType, annotations) => {
    const found = findingsOf(path(text, pathType, annotations));
    expect(found).toEqual([expect.stringMatching(NOTE)]);
  });

  test('also where another expression is tried first', () => {
    const app = ingress({
      name: 'app',
      host: 'a.example.com',
      paths: [['/foo/bar', 'Prefix', 'web']],
      annotations: GUARD,
    });
    const found = findingsOf(path('/foo/[A-Z0-9]{3}', 'ImplementationSpecific', REGEX), app);
    expect(found).toEqual([expect.stringMatching(NOTE)]);
  });
});

test.each([
  { name: 'is a warning in a file', createdAt: undefined, severity: 'warning' },
  { name: 'is information where the cluster has it already', createdAt: '2024-05-01T10:00:00Z', severity: 'info' },
])('what the webhook refuses $name', ({ createdAt, severity }) => {
  const age = createdAt === undefined ? {} : { createdAt };
  const object = ingress({ name: 'web', host: 'a.example.com', paths: [['/@me', 'Prefix', 'web']], ...age });
  const { diagnostics } = compileSources([{ name: 'shop.yaml', text: yamlOf([object, WEB]) }]);
  const found = diagnostics.filter(({ rule }) => rule.name === 'refused-path-type');
  expect(found.map(each => each.severity)).toEqual([severity]);
});

describe('a path on a host with regular expressions', () => {
  test.each([
    { path: '/api(/|$)(.*)', rules: [] },
    { path: '/v\\d+/[a-z]{2,3}', rules: [] },
    { path: '/images/*', rules: [] },
    { path: '/\\p{L}+(?<n>a)\\k{n}', rules: [] },
    { path: '/a%20b', rules: ['literal-path'] },
    { path: '/users/:id', rules: ['literal-path'] },
    { path: '/users/{id}', rules: ['literal-path'] },
    { path: '/page#top', rules: ['literal-path'] },
    { path: '/(?#c)a', rules: [] },
  ])('$path', ({ path: text, rules }) => {
    const found = findingsOf(path(text, 'ImplementationSpecific', REGEX)).map(said => said.split(':')[0]);
    expect(found).toEqual(rules);
  });

  test('a pattern with pathType Prefix works, but for the webhook', () => {
    expect(findingsOf(path('/api(/|$)(.*)', 'Prefix', REGEX))).toEqual([
      'refused-path-type: the admission webhook of ingress-nginx rejects the path "/api(/|$)(.*)" with pathType Prefix',
    ]);
  });

  test('an expression that cannot be read gives no second finding', () => {
    expect(findingsOf(path('/%20(', 'ImplementationSpecific', REGEX))).toEqual([]);
  });
});

describe('Exact paths', () => {
  const exact = ingress({
    name: 'exact',
    host: 'a.example.com',
    paths: [
      ['/one', 'Exact', 'web'],
      ['/two', 'Exact', 'web'],
      ['/three', 'Prefix', 'web'],
    ],
  });

  test('are exact on a host without regular expressions', () => {
    expect(findingsOf(exact)).toEqual([]);
  });

  test('are none as soon as another Ingress has one', () => {
    expect(findingsOf(exact, path('/api(/|$)(.*)', 'ImplementationSpecific', { 'rewrite-target': '/$2' }))).toEqual([
      'exact-in-regex-host: Exact path "/two" of a.example.com also matches "/twox" and "/two/x", and so does 1 more Exact path',
    ]);
  });
});

describe('a path behind an expression', () => {
  /** Whether `/foo/bar`-like paths of another Ingress are said to be out of reach. */
  function isShadowed(expression: string, text: string, pathType: PathRow[1] = 'Prefix'): boolean {
    const found = findingsOf(
      path(expression, 'ImplementationSpecific', REGEX),
      ingress({ name: 'app', host: 'a.example.com', paths: [[text, pathType, 'web']] }),
    );
    return found.some(said => said.startsWith('shadowed-path:'));
  }

  test.each([
    { expression: '/foo/[A-Z0-9]{3}', path: '/foo/bar', isShadowed: true },
    { expression: '/foo/[A-Z0-9]{4}', path: '/foo/bar', isShadowed: false },
    { expression: '/foo/[^a-c]{3}.', path: '/foo/bar', isShadowed: false },
    { expression: '/foo(/|$)(.*)', path: '/foo/bar', isShadowed: true },
    { expression: '/foo/bar.?.?.?.?$', path: '/foo/bar', isShadowed: false },
    { expression: '/(foo|bar)/.*', path: '/bar/x', isShadowed: true },
    { expression: '/(foo|bar)/.*', path: '/baz/x', isShadowed: false },
    { expression: '/FOO/\\w+\\.?', path: '/foo/bar', isShadowed: true },
    { expression: '/foo/(?!bar).*', path: '/foo/bar', isShadowed: false },
    { expression: '/foo/\\d{1,2}(.*)', path: '/foo/12', isShadowed: true },
    // A shorter text is tried later, whatever it matches.
    { expression: '/.*', path: '/foo/bar', isShadowed: false },
    { expression: '/foo/[a-z]+(/|$)', path: '/foo/bar/', isShadowed: true },
  ])('$expression before $path: $isShadowed', row => {
    expect(isShadowed(row.expression, row.path)).toBe(row.isShadowed);
  });

  test('another expression is out of reach when all that it begins with is matched', () => {
    expect(isShadowed('/foo/.*(aaaaaaaaaaaa)?', '/foo/b[a-z]*', 'ImplementationSpecific')).toBe(true);
    expect(isShadowed('/foo/b.*(aaaaaaaaaaa)?', '/foo/b?[a-z]*', 'ImplementationSpecific')).toBe(false);
  });

  test('says who is tried first', () => {
    const app = ingress({ name: 'app', host: 'a.example.com', paths: [['/foo/bar', 'Prefix', 'web']] });
    expect(findingsOf(path('/foo/[A-Z0-9]{3}', 'ImplementationSpecific', REGEX), app)).toEqual([
      'shadowed-path: no request reaches the path "/foo/bar" of a.example.com: "/foo/[A-Z0-9]{3}" of Ingress shop/web is tried first, as the longer text, and matches all of it',
    ]);
  });
});

describe('a rewrite-target', () => {
  test.each([
    { path: '/x(/|$)(.*)', target: '/$2', rules: [] },
    { path: '/x/(.*)', target: '/$2', rules: ['missing-group'] },
    { path: '/x/(?:a)(.*)[(]\\(', target: '/$2', rules: ['missing-group'] },
    { path: '/x', target: '/$1', rules: ['missing-group'] },
    { path: '/x', target: 'y/$1', rules: ['rewrite-without-slash', 'missing-group'] },
    { path: '/x', target: '$1', rules: ['missing-group'] },
    { path: '/foo/bar/.+', target: '/', rules: ['rewrite-without-group'] },
    { path: '/foo', target: '/', rules: ['rewrite-without-group'] },
    { path: '/', target: '/', rules: [] },
    { path: '/foo', target: '/x$uri', rules: [] },
    { path: '/x/(.*)', target: 'v2/$1', rules: ['rewrite-without-slash'] },
    { path: '/x/(.*)', target: 'www.example.com/$1', rules: ['rewrite-without-slash'] },
    { path: '/x/(.*)', target: '$1', rules: ['rewrite-without-slash'] },
    { path: '/x(/|$)(.*)', target: '$2', rules: ['rewrite-without-slash'] },
    { path: '/x(/.*)', target: '$1', rules: [] },
    { path: '/x(/|$)(.*)', target: '$1$2', rules: [] },
    { path: '/x((/a)|(b))', target: '$1', rules: [] },
    { path: '/x(?:a)(\\/.*)', target: '$1', rules: [] },
    { path: '/x/(.*)', target: '$uri', rules: [] },
    { path: '/x/(.*)', target: 'https://new.example.com/$1', rules: [] },
    { path: '/x/(.*)', target: '$scheme://new.example.com/$1', rules: [] },
  ])('$target for $path', ({ path: text, target, rules }) => {
    const found = findingsOf(path(text, 'ImplementationSpecific', { 'rewrite-target': target }));
    expect(found.map(said => said.split(':')[0])).toEqual(rules);
  });

  test('of an Exact path names one place, and loses nothing', () => {
    const found = findingsOf(path('/old', 'Exact', { 'rewrite-target': '/new' }));
    expect(found.map(said => said.split(':')[0])).toEqual(['exact-in-regex-host']);
  });
});
