import { describe, expect, test } from 'vitest';

import { frozenTests } from '../../../../src/answers/tests/init/init.ts';
import { examplesOf } from '../../../../src/answers/tests/init/pcre-example.ts';
import { testsFile } from '../../../../src/report/tests-file.ts';
import { routingOf } from '../../../support/explained.ts';
import { ingress, service } from '../../../support/manifests.ts';
import type { Manifest } from '../../../support/manifests.ts';

const SERVICES = ['web', 'new'].map(name => service(name, [{ number: 80, pod: 8080 }], { clusterIP: '10.0.0.7' }));
const ROOT = [['/', 'Prefix', 'web']] as const;

/** The lines behind the tests of the default server, without their indents. */
function frozen(...manifests: readonly Manifest[]): readonly string[] {
  const hosts = frozenTests(routingOf([...SERVICES, ...manifests])).filter(({ host }) => host !== '_');
  const [, tests = ''] = testsFile(hosts, { manifests: ['shop'] }).split('tests:\n');
  return tests.split('\n').filter(line => line !== '');
}

const namesOf = (lines: readonly string[]): readonly string[] =>
  lines.filter(line => line.startsWith('  - name: ')).map(line => line.slice('  - name: '.length));

test('a host is a comment with a test for each path', () => {
  const paths = [...ROOT, ['/cart', 'Exact', 'new']] as const;
  expect(frozen(ingress({ host: 'shop.example.com', paths }))).toEqual([
    '  # shop.example.com',
    '  - name: http://shop.example.com/cart goes to shop/new:80',
    '    request: GET http://shop.example.com/cart',
    '    expect:',
    '      service: shop/new:80',
    '      ingress: shop/shop',
    '      uri: /cart',
    '  - name: http://shop.example.com/ goes to shop/web:80',
    '    request: GET http://shop.example.com/',
    '    expect:',
    '      service: shop/web:80',
    '      ingress: shop/shop',
    '      uri: /',
  ]);
});

test('a canary has a test for chance, and for each value that decides', () => {
  const canary = { canary: 'true', 'canary-by-header': 'X-New', 'canary-by-cookie': 'new', 'canary-weight': '20' };
  const lines = frozen(
    ingress({ host: 'shop.example.com', paths: ROOT }),
    ingress({ name: 'new', host: 'shop.example.com', annotations: canary, paths: [['/', 'Prefix', 'new']] }),
  );
  expect(namesOf(lines)).toEqual([
    'http://shop.example.com/ goes to shop/web:80 or shop/new:80',
    '"http://shop.example.com/ with the header X-New: always goes to shop/new:80"',
    '"http://shop.example.com/ with the header X-New: never goes to shop/web:80"',
    'http://shop.example.com/ with the cookie new=always goes to shop/new:80',
    'http://shop.example.com/ with the cookie new=never goes to shop/web:80',
  ]);
  const start = lines.indexOf('      service:');
  expect(lines.slice(start + 1, start + 5)).toEqual([
    '        - name: shop/web:80',
    '          percent: 80',
    '        - name: shop/new:80',
    '          percent: 20',
  ]);
});

test.each([
  {
    name: 'a redirect to HTTPS, once',
    annotations: { 'force-ssl-redirect': 'true' },
    says: [
      'http://shop.example.com/a/below is redirected (308)',
      'shop.example.com/a/below goes to shop/web:80',
      'shop.example.com/a goes to shop/web:80',
      'shop.example.com/ answers 404',
    ],
  },
  {
    name: 'somebody who may and somebody who may not come in',
    annotations: { 'whitelist-source-range': '10.0.0.0/8' },
    says: [
      'http://shop.example.com/a/below from 10.0.0.1 goes to shop/web:80',
      'http://shop.example.com/a/below from 192.0.2.1 answers 403',
      'http://shop.example.com/a from 10.0.0.1 goes to shop/web:80',
      'http://shop.example.com/a from 192.0.2.1 answers 403',
      'http://shop.example.com/ from 10.0.0.1 answers 404',
      'http://shop.example.com/ from 192.0.2.1 answers 403',
    ],
  },
  {
    name: 'other names of a host',
    annotations: { 'server-alias': 'old.example.com' },
    says: [
      'http://shop.example.com/a/below goes to shop/web:80',
      'http://shop.example.com/a goes to shop/web:80',
      'http://shop.example.com/ answers 404',
      'http://old.example.com/ answers 404',
    ],
  },
])('$name', ({ annotations, says }) => {
  const lines = frozen(ingress({ host: 'shop.example.com', annotations, paths: [['/a', 'Prefix', 'web']] }));
  expect(namesOf(lines)).toEqual(says);
});

test('a wildcard has a name, and headers that all paths have are said once', () => {
  const paths = [...ROOT, ['/a', 'Prefix', 'web']] as const;
  const lines = frozen(ingress({ host: '*.example.com', annotations: { 'enable-cors': 'true' }, paths }));
  expect(lines).toContain('    request: GET http://any.example.com/a/below');
  expect(lines.filter(line => line === '      responseHeaders:')).toHaveLength(1);
});

describe('an expression has examples', () => {
  test.each([
    { pattern: '^/api(/|$)(.*)', examples: ['/api/below', '/api/', '/apibelow', '/api'] },
    {
      pattern: String.raw`^/v[0-9]+/(?:a|b)\.html?$`,
      examples: ['/v0/a.html', '/v0/a.htm', '/v0/b.html', '/v0/b.htm'],
    },
    { pattern: String.raw`^/(?<id>\d{3})/[^/]+`, examples: ['/111/a'] },
    { pattern: '^/(?!admin)(?i)x', examples: ['/x'] },
    { pattern: '^/[[:alpha:]](', examples: ['/a'] },
    { pattern: '^/a)b', examples: [] },
  ])('$pattern', ({ pattern, examples }) => {
    expect(examplesOf(pattern)).toEqual(examples);
  });
});
