import { expect, test } from 'vitest';

import { appOf, compiled, ingressOf } from '../../support/resources.ts';

const BY_ADDRESS = 'to choose by client address, write upstream-hash-by: "$remote_addr" instead';

test.each([
  { name: 'affinity', text: 'ip_hash', help: BY_ADDRESS },
  { name: 'load-balance', text: 'ip_hash', help: BY_ADDRESS },
  { name: 'load-balance', text: 'least_conn', help: 'write "ewma", which prefers endpoints that answer fast' },
  { name: 'backend-protocol', text: 'WSS', help: 'write "HTTPS", which WebSocket connections use as well' },
  { name: 'backend-protocol', text: '"HTTPS"', help: 'write "HTTPS"' },
  { name: 'proxy-body-size', text: "'8m'", help: 'write "8m"' },
  { name: 'proxy-buffering', text: 'true', help: 'write "on"' },
  { name: 'proxy-request-buffering', text: 'no', help: 'write "off"' },
  { name: 'ssl-redirect', text: 'on', help: 'write "true"' },
  { name: 'use-regex', text: 'true ', help: 'write "true"' },
  { name: 'proxy-connect-timeout', text: '50s', help: 'write "50"' },
  { name: 'auth-type', text: "basic'", help: 'write "basic"' },
  { name: 'satisfy', text: 'some', help: 'write "all" or "any"' },
])('of $name: "$text" is said what to type', ({ name, text, help }) => {
  const ingress = ingressOf({ annotations: { [name]: text }, hosts: { 'a.io': [['/', 'web:80']] } });
  expect(compiled([...appOf('web', '10.0.0.1'), ingress]).found[0]?.help).toBe(help);
});

test.each([
  {
    name: 'a boolean prefix',
    given: { 'x-forwarded-prefix': 'true' },
    lines: ['invalid-annotation-value: x-forwarded-prefix: "true" goes to the backend as the prefix itself'],
  },
  { name: 'a path as prefix', given: { 'x-forwarded-prefix': '/api' }, lines: [] },
])('the prefix header: $name', ({ given, lines }) => {
  const annotations = { 'rewrite-target': '/$1', ...given };
  const ingress = ingressOf({ annotations, hosts: { 'a.io': [['/(.*)', 'web:80']] } });
  expect(compiled([...appOf('web', '10.0.0.1'), ingress]).lines).toEqual(lines);
});

test.each([
  { url: 'example.com', help: 'write "https://example.com"' },
  { url: 'www.example.com/shop?a=b', help: 'write "https://www.example.com/shop?a=b"' },
])('a permanent redirect to a host without a scheme is one to a path: $url', ({ url, help }) => {
  const ingress = ingressOf({ annotations: { 'permanent-redirect': url }, hosts: { 'a.io': [['/', 'web:80']] } });
  const { found } = compiled([...appOf('web', '10.0.0.1'), ingress]);
  expect(found.map(({ rule, help: given }) => [rule.name, given])).toEqual([['invalid-annotation-value', help]]);
});

test.each(['/shop', 'https://example.com', '//example.com/a', 'shop/index'])(
  'a permanent redirect is taken as it is: %s',
  url => {
    const ingress = ingressOf({ annotations: { 'permanent-redirect': url }, hosts: { 'a.io': [['/', 'web:80']] } });
    expect(compiled([...appOf('web', '10.0.0.1'), ingress]).lines).toEqual([]);
  },
);
