import { describe, expect, test } from 'vitest';

import { externalAuth } from '../../../src/annotations/external-auth.ts';
import type { FoundFacts } from '../../../src/annotations/facts.ts';
import { runFamily } from '../../support/annotations.ts';
import { configMapOf } from '../../support/resources.ts';

type Texts = Readonly<Record<string, string>>;

const URL = 'http://auth.example.com/verify';

function run(annotations: Texts, { options = {}, facts = {} }: { options?: Texts; facts?: Partial<FoundFacts> } = {}) {
  const asked: unknown[] = [];
  const leadTo: FoundFacts['leadTo'] = (to, _, protocol) => {
    asked.push({ ...to, protocol });
    return { kind: 'upstream', name: 'auth' };
  };
  const { found, policy, denied, plan } = runFamily(externalAuth, annotations, {
    options,
    facts: { leadTo, ...facts },
  });
  return { policy, denied, plan, asked, found: found.map(({ rule }) => rule.name), lines: found };
}

describe('the service that is asked', () => {
  test.each([
    { url: 'http://auth.example.com', to: 'auth.example.com:80 http', uri: '/' },
    { url: 'http://auth.example.com/verify?a=b', to: 'auth.example.com:80 http', uri: '/verify?a=b' },
    { url: 'http://auth.example.com?a', to: 'auth.example.com:80 http', uri: '/?a' },
    { url: ' HTTPS://Auth.Example.com./A ', to: 'auth.example.com:443 https', uri: '/A' },
    { url: 'https://auth.example.com:8443/', to: 'auth.example.com:8443 https', uri: '/' },
    { url: 'http://10.0.0.9:9091/', to: '10.0.0.9:9091 http', uri: '/' },
    { url: 'http://auth.$namespace.svc/$ingress_name', to: 'auth.shop.svc:80 http', uri: '/web' },
    { url: 'http://shop.example.com:8080/', to: 'shop.example.com:8080 http', uri: '/' },
    { url: 'https://$host:8443/', to: 'shop.example.com:8443 https', uri: '/' },
  ])('of $url is $to$uri', ({ url, to, uri }) => {
    const { policy, asked, denied } = run({ 'auth-url': url });
    const [first] = asked as readonly { host: string; port: number; protocol: string }[];
    expect(`${first?.host}:${first?.port} ${first?.protocol}`).toBe(to);
    expect(policy?.uri.map(part => ('text' in part ? part.text : '$')).join('')).toBe(uri);
    expect(denied).toBeUndefined();
  });

  test.each([
    'https://$host/auth',
    'http://$http_host/auth',
    'http://$best_http_host/',
    'https://shop.example.com/auth',
  ])('of %s is nginx itself, where the client is already', url => {
    const { policy, asked } = run({ 'auth-url': url });
    expect(policy?.to).toEqual({ kind: 'self' });
    expect(asked).toEqual([]);
  });

  test('is the host of the request, without the port that the client writes', () => {
    expect(run({ 'auth-url': 'http://$http_host/auth' }).policy?.host).toEqual([{ variable: 'host' }]);
  });

  test('is nobody where the host of the request is known only when it comes, and not where it is', () => {
    const { policy, asked } = run({ 'auth-url': 'https://$host:8443/' }, { facts: { host: '*.example.com' } });
    expect(policy).toMatchObject({ to: undefined });
    expect(asked).toEqual([]);
  });

  test('may be told what the client asks for', () => {
    const { policy } = run({ 'auth-url': 'http://auth.example.com/?u=$request_uri&c=$cookie_a' });
    expect(policy?.uri).toEqual([
      { text: '/?u=' },
      { variable: 'request_uri' },
      { text: '&c=' },
      { variable: 'cookie_a' },
    ]);
  });

  test('on this machine is for development', () => {
    const { policy, found } = run({ 'auth-url': 'http://127.0.0.1:9091/' });
    expect(policy).toBeDefined();
    expect(found).toContain('loopback-auth-service');
  });

  test('is the same object for all locations that ask the same', () => {
    const { plan } = run({ 'auth-url': URL });
    const facts = { ...FACTS_OF_A, path: '/b' };
    expect(plan.location(FACTS_OF_A)).toBe(plan.location(facts));
  });
});

