import { expect, test } from 'vitest';

import type { BackendChoice, SentHeader } from '../../../../src/answers/explain/model.ts';
import { explained, outcomeText, routingOf } from '../../../support/explained.ts';
import type { Options } from '../../../support/explained.ts';
import { ingress, service, slice } from '../../../support/manifests.ts';
import type { Manifest } from '../../../support/manifests.ts';

const WEB = service('web', [{ name: 'http', number: 80, pod: 8080 }], { clusterIP: '10.96.0.1' });
const NEXT = service('next', [{ name: 'http', number: 80, pod: 8080 }], { clusterIP: '10.96.0.2' });

interface Asked {
  readonly annotations?: Readonly<Record<string, string>>;
  readonly options?: Options;
  readonly path?: string;
  readonly others?: readonly Manifest[];
  readonly url?: string;
  readonly headers?: readonly SentHeader[];
  readonly clientIp?: string;
}

function choicesOf({ annotations = {}, options = {}, path = '/', others = [WEB], url = '/a', ...parts }: Asked) {
  const paths = [[path, path === '/' ? 'Prefix' : 'ImplementationSpecific', 'web']] as const;
  const web = ingress({ name: 'web', host: 'shop.example.com', paths, annotations });
  const { outcome, steps } = explained(
    routingOf([web, ...others], options),
    `GET http://shop.example.com${url}`,
    parts,
  );
  const choices: readonly BackendChoice[] = outcome.kind === 'backend' ? outcome.choices : [];
  return { choices, steps };
}

function header(name: string, { choices }: { readonly choices: readonly BackendChoice[] }): unknown {
  const [choice] = choices;
  if (name === 'Host') return choice?.host;
  return choice?.headers.find(each => each.name === name)?.value;
}

const WEBSOCKET = [{ name: 'Upgrade', value: 'websocket' }];

test.each<readonly [sentence: string, asked: Asked, name: string, value: string | undefined]>([
  ['the host as the client names it', { url: '/' }, 'Host', 'shop.example.com'],
  [
    'the host that upstream-vhost names',
    { annotations: { 'upstream-vhost': 'in.$http_x_a' }, headers: [{ name: 'X-A', value: 'b' }] },
    'Host',
    'in.b',
  ],
  ['who asks', { clientIp: '10.1.2.3' }, 'X-Real-IP', '10.1.2.3'],
  ['no word of who asks, if nobody says so', {}, 'X-Real-IP', undefined],
  [
    'whom proxies name behind whom they are believed to be',
    {
      options: { 'use-forwarded-headers': 'true', 'compute-full-forwarded-for': 'true' },
      clientIp: '10.1.2.3',
      headers: [{ name: 'X-Forwarded-For', value: '8.8.8.8' }],
    },
    'X-Forwarded-For',
    '8.8.8.8, 10.1.2.3',
  ],
  ['that a WebSocket is wanted', { headers: WEBSOCKET }, 'Connection', 'upgrade'],
  [
    'the header of connection-proxy-header instead',
    { headers: WEBSOCKET, annotations: { 'connection-proxy-header': 'keep-alive' } },
    'Connection',
    'keep-alive',
  ],
  ['no Upgrade to anything else', { headers: [{ name: 'Upgrade', value: 'h2c' }] }, 'Upgrade', ''],
  [
    'no Proxy header, which CGI programs would take for a setting',
    { headers: [{ name: 'Proxy', value: 'evil' }] },
    'Proxy',
    '',
  ],
  ['the id of the client', { headers: [{ name: 'X-Request-ID', value: '7' }] }, 'X-Request-ID', '7'],
  [
    'the prefix that a rewrite takes away',
    { path: '/api/(.*)', url: '/api/x', annotations: { 'rewrite-target': '/$1', 'x-forwarded-prefix': '/api' } },
    'X-Forwarded-Prefix',
    '/api',
  ],
  [
    'the URI before the rewrite',
    {
      path: '/api/(.*)',
      url: '/api/x?y',
      annotations: { 'rewrite-target': '/$1' },
      options: { 'proxy-add-original-uri-header': 'true' },
    },
    'X-Original-URI',
    '/api/x?y',
  ],
])('a backend gets %s', (_, asked, name, value) => {
  expect(header(name, choicesOf(asked))).toBe(value);
});

test.each<readonly [sentence: string, asked: Asked, uri: string]>([
  ['as it was sent, if nothing changes it', { url: '//a/../b%2Fc?x=%2f&&' }, '//a/../b%2Fc?x=%2f&&'],
  [
    'rewritten, and escaped anew',
    { path: '/api/(.*)', url: '/api/a%20b%3fc?x', annotations: { 'rewrite-target': '/$1' } },
    '/a%20b%3Fc?x',
  ],
  [
    'rewritten, with groups that did not fit empty',
    { path: '/a(/(b)|/c)', url: '/a/c', annotations: { 'rewrite-target': '/x$2y' } },
    '/xy',
  ],
  [
    'rewritten with names of groups',
    { path: '/(?<shop>\\w+)/(.*)', url: '/One/two', annotations: { 'rewrite-target': '/$2/$shop' } },
    '/two/One',
  ],
  [
    'as it was sent, where the expression of the rewrite is another path',
    { path: '/a', url: '/a', annotations: { 'rewrite-target': '/b' } },
    '/b',
  ],
])('a backend gets the URI %s', (_, asked, uri) => {
  expect(choicesOf(asked).choices.map(choice => choice.uri)).toEqual([uri]);
});

