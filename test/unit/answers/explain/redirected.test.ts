import { expect, test } from 'vitest';

import { askedRequest, urlOf } from '../../../../src/answers/explain/asked-url.ts';
import { redirected } from '../../../../src/answers/explain/redirected.ts';

const AUTHORIZATION = { name: 'Authorization', value: 'Basic c2hvcDpzZWNyZXQ=' };
const TEAM = { name: 'X-Team', value: 'web' };
const asked = (method = 'GET') =>
  askedRequest(
    { scheme: 'http', host: 'shop.example', target: '/a/b?x=1' },
    { method, headers: [AUTHORIZATION, TEAM], clientIp: '192.0.2.1' },
  );

test.each([
  { location: 'https://shop.example/a/b?x=1', url: 'https://shop.example/a/b?x=1' },
  { location: '//other.example/', url: 'http://other.example/' },
  { location: '/c?y', url: 'http://shop.example/c?y' },
  { location: 'c', url: 'http://shop.example/a/c' },
  { location: '?y=2', url: 'http://shop.example/a/b?y=2' },
  { location: '/c#part', url: 'http://shop.example/c' },
])('Location $location leads to $url', ({ location, url }) => {
  const next = redirected(asked(), 302, location);
  expect(next === undefined ? undefined : urlOf(next)).toBe(url);
  expect(next?.clientIp).toBe('192.0.2.1');
});

test.each(['mailto:shop@example.com', 'ftp://shop.example/', 'https://me@shop.example/'])(
  '%s is not followed',
  location => {
    expect(redirected(asked(), 302, location)).toBeUndefined();
  },
);

test.each([
  { status: 308, method: 'POST', becomes: 'POST' },
  { status: 307, method: 'PUT', becomes: 'PUT' },
  { status: 303, method: 'PUT', becomes: 'GET' },
  { status: 302, method: 'POST', becomes: 'GET' },
  { status: 302, method: 'PUT', becomes: 'PUT' },
  { status: 303, method: 'HEAD', becomes: 'HEAD' },
])('after $status, $method becomes $becomes', ({ status, method, becomes }) => {
  expect(redirected(asked(method), status, '/c')?.method).toBe(becomes);
});

test('another host gets no password', () => {
  expect(redirected(asked(), 302, 'http://other.example/')?.headers).toEqual([TEAM]);
  expect(redirected(asked(), 302, 'https://SHOP.example/')?.headers).toEqual([AUTHORIZATION, TEAM]);
});