const FACTS_OF_A: FoundFacts = {
  ingress: { namespace: 'shop', name: 'web' },
  written: '/a',
  host: 'shop.example.com',
  path: '/a',
  isRegex: false,
  hasTls: true,
  isCatchAll: false,
  backend: { namespace: 'shop', service: 'web', port: { number: 80 } },
  fallback: undefined,
  found: { kind: 'proxy', to: { kind: 'upstream', name: 'shop-web-80' } },
  leadTo: () => ({ kind: 'upstream', name: 'auth' }),
  keep: ({ id }) => id,
};

describe('the door is closed', () => {
  test.each([
    ['auth-url', 'auth.example.com/verify', 'is not a URL'],
    ['auth-url', 'not a url', 'is not a URL'],
    ['auth-url', '$scheme://auth.example.com/', 'is not a URL'],
    ['auth-url', 'ftp://auth.example.com/', 'is not a URL of http or https'],
    ['auth-url', 'http://', 'has a host that is no name and no IPv4 address'],
    ['auth-url', 'http:///verify', 'has a host that is no name and no IPv4 address'],
    ['auth-url', 'https://invalid..auth.url', 'has a host that is no name and no IPv4 address'],
    ['auth-url', 'http://auth,example/', 'has a host that is no name and no IPv4 address'],
    ['auth-url', 'http://auth.example.com:0/', 'has a port that is not between 1 and 65535'],
    ['auth-url', 'http://auth.example.com:http/', 'is not a URL'],
    ['auth-url', 'http://$host:$server_port/', 'is not a URL'],
    ['auth-url', 'http://$http_x_auth/', 'would let clients choose who is asked'],
    ['auth-url', 'http://auth.$arg_region/', 'would let clients choose who is asked'],
    ['auth-url', 'http://auth.example.com/$nonsense', 'has $nonsense, which is not a variable of nginx'],
    ['auth-url', 'http://auth.example.com/$', 'has a $ without the name of a variable'],
    ['auth-url', 'http://auth.example.com/?u=$uri', 'has $uri, in which clients could put further headers'],
    ['auth-url', 'http://169.254.169.254/', 'leads to the metadata server of a cloud, which hands out credentials'],
    ['auth-url', 'http://auth.example.com/%2f', 'has characters that are not allowed here'],
    ['auth-url', 'http://auth.example.com/\n', 'has characters that are not allowed here'],
    ['auth-method', 'get', 'is not "GET": capitals and blanks count'],
    ['auth-response-headers', 'X-User, X Y', 'has "X Y", which is not the name of a header'],
    [
      'auth-response-headers',
      'Transfer_Encoding',
      'has "Transfer_Encoding", which belongs to a connection, and is no header to pass on',
    ],
    ['auth-request-redirect', 'https://$host/', 'has characters that are not allowed here'],
    ['auth-request-redirect', 'a b', 'has characters that are not allowed here'],
    ['auth-always-set-cookie', 'yes', 'is not a boolean'],
  ])('by %s: %j', (name, text, problem) => {
    const { denied, lines } = run({ 'auth-url': URL, [name]: text });
    expect(denied).toBe(`invalid value in annotation ${name}`);
    const finding = lines.find(({ rule }) => rule.name === 'invalid-guard');
    expect(finding?.message).toBe(`${name}: "${text}" ${problem}`);
  });

  test.each([
    ['http://auth.example.com/%2f', 'dropped'],
    ['ftp://auth.example.com/', 'location'],
  ])('as the controller does for %s: %s', (url, closes) => {
    expect(run({ 'auth-url': url }).plan.closes[0]?.closes).toBe(closes);
  });
});

