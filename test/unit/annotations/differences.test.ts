import { describe, expect, test } from 'vitest';

import { behaviourDifference } from '../../../src/compile/rules/differences.ts';
import { appOf, compiled, configMapOf, ingressOf } from '../../support/resources.ts';

/** What is noted of an Ingress with these annotations. */
function notes(annotations: Readonly<Record<string, string>>): readonly string[] {
  const ingress = ingressOf({ annotations, hosts: { 'shop.example.com': [['/', 'app:80']] } });
  const { found } = compiled([...appOf('app', '10.0.0.1', '10.0.0.2'), ingress], { snippets: 'safe' });
  return found.filter(({ rule }) => rule === behaviourDifference).map(({ message }) => message);
}

describe('a note is made of', () => {
  test.each([
    { name: 'affinity', annotations: { affinity: 'cookie' }, says: /^affinity: nginx has another ring/ },
    {
      name: 'a date of a cookie',
      annotations: { affinity: 'cookie', 'session-cookie-expires': '60' },
      says: /^session-cookie-expires: it is sent as Max-Age/,
    },
    {
      name: 'a hash',
      annotations: { 'upstream-hash-by': '$arg_a' },
      says: /^upstream-hash-by: nginx has another ring/,
    },
    {
      name: 'a silent access log',
      annotations: { 'enable-access-log': 'false' },
      says: /^enable-access-log: redirects/,
    },
    {
      name: 'more than one try',
      annotations: { 'proxy-next-upstream-tries': '5' },
      says: /^proxy-next-upstream-tries: /,
    },
    { name: 'further names', annotations: { 'server-alias': 'a.example.com' }, says: /^server-alias: / },
    { name: 'the other name', annotations: { 'from-to-www-redirect': 'true' }, says: /^from-to-www-redirect: / },
    {
      name: 'CORS for some sites',
      annotations: { 'enable-cors': 'true', 'cors-allow-origin': 'https://a.b' },
      says: /^cors-allow-origin: /,
    },
    {
      name: 'a prefix with a group',
      annotations: { 'rewrite-target': '/$1', 'x-forwarded-prefix': '/$1' },
      says: /^x-forwarded-prefix: /,
    },
    {
      name: 'error pages',
      annotations: { 'custom-http-errors': '404' },
      says: /^custom-http-errors: error pages have/,
    },
    {
      name: 'the name of the server',
      annotations: { 'configuration-snippet': 'if ($arg_a) { more_clear_headers "server"; }' },
      says: /^configuration-snippet: the Server header stays/,
    },
    {
      name: 'a location without an answer',
      annotations: { 'server-snippet': 'location /a { if ($arg_a) { return 403; } rewrite ^/a/b /c last; }' },
      says: /^server-snippet: a location that does not answer/,
    },
    {
      name: 'backends that speak as the client',
      annotations: { 'backend-protocol': 'AUTO_HTTP' },
      says: /^backend-protocol: with AUTO_HTTP/,
    },
  ])('$name', ({ annotations, says }) => {
    expect(notes(annotations)).toContainEqual(expect.stringMatching(says));
  });
});

describe('nothing is noted of', () => {
  test.each([
    {
      name: 'values that ask for what happens anyway',
      annotations: { 'enable-access-log': 'true', 'from-to-www-redirect': 'false' },
    },
    { name: 'one try', annotations: { 'proxy-next-upstream-tries': '1' } },
    { name: 'CORS that is off', annotations: { 'enable-cors': 'false' } },
    { name: 'a plain prefix', annotations: { 'rewrite-target': '/a', 'x-forwarded-prefix': '/shop' } },
    {
      name: 'locations that answer',
      annotations: { 'server-snippet': 'location /a { deny all; return 403; } location /b { rewrite ^ /c last; }' },
    },
    { name: 'a header like Server', annotations: { 'configuration-snippet': 'more_set_headers "X-Server: Server";' } },
    { name: 'backends with TLS', annotations: { 'backend-protocol': 'HTTPS' } },
    {
      name: 'what is as in the controller',
      annotations: { 'limit-rps': '5', 'proxy-body-size': '8m', 'ssl-redirect': 'false' },
    },
  ])('$name', ({ annotations }) => {
    expect(notes(annotations)).toEqual([]);
  });
});

test('notes are made of options, too', () => {
  const settings = { controllerConfig: 'shop/options' };
  const { found } = compiled(
    [configMapOf('options', { 'custom-http-errors': '404', 'block-cidrs': '10.0.0.0/8' })],
    settings,
  );
  const noted = found.filter(({ rule }) => rule === behaviourDifference).map(({ message }) => message.split(': ')[0]);
  expect(noted).toHaveLength(3);
  expect(new Set(noted)).toEqual(new Set(['block-cidrs', 'custom-http-errors']));
});
