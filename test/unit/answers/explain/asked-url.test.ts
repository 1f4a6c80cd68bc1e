import { expect, test } from 'vitest';

import { askedRequest, readAskedUrl, urlOf } from '../../../../src/answers/explain/asked-url.ts';

test.each([
  { name: 'a path and a query', url: 'https://shop.example/cart?x=1', host: 'shop.example', target: '/cart?x=1' },
  { name: 'no path', url: 'http://shop.example', host: 'shop.example', target: '/' },
  { name: 'a query alone', url: 'http://shop.example?x', host: 'shop.example', target: '/?x' },
  { name: 'a port', url: 'http://shop.example:8080/a', host: 'shop.example:8080', target: '/a' },
  {
    name: 'the usual port, which no client names',
    url: 'https://shop.example:443/a',
    host: 'shop.example',
    target: '/a',
  },
  { name: 'the usual port of the other scheme', url: 'http://a.example:443/', host: 'a.example:443', target: '/' },
  { name: 'an IPv6 address', url: 'http://[::1]:80/', host: '[::1]', target: '/' },
  { name: 'what nginx is to normalise', url: 'http://a.example//b/../c%2f', host: 'a.example', target: '//b/../c%2f' },
  { name: 'letters of other scripts', url: 'http://a.example/grüße', host: 'a.example', target: '/gr%C3%BC%C3%9Fe' },
  { name: 'a scheme in capitals', url: 'HTTPS://A.example/', host: 'A.example', target: '/' },
])('a URL with $name is taken apart', ({ url, host, target }) => {
  const scheme = url.toLowerCase().startsWith('https') ? 'https' : 'http';
  expect(readAskedUrl(url)).toEqual({ scheme, host, target });
});

test.each([
  { url: 'shop.example/cart', says: 'has no scheme; write http://shop.example/cart or https://shop.example/cart' },
  { url: '/cart', says: 'has no scheme; write https://HOST/PATH' },
  { url: 'ftp://shop.example/', says: 'is neither http:// nor https://' },
  { url: 'http:///cart', says: 'has no host' },
  { url: 'http://me:pw@shop.example/', says: 'has a user; give a header instead: Authorization: Basic …, in base64' },
  { url: 'http://shop.example/a#b', says: 'has a fragment; no client sends it: leave out "#b"' },
  { url: 'http://shop.example/a b', says: 'has a blank; write %20' },
  { url: 'http://shop.example/a\0', says: 'has a control character; write it as %XX' },
  { url: 'http://bücher.example/', says: 'has no valid host; write its name as xn--…, in Punycode' },
  { url: 'http://shop.example:99999/', says: 'has the port 99999' },
])('$url $says', ({ url, says }) => {
  const read = readAskedUrl(url);
  expect('problem' in read ? [read.problem, read.help].filter(text => text !== undefined).join('; ') : '').toBe(says);
});

test('cookies become one header, behind what a header says', () => {
  const url = { scheme: 'http', host: 'a.example', target: '/b' } as const;
  const request = askedRequest(url, {
    headers: [
      { name: 'cookie', value: 'a=1' },
      { name: 'X-Team', value: 'web' },
    ],
    cookies: [{ name: 'b', value: '2' }],
  });
  expect(request).toEqual({
    ...url,
    method: 'GET',
    headers: [
      { name: 'X-Team', value: 'web' },
      { name: 'Cookie', value: 'a=1; b=2' },
    ],
    clientIp: undefined,
    hasClientCertificate: false,
  });
  expect(urlOf(request)).toBe('http://a.example/b');
});