function canary(annotations: Readonly<Record<string, string>>): Manifest {
  const paths = [['/', 'Prefix', 'next']] as const;
  return ingress({ name: 'next', host: 'shop.example.com', paths, annotations: { canary: 'true', ...annotations } });
}

test.each<
  readonly [
    sentence: string,
    annotations: Readonly<Record<string, string>>,
    headers: readonly SentHeader[],
    shares: readonly string[],
  ]
>([
  ['takes its weight by chance', { 'canary-weight': '25' }, [], ['shop/web:80 75', 'shop/next:80 25']],
  [
    'takes a weight of another total',
    { 'canary-weight': '100', 'canary-weight-total': '300' },
    [],
    ['shop/web:80 66.67', 'shop/next:80 33.33'],
  ],
  [
    'takes all by its header',
    { 'canary-weight': '1', 'canary-by-header': 'X-C' },
    [{ name: 'x-c', value: 'always' }],
    ['shop/next:80 100'],
  ],
  [
    'takes none by its header',
    { 'canary-weight': '90', 'canary-by-header': 'X-C' },
    [{ name: 'X-C', value: 'never' }],
    ['shop/web:80 100'],
  ],
  [
    'takes those whose header fits a pattern',
    { 'canary-by-header': 'X-C', 'canary-by-header-pattern': '^b.+' },
    [{ name: 'X-C', value: 'beta' }],
    ['shop/next:80 100'],
  ],
  [
    'takes none whose cookie says another word',
    { 'canary-by-cookie': 'c' },
    [{ name: 'Cookie', value: 'c=maybe' }],
    ['shop/web:80 100'],
  ],
  [
    'looks at the first cookie of a name',
    { 'canary-by-cookie': 'c' },
    [{ name: 'Cookie', value: 'C=always; c=never' }],
    ['shop/next:80 100'],
  ],
  [
    'takes none whose cookie has a comma behind the word',
    { 'canary-by-cookie': 'c' },
    [{ name: 'Cookie', value: 'c=always,x' }],
    ['shop/web:80 100'],
  ],
])('a canary %s', (_, annotations, headers, shares) => {
  const { choices } = choicesOf({ others: [WEB, NEXT, canary(annotations)], headers });
  expect(
    choices.filter(({ percent }) => percent > 0).map(({ service: name, percent }) => `${name} ${percent}`),
  ).toEqual(shares);
});

test.each([
  ['cannot be tried', '^(?:a|b)\\R+', 'always', 'unclear'],
  ['fits bytes', '^.{3}$', '€', 'shop/next:80 /a'],
])('a canary whose expression %s', (_, pattern, value, outcome) => {
  const web = ingress({ name: 'web', host: 'shop.example.com', paths: [['/', 'Prefix', 'web']] });
  const next = canary({ 'canary-by-header': 'X-C', 'canary-by-header-pattern': pattern });
  const found = explained(routingOf([web, WEB, NEXT, next]), 'GET http://shop.example.com/a', {
    headers: [{ name: 'X-C', value }],
  });
  expect(outcomeText(found.outcome)).toBe(outcome);
});

const PORT = [{ name: 'http', number: 80, pod: 8080 }];
const PODS = [service('web', PORT), slice('web', PORT, { ready: ['web', 'cart'], notReady: ['blog'] })];
const COOKIE = { affinity: 'cookie', 'session-cookie-name': 'route' };

test.each<readonly [sentence: string, asked: Asked, told: RegExp]>([
  ['take turns', { others: PODS }, /2 endpoints, and 1 that is not ready, over HTTP.*take turns/s],
  [
    'are asked over another protocol',
    { others: PODS, annotations: { 'backend-protocol': 'GRPCS' } },
    /over gRPC with TLS/,
  ],
  [
    'keep the clients whose cookie they know',
    { others: PODS, annotations: COOKIE, headers: [{ name: 'Cookie', value: 'a=b; route=7' }] },
    /the cookie route of the request keeps/,
  ],
  ['give a cookie to others', { others: PODS, annotations: COOKIE }, /the cookie route will keep the client/],
  [
    'are chosen by a key',
    { others: PODS, annotations: { 'upstream-hash-by': '$remote_addr' } },
    /with the same \$remote_addr go to the same endpoint/,
  ],
  ['are left to the cluster', {}, /Service shop\/web:80, by its cluster IP/],
])('endpoints %s', (_, asked, told) => {
  const found = choicesOf(asked).steps.findLast(({ name }) => name === 'upstream');
  expect([found?.text, ...(found?.details ?? [])].join('\n')).toMatch(told);
});
