import { describe, expect, test } from 'vitest';

import { globalAuth } from '../../../src/annotations/global-auth.ts';
import { runFamily } from '../../support/annotations.ts';

type Texts = Readonly<Record<string, string>>;

const URL = 'http://auth.example.com/verify';

function run(options: Texts, annotations: Texts = {}, path = '/') {
  const { found, policy, askers, denied } = runFamily(globalAuth, annotations, { options, facts: { path } });
  return { policy, askers, denied, found: found.map(({ rule, message }) => `${rule.name}: ${message}`) };
}

describe('the service of all is asked', () => {
  test.each([
    { name: 'by an Ingress without annotations', options: {}, annotations: {} },
    { name: 'by one that says so', options: {}, annotations: { 'enable-global-auth': 'true' } },
    { name: 'by one that says nothing clear', options: {}, annotations: { 'enable-global-auth': 'off' } },
    { name: 'by one with an empty URL of its own', options: {}, annotations: { 'auth-url': '' } },
  ])('$name', ({ options, annotations }) => {
    const { policy } = run({ 'global-auth-url': URL, ...options }, annotations);
    expect(policy).toMatchObject({ to: { kind: 'upstream', name: 'auth.example.com_80' }, uri: [{ text: '/verify' }] });
  });

  test('and the option asked for it', () => {
    expect(run({ 'global-auth-url': URL }).askers).toEqual(['option global-auth-url']);
  });

  test('the same object for all Ingresses that have no word of their own', () => {
    const { plan } = runFamily(globalAuth, {}, { options: { 'global-auth-url': URL } });
    expect(plan.closes).toEqual([]);
  });
});

describe('what its snippet says', () => {
  const withSnippet = (text: string) => run({ 'global-auth-url': URL, 'global-auth-snippet': text }).policy;

  test('is taken without a permission, as in the controller', () => {
    expect(withSnippet('proxy_set_header X-Realm staff;')).toMatchObject({ statements: [{ kind: 'request-header' }] });
  });

  test.each(['# nothing\n', ''])('may be nothing: "%s"', text => {
    expect(withSnippet(text)).toEqual(run({ 'global-auth-url': URL }).policy);
  });

  test('lets nobody in where it cannot be taken', () => {
    expect(withSnippet('content_by_lua_block { ngx.exit(200) }')).toMatchObject({ to: undefined });
  });
});

describe('it is not asked', () => {
  test.each([
    { name: 'without a URL', options: {}, annotations: { 'enable-global-auth': 'true' } },
    { name: 'with an empty one', options: { 'global-auth-url': '' }, annotations: {} },
    {
      name: 'by an Ingress that says so',
      options: { 'global-auth-url': URL },
      annotations: { 'enable-global-auth': 'F' },
    },
    {
      name: 'by one with a service of its own',
      options: { 'global-auth-url': URL },
      annotations: { 'auth-url': 'http://own.example.com/' },
    },
    {
      name: 'under an exempt path',
      options: { 'global-auth-url': URL, 'no-auth-locations': '/a' },
      annotations: {},
      path: '/ab',
    },
  ])('$name', ({ options, annotations, path = '/' }) => {
    expect(run(options, annotations, path)).toMatchObject({ policy: undefined, denied: undefined, found: [] });
  });
});

describe('nobody gets in', () => {
  test.each([
    'auth.example.com/verify',
    'ftp://auth.example.com/',
    'http://$http_x/',
    'http://a b/',
    'http://169.254.169.254/',
  ])('if the URL is %j', url => {
    const { policy, found } = run({ 'global-auth-url': url }, { 'enable-global-auth': 'true' });
    expect(policy).toMatchObject({ to: undefined });
    expect(found.map(line => line.split(':')[0])).toEqual(['invalid-guard-option']);
  });
});

describe('what it is told', () => {
  const PARTS = (parts: readonly object[] | undefined) => parts?.map(part => Object.values(part).join('')).join('|');

  test('is what the options say', () => {
    const { policy, found } = run({
      'global-auth-url': 'https://$host/a%2Fb',
      'global-auth-method': 'POST',
      'global-auth-signin': 'https://login.example.com/%7Ea',
      'global-auth-signin-redirect-param': 'back',
      'global-auth-response-headers': 'X-User, X-Mail',
      'global-auth-request-redirect': 'https://$host/x y',
      'global-auth-always-set-cookie': 'true',
      'global-auth-cache-key': '$cookie_a;b',
      'global-auth-cache-duration': '200 5m,401  404 10s',
    });
    expect(found).toEqual([]);
    expect(policy).toMatchObject({
      to: { kind: 'self' },
      isTls: true,
      uri: [{ text: '/a%2Fb' }],
      method: 'POST',
      headers: ['X-User', 'X-Mail'],
      alwaysSetsCookie: true,
      cache: { valid: ['200 5m', '401 404 10s'], path: '/' },
    });
    expect(PARTS(policy?.redirect)).toBe('https://|host|/x y');
    expect(PARTS(policy?.cache?.key)).toBe('cookie_a|;b');
    expect(PARTS(policy?.signIn)?.startsWith('https://login.example.com/%7Ea|?back=|')).toBe(true);
  });

  test.each([
    ['global-auth-method', 'post', { method: undefined }],
    ['global-auth-signin', '/start', { signIn: undefined }],
    ['global-auth-signin', 'https://a.example/$uri', { signIn: undefined }],
    ['global-auth-response-headers', 'X-A,X Y,Content-Length', { headers: ['X-A'] }],
    ['global-auth-request-redirect', '$nonsense', { redirect: [{ variable: 'request_uri' }] }],
    ['global-auth-always-set-cookie', 'yes', { alwaysSetsCookie: false }],
    ['global-auth-cache-key', '$nonsense', { cache: undefined }],
  ])('is not %s: %j', (option, text, expected) => {
    const { policy, found } = run({ 'global-auth-url': URL, [option]: text });
    expect(policy).toMatchObject(expected);
    expect(found.map(line => line.split(':')[0])).toEqual(['invalid-option-value']);
  });

  test.each([
    ['nothing', {}, []],
    ['an empty text', { 'global-auth-cache-duration': '' }, []],
    ['no time', { 'global-auth-cache-duration': '200' }, ['200 202 401 5m']],
  ])('how long answers are kept, by %s', (_, options, valid) => {
    const { policy } = run({ 'global-auth-url': URL, 'global-auth-cache-key': '$host', ...options });
    expect(policy?.cache?.valid).toEqual(valid);
  });
});
