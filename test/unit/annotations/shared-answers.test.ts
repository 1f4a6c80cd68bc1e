import { describe, expect, test } from 'vitest';

import { isOfEverybody } from '../../../src/annotations/external-auth-cache.ts';
import { indexCluster } from '../../../src/cluster/cluster.ts';
import { readControllerConfig } from '../../../src/compile/controller-options.ts';
import { appOf, compiled, configMapOf, ingressOf, linesOf, reported } from '../../support/resources.ts';

test.each([
  { key: '', is: false },
  { key: 'abc', is: true },
  { key: '$host', is: true },
  { key: '$host$uri', is: true },
  { key: '$cookie_session', is: false },
  { key: '$host$http_authorization', is: false },
  { key: '$remote_user', is: false },
  { key: '$remote_addr', is: false },
  // A link may hold who it was made for.
  { key: '$request_uri', is: false },
])('a key of kept answers that is the same for everybody: "$key"', ({ key, is }) => {
  expect(isOfEverybody(key)).toBe(is);
});

test('an Ingress that gives everybody the same answer is told so', () => {
  const annotations = { 'auth-url': 'http://auth.example/verify', 'auth-cache-key': '$host' };
  const ingress = ingressOf({ annotations, hosts: { 'a.io': [['/', 'web:80']] } });
  const { lines } = compiled([...appOf('web', '10.0.0.1'), ingress]);
  expect(lines).toContain(
    'shared-auth-answers: auth-cache-key: "$host" is the same for every client: whoever comes first is let in for all',
  );
});

describe('of options', () => {
  function said(options: Readonly<Record<string, string>>): readonly string[] {
    const { found } = reported(report => {
      const cluster = indexCluster([configMapOf('ingress/options', options)], report);
      readControllerConfig('ingress/options', cluster, report);
    });
    return linesOf(found);
  }

  test.each([
    {
      name: 'every path that needs no password is said',
      options: { 'no-auth-locations': '/public, /' },
      lines: ['auth-of-no-path: no-auth-locations: "/" frees every path: no Ingress asks who a client is'],
    },
    { name: 'some paths that need none are not', options: { 'no-auth-locations': '/public' }, lines: [] },
    {
      name: 'one answer for all is said',
      options: { 'global-auth-url': 'http://auth.example/', 'global-auth-cache-key': '$host' },
      lines: [
        'shared-auth-answers: global-auth-cache-key: "$host" is the same for every client: whoever comes first is let in for all',
      ],
    },
    {
      name: 'one for each client is not',
      options: { 'global-auth-url': 'http://auth.example/', 'global-auth-cache-key': '$cookie_a' },
      lines: [],
    },
  ])('$name', ({ options, lines }) => {
    expect(said(options)).toEqual(lines);
  });
});
