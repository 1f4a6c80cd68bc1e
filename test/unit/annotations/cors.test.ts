import { describe, expect, test } from 'vitest';

import { cors } from '../../../src/annotations/cors.ts';
import { runFamily } from '../../support/annotations.ts';

const ON = { 'enable-cors': 'true' };
const SHORT = { methods: 'GET, PUT, POST, DELETE, PATCH, OPTIONS', exposedHeaders: '', isCredentialed: true };
const HEADERS =
  'DNT,Keep-Alive,User-Agent,X-Requested-With,If-Modified-Since,Cache-Control,Content-Type,Range,Authorization';
const run = (annotations: Readonly<Record<string, string>>) => runFamily(cors, annotations);
const namesOf = ({ found }: ReturnType<typeof run>) => found.map(({ rule }) => rule.name);

describe('CORS lets scripts read responses', () => {
  test.each([
    {
      name: 'of all sites, with what is usual',
      given: {},
      policy: { origins: 'any', requestHeaders: HEADERS, maxAgeSeconds: 1_728_000, ...SHORT },
    },
    {
      name: 'of one site',
      given: { 'cors-allow-origin': 'https://a.example' },
      policy: { origins: ['https://a.example'] },
    },
    {
      name: 'of several, whatever their order and case, each once',
      given: {
        'cors-allow-origin': ' https://B.example:8443 ,null,https://*.a.example,app://home,https://b.EXAMPLE:8443,',
      },
      policy: { origins: ['app://home', 'https://*.a.example', 'https://b.example:8443', 'null'] },
    },
    {
      name: 'of all sites, if one of several entries is a star',
      given: { 'cors-allow-origin': 'https://a.example, *' },
      policy: { origins: 'any' },
    },
    { name: 'with an empty list of sites', given: { 'cors-allow-origin': '' }, policy: { origins: 'any' } },
    {
      name: 'with methods as they are written',
      given: { 'cors-allow-methods': ' GET,POST, M ' },
      policy: { methods: 'GET,POST, M' },
    },
    {
      name: 'with request headers as they are written',
      given: { 'cors-allow-headers': 'DNT,  X_a-1' },
      policy: { requestHeaders: 'DNT,  X_a-1' },
    },
    {
      name: 'with exposed headers',
      given: { 'cors-expose-headers': '*, X-Total,' },
      policy: { exposedHeaders: '*, X-Total,' },
    },
    { name: 'without cookies', given: { 'cors-allow-credentials': 'false' }, policy: { isCredentialed: false } },
    { name: 'for so long', given: { 'cors-max-age': '600' }, policy: { maxAgeSeconds: 600 } },
    { name: 'without keeping preflights', given: { 'cors-max-age': '-1' }, policy: { maxAgeSeconds: -1 } },
  ])('$name', ({ given, policy }) => {
    const result = run({ ...ON, ...given });
    expect(result.policy).toMatchObject(policy);
    expect(namesOf(result)).toEqual([]);
  });
});

describe('CORS leaves out what is no origin, and opens nothing:', () => {
  test.each([
    { name: 'a slash at the end', entry: 'https://a.example/', help: 'write "https://a.example"' },
    { name: 'a path', entry: 'https://a.example/b/c', help: 'write "https://a.example"' },
    { name: 'quotes', entry: '"https://a.example"', help: 'write "https://a.example"' },
    { name: 'no scheme', entry: 'a.example:81', help: 'write "https://a.example:81"', rule: 'invalid-cors-origin' },
    {
      name: 'no scheme before a star',
      entry: '*.a.example',
      help: 'write "https://*.a.example"',
      rule: 'invalid-cors-origin',
    },
    { name: 'a scheme in capitals', entry: 'HTTP://a.example', help: 'write "http://a.example"' },
    { name: 'a star in the middle', entry: 'https://a.*.example', help: undefined },
    { name: 'a star alone', entry: 'https://*', help: undefined },
    { name: 'a star for the port', entry: 'https://a.example:*', help: undefined },
    { name: 'an expression', entry: '~^https://.*$', help: undefined },
    { name: 'a blank', entry: 'https://a example', help: undefined, rule: 'invalid-cors-origin' },
    {
      name: 'a name that is too long',
      entry: `https://${'a'.repeat(300)}`,
      help: undefined,
      rule: 'invalid-cors-origin',
    },
  ])('$name', ({ entry, help, rule = 'cors-open-to-all' }) => {
    const usual = 'write scheme and host, such as https://app.example.com or https://*.example.com';
    const among = run({ ...ON, 'cors-allow-origin': `https://b.example,${entry}` });
    expect(among.policy?.origins).toEqual(['https://b.example']);
    expect(among.found).toMatchObject([{ rule: { name: rule }, help: help ?? usual }]);
    const alone = run({ ...ON, 'cors-allow-origin': entry });
    expect(alone.policy).toBeUndefined();
    expect(namesOf(alone)).toEqual([rule]);
  });

  test('a list without an entry', () => {
    const result = run({ ...ON, 'cors-allow-origin': ' , ' });
    expect(result.policy).toBeUndefined();
    expect(namesOf(result)).toEqual(['invalid-cors-origin']);
  });
});

describe('CORS takes the default for', () => {
  test.each([
    { name: 'methods with other characters', given: { 'cors-allow-methods': 'GET; PUT' }, policy: SHORT },
    { name: 'methods with two blanks between them', given: { 'cors-allow-methods': 'GET,  PUT' }, policy: SHORT },
    { name: 'methods in two lines', given: { 'cors-allow-methods': 'GET,\nPUT' }, policy: SHORT },
    {
      name: 'headers with a line end',
      given: { 'cors-allow-headers': 'A\r\nB: c' },
      policy: { requestHeaders: HEADERS },
    },
    { name: 'exposed headers with a colon', given: { 'cors-expose-headers': 'A: b' }, policy: SHORT },
    { name: 'yes for a boolean', given: { 'cors-allow-credentials': 'no' }, policy: SHORT },
    { name: 'an age with a unit', given: { 'cors-max-age': '10m' }, policy: { maxAgeSeconds: 1_728_000 } },
  ])('$name', ({ given, policy }) => {
    const result = run({ ...ON, ...given });
    expect(result.policy).toMatchObject(policy);
    expect(namesOf(result)).toEqual(['invalid-annotation-value']);
  });

  test('a long text, in no time', () => {
    const word = `${'a'.repeat(2_000)}!`;
    const result = run({ ...ON, 'cors-allow-methods': word, 'cors-expose-headers': word });
    expect(result.policy).toMatchObject(SHORT);
  });
});

describe('CORS does nothing', () => {
  test.each([
    { name: 'without annotations', given: {}, found: [] },
    { name: 'where it is off', given: { 'enable-cors': 'false', 'cors-max-age': '1' }, found: [] },
    { name: 'for a yes', given: { 'enable-cors': 'yes' }, found: ['invalid-annotation-value'] },
    {
      name: 'where nobody has switched it on, and says so once',
      given: { 'cors-allow-origin': 'nonsense/', 'cors-max-age': 'x' },
      found: ['annotation-without-effect'],
    },
  ])('$name', ({ given, found }) => {
    const result = run(given);
    expect(result.policy).toBeUndefined();
    expect(namesOf(result)).toEqual(found);
  });
});