describe('it stays open', () => {
  test.each([
    ['under an exempt path', { 'auth-url': URL }, { 'no-auth-locations': '/b,/a' }],
    ['without a URL', { 'auth-method': 'nonsense', 'auth-request-redirect': '$' }, {}],
    ['with an empty URL', { 'auth-url': '' }, {}],
  ])('%s', (_, annotations, options) => {
    const { policy, denied } = run(annotations, { options, facts: { path: '/a/c' } });
    expect(policy).toBeUndefined();
    expect(denied).toBeUndefined();
  });

  test('and says so where it was meant to be closed', () => {
    const { lines } = run({ 'auth-response-headers': 'X-User' });
    expect(lines.map(({ message }) => message)).toEqual([
      'auth-response-headers has no effect without auth-url: every other host is open to everybody',
    ]);
    expect(run({ 'auth-signin': 'x', 'auth-type': 'basic' }).found).toEqual(['annotation-without-effect']);
    const options = { 'global-auth-url': URL };
    expect(run({ 'auth-cache-key': 'x' }, { options }).found).toEqual(['annotation-without-effect']);
  });
});

describe('whom it does not know is sent', () => {
  function signIn(annotations: Texts): string | undefined {
    const { policy } = run({ 'auth-url': URL, ...annotations });
    return policy?.signIn
      ?.map(part => ('text' in part ? part.text : `$${'variable' in part ? part.variable : part.ofController}`))
      .join('');
  }

  const BACK = '$pass_access_scheme://$best_http_host$escaped_request_uri';
  test.each([
    ['https://$host/start', {}, `https://$host/start?rd=${BACK}`],
    ['https://login.example.com/?app=1', {}, `https://login.example.com/?app=1&rd=${BACK}`],
    ['https://$host/start', { 'auth-signin-redirect-param': 'back' }, `https://$host/start?back=${BACK}`],
    ['https://$host/start?rd=$escaped_request_uri', {}, 'https://$host/start?rd=$escaped_request_uri'],
    ['https://$host/start?rd=', {}, `https://$host/start?rd=&rd=${BACK}`],
    ['/start', {}, `/start?rd=${BACK}`],
    ['/start?', {}, `/start?rd=${BACK}`],
  ])('to %s with %o as %s', (page, more, url) => {
    expect(signIn({ 'auth-signin': page, ...more })).toBe(url);
  });

  test.each(['https://$host/$uri', 'https://$nonsense/', 'https://a b/', 'https://a;b/', '$'])(
    'nowhere by %j',
    page => {
      const { policy, denied, found } = run({ 'auth-url': URL, 'auth-signin': page });
      expect(policy?.signIn).toBeUndefined();
      expect(policy?.to).toBeDefined();
      expect(denied).toBeUndefined();
      expect(found).toContain('invalid-annotation-value');
    },
  );
});

describe('answers are kept', () => {
  const KEY = { 'auth-cache-key': ' $cookie_a-${host} ' };
  test.each([
    ['five minutes', KEY, ['200 202 401 5m']],
    [
      'as long as is said',
      { ...KEY, 'auth-cache-duration': '200  202 10m, any 1s,5d,' },
      ['200 202 10m', 'any 1s', '5d'],
    ],
    ['not at all without a key', { 'auth-cache-duration': '200 10m' }, undefined],
    ['not at all with a key that nginx does not know', { 'auth-cache-key': '$nonsense' }, undefined],
    ['not at all with a key that has other characters', { 'auth-cache-key': '$host;' }, undefined],
  ])('%s', (_, annotations, valid) => {
    const { policy, denied } = run({ 'auth-url': URL, ...annotations });
    expect(policy?.cache?.valid).toEqual(valid);
    expect(denied).toBeUndefined();
  });

  test.each(['200 1h 30m', '200', 'soon', '200 5ms', '99 5m', '5m 200', '200;5m', '200 -5m'])(
    'and a time such as %j closes the door',
    text => {
      expect(run({ 'auth-url': URL, ...KEY, 'auth-cache-duration': text }).denied).toBeDefined();
    },
  );
});

