import { expect, test } from 'vitest';

import { diffRoutings } from '../../../../src/answers/diff/diff.ts';
import { routingOf } from '../../../support/explained.ts';
import { ingress, service, userSecret } from '../../../support/manifests.ts';

const WORLD = [service('web', [{ number: 80, pod: 8080 }], { clusterIP: '10.0.0.1' }), userSecret('users')];

type Annotations = Readonly<Record<string, string>>;

const routing = (annotations: Annotations) =>
  routingOf([...WORLD, ingress({ host: 'shop.example.com', paths: [['/', 'Prefix', 'web']], annotations })]);

/** What is said of one change: before, and now. */
function wordsOf(before: Annotations, after: Annotations): readonly (string | undefined)[][] {
  return diffRoutings(routing(before), routing(after)).changes.map(change => [change.before?.text, change.after?.text]);
}

const AUTH = { 'auth-url': 'http://10.0.0.9/auth' };
const CORS = { 'enable-cors': 'true', 'cors-allow-origin': 'https://a.example' };
const COOKIE = { affinity: 'cookie' };

test.each<readonly [string, Annotations, Annotations, readonly [string, string]]>([
  ['an auth service by its URL', AUTH, {}, ['auth service http://10.0.0.9/auth', 'no auth service']],
  [
    'the port of an auth service',
    { 'auth-url': 'http://10.0.0.9:8080/auth' },
    {},
    ['auth service http://10.0.0.9:8080/auth', 'no auth service'],
  ],
  [
    'what cookies of backends become',
    {},
    { 'proxy-cookie-path': '/a /b' },
    ['no rewriting of cookies', 'cookie path /a becomes /b'],
  ],
  [
    'requests that are not logged',
    {},
    { 'enable-access-log': 'false' },
    ['no log settings of its own', 'access log off'],
  ],
  [
    'a session once, not again for the path of its cookie',
    {},
    COOKIE,
    ['no session cookie', 'session cookie INGRESSCOOKIE'],
  ],
  [
    'of an auth service that stays, what else it is asked and for what',
    AUTH,
    { ...AUTH, 'auth-response-headers': 'X-User', 'auth-method': 'POST' },
    ['asked with GET, no headers of its response for backends', 'asked with POST, backends get its X-User'],
  ],
  [
    'passwords by their Secret and realm, never by what it holds',
    { 'auth-type': 'basic', 'auth-secret': 'users', 'auth-realm': 'Staff' },
    {},
    ['passwords of shop/users (realm "Staff")', 'no password'],
  ],
  [
    'limits by their numbers',
    {},
    { 'limit-rps': '10', 'limit-connections': '5' },
    ['no limits', '10 requests per second, burst 50, 5 connections'],
  ],
  [
    'of limits, those that differ',
    { 'limit-rps': '10', 'limit-rpm': '100' },
    { 'limit-rps': '10', 'limit-connections': '1' },
    ['100 requests per minute, burst 500, no limit of connections', 'no limit per minute, 1 connection'],
  ],
  ['a timeout that differs', { 'proxy-read-timeout': '90' }, {}, ['read timeout 90s', 'read timeout 60s']],
  ['the size of uploads', {}, { 'proxy-body-size': '0' }, ['request bodies up to 1m', 'request bodies of any size']],
  [
    'of CORS, the origins that differ',
    CORS,
    { ...CORS, 'cors-allow-origin': 'https://b.example' },
    ['CORS for https://a.example', 'CORS for https://b.example'],
  ],
  [
    'of CORS, whether cookies count',
    { ...CORS, 'cors-allow-credentials': 'false' },
    CORS,
    ['without cookies', 'with cookies'],
  ],
  [
    'a cookie of sessions by name and how long it lasts',
    { ...COOKIE, 'session-cookie-name': 'route' },
    { ...COOKIE, 'session-cookie-name': 'stay', 'session-cookie-max-age': '60' },
    ['session cookie route, until the browser is closed', 'session cookie stay, max age 60s'],
  ],
  [
    'how requests are spread',
    {},
    { 'upstream-hash-by': '$request_uri' },
    ['no consistent hash or ewma', 'consistent hash by $request_uri'],
  ],
  ['when another endpoint is tried', {}, { 'proxy-next-upstream': 'off' }, ['retries on error, timeout', 'no retries']],
  ['whether responses are buffered', {}, { 'proxy-buffering': 'on' }, ['proxy-buffering off', 'proxy-buffering on']],
])('%s', (_, before, after, words) => {
  expect(wordsOf(before, after)).toEqual([words]);
});

test('of headers of all hosts the names and values, but none that may let somebody in', () => {
  const headers = (Authorization: string) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'headers', namespace: 'shop' },
    data: { Authorization, 'X-Team': 'blue' },
  });
  const world = (value: string) =>
    routingOf([...WORLD, headers(value), ingress({ host: 'shop.example.com', paths: [['/', 'Prefix', 'web']] })], {
      'proxy-set-headers': 'shop/headers',
    });
  const text = 'headers for backends: Authorization: (not shown), X-Team: blue';
  const { changes } = diffRoutings(world('Basic b25l'), world('Basic dHdv'));
  expect(changes.map(({ before, after }) => [before?.text, after?.text])).toEqual([
    [text, `${text}, with another value`],
  ]);
});
