import { describe, expect, test } from 'vitest';

import * as affinity from '../../../src/lint/rules/affinity.ts';
import { compileSources } from '../../support/compiled.ts';
import type { Manifest } from '../../support/manifests.ts';
import { ingress, service, slice, yamlOf } from '../../support/manifests.ts';

const NAMES = new Set<string>(Object.values(affinity).map(({ name }) => name));

function findingsOf(...objects: readonly Manifest[]): readonly (readonly (string | undefined)[])[] {
  const { diagnostics } = compileSources([{ name: 'shop.yaml', text: yamlOf(objects) }], { resolvers: ['10.0.0.10'] });
  return diagnostics
    .filter(({ rule }) => NAMES.has(rule.name))
    .map(({ rule, message, help }) => [`${rule.name}: ${message}`, help]);
}

const PORTS = [{ name: 'http', number: 80, pod: 8080 }];
const WEB = service('web', PORTS);
const PODS = slice('web', PORTS, { ready: ['web'] });

function withPaths(paths: readonly string[], annotations: Readonly<Record<string, string>> = {}): Manifest {
  return ingress({
    name: 'web',
    host: 'a.example.com',
    paths: paths.map(path => [path, 'ImplementationSpecific', 'web'] as const),
    annotations: { affinity: 'cookie', ...annotations },
  });
}

describe('the cookie of a regular expression', () => {
  const MESSAGE =
    'cookie-path-is-regex: no browser sends the affinity cookie of a.example.com back: its Path is the expression';
  test.each([
    { path: '/cart/.*', begin: '/cart' },
    { path: '/cart(/|$)(.*)', begin: '/cart' },
    { path: '/cart(?:/|$)', begin: '/cart' },
    { path: '/v[0-9]/cart', begin: '/' },
    { path: '/a/v[0-9]', begin: '/a' },
    { path: '/(a|b)', begin: '/' },
    { path: '/cart$', begin: '/' },
  ])('$path needs a path', ({ path, begin }) => {
    expect(findingsOf(WEB, PODS, withPaths([path], { 'use-regex': 'true' }))).toEqual([
      [`${MESSAGE} "${path}"`, `set session-cookie-path, such as "${begin}"`],
    ]);
  });

  test('is said once for an Ingress', () => {
    const found = findingsOf(WEB, PODS, withPaths(['/a/.*', '/b/.*'], { 'rewrite-target': '/x' }));
    expect(found.map(([message]) => message)).toEqual([`${MESSAGE} "/b/.*"`]);
  });

  test.each([
    { name: 'has one', paths: ['/cart/.*'], given: { 'use-regex': 'true', 'session-cookie-path': '/cart' } },
    { name: 'is a plain path', paths: ['/cart/v1.2'], given: { 'use-regex': 'true' } },
    { name: 'is no expression to nginx', paths: ['/cart(1)'], given: {} },
    { name: 'has no affinity', paths: ['/cart/.*'], given: { 'use-regex': 'true', affinity: '' } },
  ])('is fine where it $name', ({ paths, given }) => {
    expect(findingsOf(WEB, PODS, withPaths(paths, given))).toEqual([]);
  });
});

describe('affinity for a Service that is reached by a name', () => {
  const named = { ...WEB, spec: { type: 'ExternalName', externalName: 'pbx.example.com' } };

  test('has no effect', () => {
    expect(findingsOf(named, withPaths(['/']))).toEqual([
      [
        'affinity-without-endpoints: affinity has no effect for Service shop/web: it is reached by the name pbx.example.com',
        'add the EndpointSlices of the Service to the input, if it has pods',
      ],
    ]);
  });

  test('is no matter without affinity', () => {
    expect(findingsOf(named, withPaths(['/'], { affinity: '' }))).toEqual([]);
  });
});
