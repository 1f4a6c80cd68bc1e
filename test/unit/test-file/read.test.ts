import { readFileSync } from 'node:fs';

import { Ajv } from 'ajv';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';

import { places } from '../../../src/manifests/lines.ts';
import { readTestFile } from '../../../src/test-file/read.ts';

const SCHEMA = JSON.parse(readFileSync(new URL('../../../docs/schemas/tests.json', import.meta.url), 'utf8')) as object;
const isOfSchema = new Ajv({ strict: true, allowUnionTypes: true }).compile(SCHEMA);

const problemsOf = (text: string): readonly string[] => {
  const toOrigin = places();
  return readTestFile(text).problems.map(({ start, message, help }) => {
    const { line, column } = toOrigin({ name: 'tests.yaml', text }, { start, end: start });
    return `${line}:${column} ${message}${help === undefined ? '' : `; ${help}`}`;
  });
};

const FULL = `# yaml-language-server: $schema=https://example.com/tests.json
manifests: [../manifests/]
tests:
  - name: the cart goes to the shop
    request: GET https://shop.example/cart?x=1
    expect:
      service: shop/web:80
      ingress: shop/front
      status: backend
      uri: /cart?x=1
      host: shop.example
      headers: { X-Team: web, X-Old: null, X-None: }
      responseHeaders: { Strict-Transport-Security: max-age=1 }
      auth: none
      tls: shop/tls
  - request:
      method: POST
      url: http://shop.example/pay
      headers: { X-Many: [a, b], X-One: c, Cookie: a=1 }
      cookies: { canary: always }
      clientIp: 192.0.2.7
      clientCertificate: true
    follow: true
    expect:
      service: [shop/web, { name: canary, percent: 12.5 }]
      status: 308
      location: https://shop.example/pay
      not: { status: 404, auth: basic }
      live: { status: 200, headers: { X-Pod: a }, body: hello }
`;

test('a file is read as it is written', () => {
  const { manifests, tests, problems } = readTestFile(FULL);
  expect(problems).toEqual([]);
  expect(manifests.map(({ text }) => text)).toEqual(['../manifests/']);
  expect(tests).toEqual([
    {
      name: 'the cart goes to the shop',
      request: {
        method: 'GET',
        scheme: 'https',
        host: 'shop.example',
        target: '/cart?x=1',
        headers: [],
        clientIp: undefined,
        hasClientCertificate: false,
      },
      follows: false,
      expected: {
        service: [{ service: 'shop/web:80' }],
        ingress: 'shop/front',
        status: 'backend',
        uri: '/cart?x=1',
        host: 'shop.example',
        headers: [
          { name: 'X-Team', value: 'web' },
          { name: 'X-Old', value: undefined },
          { name: 'X-None', value: undefined },
        ],
        responseHeaders: [{ name: 'Strict-Transport-Security', value: 'max-age=1' }],
        auth: 'none',
        tls: 'shop/tls',
      },
      start: FULL.indexOf('name: the cart'),
    },
    {
      name: 'POST http://shop.example/pay',
      request: {
        method: 'POST',
        scheme: 'http',
        host: 'shop.example',
        target: '/pay',
        headers: [
          { name: 'X-Many', value: 'a' },
          { name: 'X-Many', value: 'b' },
          { name: 'X-One', value: 'c' },
          { name: 'Cookie', value: 'a=1; canary=always' },
        ],
        clientIp: '192.0.2.7',
        hasClientCertificate: true,
      },
      follows: true,
      expected: {
        service: [{ service: 'shop/web' }, { service: 'canary', percent: 12.5 }],
        status: 308,
        location: 'https://shop.example/pay',
        not: { status: 404, auth: 'basic' },
        live: { status: 200, headers: [{ name: 'X-Pod', value: 'a' }], body: 'hello' },
      },
      start: FULL.indexOf('request:\n'),
    },
  ]);
  expect(isOfSchema(load(FULL))).toBe(true);
});

test('JSON is read as well', () => {
  const text = '{"tests": [{"request": "http://a.example/", "expect": {"status": 404}}]}';
  expect(readTestFile(text)).toMatchObject({ problems: [], tests: [{ name: 'GET http://a.example/' }] });
});

/** A file of one test, of which one line is wrong. */
const one = (lines: string): string => `tests:\n  - request: http://a.example/\n    ${lines}\n`;