describe('a ConfigMap', () => {
  const NAMED = { 'auth-url': URL, 'auth-proxy-set-headers': 'shop/told' };
  const withData = (data: Texts, annotations: Texts = NAMED, options: Texts = {}) => {
    const { found, policy, denied } = runFamily(externalAuth, annotations, {
      options,
      resources: [configMapOf('shop/told', data), configMapOf('other/told', data)],
    });
    return { policy, denied, found: found.map(({ message }) => message) };
  };

  test('has headers for the service, sorted', () => {
    const { policy } = withData({ 'X-B': '$ingress_name', 'x-a': 'a b', 'X-A': 'c' });
    expect(policy?.sent).toEqual([
      { name: 'x-a', value: [{ text: 'a b' }] },
      { name: 'X-B', value: [{ text: 'web' }] },
    ]);
  });

  test.each([
    ['X Y', 'a', 'X Y is not the name of a header'],
    ['Transfer-Encoding', 'chunked', 'Transfer-Encoding belongs to a connection, and is no header to pass on'],
    ['X-A', '$nonsense', 'X-A has $nonsense, which is not a variable of nginx'],
    ['X-A', 'a\nX-B: c', 'X-A has a line end, which would end the header'],
    ['X-A', '$uri', 'X-A has $uri, in which clients could put further headers'],
  ])('closes the door by %s: %j', (name, value, problem) => {
    const { denied, found } = withData({ [name]: value });
    expect(denied).toBe('a header of auth-proxy-set-headers cannot be sent');
    expect(found).toEqual([`auth-proxy-set-headers: ConfigMap shop/told: ${problem}`]);
  });

  test.each([
    ['told', 'auth-proxy-set-headers: "told" is not `namespace/name`'],
    ['shop/nobody', 'auth-proxy-set-headers: the ConfigMap shop/nobody is not in the input'],
    ['other/told', 'auth-proxy-set-headers: other/told is not in the namespace of the Ingress'],
  ])('that is %s closes the door', (name, message) => {
    const { denied, found } = withData({}, { ...NAMED, 'auth-proxy-set-headers': name });
    expect(denied).toBeDefined();
    expect(found).toEqual([message]);
  });

  test('of another namespace is read where the option says so', () => {
    const options = { 'allow-cross-namespace-resources': 'true' };
    const { denied, policy } = withData({ 'X-A': 'b' }, { ...NAMED, 'auth-proxy-set-headers': 'other/told' }, options);
    expect(denied).toBeUndefined();
    expect(policy?.sent).toHaveLength(1);
  });
});

test('connections that are kept change nothing, whatever they are called', () => {
  const { policy, found } = run({
    'auth-url': URL,
    'auth-keepalive': '-3',
    'auth-keepalive-requests': '0',
    'auth-keepalive-timeout': '1m',
    'auth-keepalive-share-vars': 'true',
  });
  expect(policy).toEqual(run({ 'auth-url': URL }).policy);
  expect(found).toEqual(['invalid-annotation-value']);
});

describe('the head of an answer', () => {
  test.each([
    ['16k', {}, '16k'],
    ['2k', {}, undefined],
    ['4k', {}, undefined],
    ['8g', {}, undefined],
    ['16k', { 'proxy-buffer-size': '32k' }, undefined],
  ])('fits into a buffer of %j, with the options %j', (size, options, buffer) => {
    const { policy } = run({ 'auth-url': URL, 'proxy-buffer-size': size }, { options });
    expect(policy?.buffer).toBe(buffer);
  });
});

test('headers of the answer, the method and where to come back to are as they are written', () => {
  const { policy } = run({
    'auth-url': URL,
    'auth-method': ' POST ',
    'auth-response-headers': 'X-User,, x-more ',
    'auth-request-redirect': 'https://shop.example.com/',
    'auth-always-set-cookie': 'T',
  });
  expect(policy).toMatchObject({
    method: 'POST',
    headers: ['X-User', 'x-more'],
    redirect: [{ text: 'https://shop.example.com/' }],
    alwaysSetsCookie: true,
  });
});