describe('what is wrong is said with its place, and editors see it too', () => {
  test.each([
    { name: 'an empty file', text: '', says: ['1:1 the file has no tests; write tests: and a list of them'] },
    {
      name: 'no tests',
      text: 'manifests: [a]\n',
      says: ['1:1 the file has no tests; write tests: and a list of them'],
    },
    { name: 'an empty list', text: 'tests: []\n', says: ['1:8 the list of tests is empty'] },
    {
      name: 'a list alone',
      text: '- a\n',
      says: ['1:1 the file must be a mapping, got a list; it takes $schema, manifests and tests'],
    },
    {
      name: 'an unknown field of the file',
      text: `manifest: [a]\n${one('expect: { status: 404 }')}`,
      says: ['1:1 unknown field "manifest" in the file; did you mean "manifests"?'],
    },
    {
      name: 'manifests that are no list',
      text: `manifests: a\n${one('expect: { status: 404 }')}`,
      says: ['1:12 "manifests" must be a list of paths, got a; write [a]'],
    },
    {
      name: 'a test without its parts',
      text: 'tests:\n  - name: a\n',
      says: ['2:5 a test without "request"', '2:5 a test without "expect"'],
    },
    {
      name: 'an unknown field of a test',
      text: one('expects: { status: 404 }'),
      says: ['2:5 a test without "expect"', '3:5 unknown field "expects" in a test; did you mean "expect"?'],
    },
    {
      name: 'a number where a text belongs',
      text: 'tests:\n  - name: 404\n    request: http://a.example/\n    expect: { status: 404 }\n',
      says: ['2:11 "name" must be a text, got 404; write it in quotes: "404"'],
    },
    {
      name: 'a method in small letters',
      text: 'tests:\n  - request: get http://a.example/\n    expect: { status: 404 }\n',
      says: ['2:14 "get" is no method; write GET'],
    },
    {
      name: 'a URL without scheme',
      text: 'tests:\n  - request: GET a.example/\n    expect: { status: 404 }\n',
      says: ['2:14 the URL "a.example/" has no scheme; write http://a.example/ or https://a.example/'],
    },
    {
      name: 'a request without URL',
      text: 'tests:\n  - request: { method: GET }\n    expect: { status: 404 }\n',
      says: ['2:14 "request" has no "url"; write url: https://HOST/PATH'],
    },
    {
      name: 'the header Host',
      text: 'tests:\n  - request: { url: http://a.example/, headers: { Host: b } }\n    expect: { status: 404 }\n',
      says: ['2:51 the header Host cannot be set; it comes from the URL'],
    },
    {
      name: 'an address that is none',
      text: 'tests:\n  - request: { url: http://a.example/, clientIp: 10.0.0.0/8 }\n    expect: { status: 404 }\n',
      says: ['2:50 "clientIp" must be an IP address, got 10.0.0.0/8; use one such as 192.0.2.1 or 2001:db8::1'],
    },
    {
      name: 'nothing that is expected',
      text: one('expect: {}'),
      says: ['3:13 "expect" expects nothing; such a test would always pass'],
    },
    {
      name: 'a status that is none',
      text: one('expect: { status: backnd }'),
      says: ['3:23 invalid value for "status": backnd; did you mean "backend"?'],
    },
    {
      name: 'a status in quotes',
      text: one('expect: { status: "404" }'),
      says: [
        '3:23 invalid value for "status": the text "404"; use a number from 100 to 599, backend, closed or unclear',
      ],
    },
    {
      name: 'an unknown expectation',
      text: one('expect: { servce: shop/web }'),
      says: ['3:15 unknown field "servce" in "expect"; did you mean "service"?'],
    },
    {
      name: 'a Service that is none',
      text: one('expect: { service: "http://shop" }'),
      says: ['3:24 "http://shop" is no Service; use namespace/name:port; namespace and port may be left out'],
    },
    {
      name: 'no Service',
      text: one('expect: { service: [] }'),
      says: ['3:24 "service" names none; use status to expect an answer of nginx'],
    },
    {
      name: 'a share beyond the whole',
      text: one('expect: { service: { name: web, percent: 101 } }'),
      says: ['3:46 "percent" must be a number from 0 to 100, got 101'],
    },
    {
      name: 'a kind of authentication that is none',
      text: one('expect: { auth: yes }'),
      says: ['3:21 invalid value for "auth": yes; use required, none, basic, external and client-certificate'],
    },
    {
      name: 'a name that no header has',
      text: one('expect: { responseHeaders: { "X Powered By:": null } }'),
      says: ['3:34 "X Powered By:" is no name of a header'],
    },
    {
      name: 'a header that is a number',
      text: one('expect: { headers: { X-Count: 5 } }'),
      says: ['3:35 "headers.X-Count" must be a text, got 5; write it in quotes: "5"'],
    },
    {
      name: 'not within not',
      text: one('expect: { not: { not: { status: 404 } } }'),
      says: [
        '3:22 unknown field "not" in "not"; "not" takes status, service, ingress, location, uri, host, headers, responseHeaders, auth and tls',
      ],
    },
    {
      name: 'a switch that is none',
      text: one('follow: 1\n    expect: { status: 404 }'),
      says: ['3:13 "follow" must be true or false, got 1'],
    },
  ])('$name', ({ text, says }) => {
    expect(problemsOf(text)).toEqual(says);
    expect(isOfSchema(text === '' ? null : load(text))).toBe(false);
  });

  test('several mistakes are said at once', () => {
    expect(problemsOf(one('follw: true\n    expect: { status: 1, uri: 5 }'))).toHaveLength(3);
  });

  test('no value of a header is quoted: it may be a password', () => {
    const text = 'tests:\n  - request: { url: http://a.example/, headers: { Authorization: 12345 } }\n';
    expect(problemsOf(text).join('\n')).not.toContain('12345');
  });
});
