import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { load } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { bandOf } from '../support/golden/chance.ts';
import { expectOutcomes } from '../support/golden/expect-outcomes.ts';
import { readRequests, requestProblems } from '../support/golden/requests.ts';
import type { Expected, GoldenRequest } from '../support/golden/requests.ts';
import { serveFolder } from '../support/golden/served.ts';
import type { ServedFolder } from '../support/golden/served.ts';
import { ingress, yamlOf } from '../support/manifests.ts';

function service(name: string, addresses: readonly string[]): readonly Readonly<Record<string, unknown>>[] {
  const metadata = { name, namespace: 'shop', labels: { 'kubernetes.io/service-name': name } };
  return [
    { apiVersion: 'v1', kind: 'Service', metadata, spec: { ports: [{ port: 80, targetPort: 8080 }] } },
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata,
      addressType: 'IPv4',
      ports: [{ name: '', port: 8080 }],
      endpoints: addresses.map(address => ({ addresses: [address] })),
    },
  ];
}

const INPUT = yamlOf([
  ...service('web', ['10.1.0.4', '10.1.0.5']),
  ...service('cart', ['10.1.0.9', '10.1.0.10']),
  ingress({
    host: 'shop.example.com',
    paths: [
      ['/', 'Prefix', 'web'],
      ['/cart', 'Prefix', 'cart'],
    ],
  }),
]);

describe('a requests.yaml is refused', () => {
  test.each([
    { name: 'without requests', yaml: 'requests: []', problem: '/requests must NOT have fewer than 1 items' },
    {
      name: 'when it expects nothing',
      yaml: 'requests: [{name: a, url: http://a/, expect: {}}]',
      problem: '/requests/0/expect must NOT have fewer than 1 properties',
    },
    {
      name: 'when it expects nothing of the headers',
      yaml: 'requests: [{name: a, url: http://a/, expect: {headers: {}}}]',
      problem: '/requests/0/expect/headers must NOT have fewer than 1 properties',
    },
    {
      name: 'with a key that nobody reads',
      yaml: 'requests: [{name: a, url: http://a/, expect: {staus: 200}}]',
      problem: '"staus"',
    },
    {
      name: 'with a header that is a number',
      yaml: 'requests: [{name: a, url: http://a/, expect: {headers: {Age: 600}}}]',
      problem: '/requests/0/expect/headers/Age must be string',
    },
    {
      name: 'with a pattern that is none',
      yaml: 'requests: [{name: a, url: http://a/, expect: {headers: {Age: {matches: "("}}}}]',
      problem: 'must match format "regex"',
    },
    { name: 'with a path alone', yaml: 'requests: [{name: a, url: /a, expect: {status: 200}}]', problem: '/url' },
    {
      name: 'with a Service that the input does not have',
      yaml: 'requests: [{name: a, url: http://a/, expect: {asked: [shop/wbe]}}]',
      problem: 'shop/wbe is not in input.yaml',
    },
    {
      name: 'with an endpoint that the input does not have',
      yaml: '{down: ["10.1.0.4:80"], requests: [{name: a, url: http://a/, expect: {status: 200}}]}',
      problem: '10.1.0.4:80 is not in input.yaml',
    },
    {
      name: 'when a name is there twice',
      yaml: 'requests: [&a {name: a, url: http://a/, expect: {status: 200}}, *a]',
      problem: 'a: is there twice',
    },
    {
      name: 'when shares are not the whole',
      yaml: 'requests: [{name: a, url: http://a/, repeat: 200, expect: {shares: {shop/web: 50, shop/cart: 40}}}]',
      problem: 'a: the shares are 90 percent together, not 100',
    },
    {
      name: 'when too few requests tell shares apart',
      yaml: 'requests: [{name: a, url: http://a/, repeat: 10, expect: {shares: {shop/web: 50, shop/cart: 50}}}]',
      problem: 'a: repeat is too small to tell 50 % for shop/web from nothing or all',
    },
    {
      name: 'when one request has to reach the same endpoint',
      yaml: 'requests: [{name: a, url: http://a/, expect: {sameEndpoint: true}}]',
      problem: 'a: sameEndpoint needs repeat',
    },
  ])('$name', ({ yaml, problem }) => {
    expect(requestProblems(load(yaml), INPUT).join('\n')).toContain(problem);
  });
});

test.each([
  { count: 200, share: 0, least: 0, most: 0 },
  { count: 200, share: 1, least: 200, most: 200 },
  { count: 30, share: 0.5, least: 1, most: 29 },
  { count: 200, share: 0.5, least: 58, most: 142 },
])('chance gives a share of $share of $count requests $least to $most', ({ count, share, least, most }) => {
  expect(bandOf(count, share)).toEqual({ least, most });
});

describe('what is not as expected fails the test:', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-requests-'));
  let served: ServedFolder;
  beforeAll(async () => {
    writeFileSync(join(folder, 'input.yaml'), INPUT);
    served = await serveFolder(folder, { down: ['10.1.0.5:8080'], requests: [] });
  });
  afterAll(async () => {
    await served.stop();
    rmSync(folder, { recursive: true });
  });

  interface Row {
    readonly name: string;
    readonly request?: Partial<GoldenRequest>;
    readonly right: Expected;
    readonly wrong: Expected;
  }

  const rows: readonly Row[] = [
    { name: 'the status', right: { status: 200 }, wrong: { status: 404 } },
    { name: 'the Service', right: { service: 'shop/web' }, wrong: { service: 'shop/cart' } },
    { name: 'that nginx answers', right: { endpoint: '10.1.0.4:8080' }, wrong: { service: null } },
    {
      name: 'the status of a Service that answers',
      request: { backends: { 'shop/web': { status: 503 } } },
      right: { status: 503, service: 'shop/web' },
      wrong: { service: 'shop/web' },
    },
    { name: 'who was asked', right: { asked: ['shop/web'] }, wrong: { asked: [] } },
    {
      name: 'an endpoint that hangs up',
      request: { backends: { 'shop/web': { closes: true } } },
      right: { status: 502, service: null, asked: ['shop/web'] },
      wrong: { status: 200 },
    },
    {
      name: 'a header',
      request: { backends: { '10.1.0.4:8080': { headers: { 'X-Shop': 'open' } } } },
      right: { headers: { 'x-shop': 'open' } },
      wrong: { headers: { 'X-Shop': 'closed' } },
    },
    {
      name: 'a pattern',
      right: { headers: { 'Content-Type': { matches: '^text/' } } },
      wrong: { headers: { 'Content-Type': { matches: '^image/' } } },
    },
    { name: 'no header', right: { headers: { 'X-Shop': null } }, wrong: { headers: { 'Content-Type': null } } },
    {
      name: 'what the endpoint sees',
      request: { bodyBytes: 5, user: 'ines:secret', cookies: { a: '1', b: '2' }, headers: { 'X-A': 'b' } },
      right: {
        seen: {
          method: 'POST',
          bodyBytes: 5,
          url: '/',
          headers: { Authorization: 'Basic aW5lczpzZWNyZXQ=', Cookie: 'a=1; b=2', 'X-A': 'b' },
        },
      },
      wrong: { seen: { bodyBytes: 4 } },
    },
    {
      name: 'the url that the endpoint sees',
      right: { seen: { url: { matches: '^/$' } } },
      wrong: { seen: { url: '/a' } },
    },
    {
      name: 'shares',
      request: { repeat: 30 },
      right: { shares: { 'shop/web': 100, 'shop/cart': 0 } },
      wrong: { shares: { 'shop/web': 50, 'shop/cart': 50 } },
    },
    {
      name: 'an endpoint that is down',
      request: { repeat: 3 },
      right: { sameEndpoint: true, endpoint: '10.1.0.4:8080' },
      wrong: { endpoint: '10.1.0.5:8080' },
    },
    {
      name: 'the same endpoint',
      request: { url: 'http://shop.example.com/cart', repeat: 100 },
      right: { shares: { '10.1.0.9:8080': 50, '10.1.0.10:8080': 50 } },
      wrong: { sameEndpoint: true },
    },
  ];

  test.each(rows)('$name', async ({ request = {}, right, wrong }) => {
    const whole = (expected: Expected): GoldenRequest => ({
      name: '',
      url: 'http://shop.example.com/',
      ...request,
      expect: expected,
    });
    const outcomes = await served.send(whole(right));
    expectOutcomes(whole(right), outcomes, served.complaints());
    expect(() => expectOutcomes(whole(wrong), outcomes, served.complaints())).toThrow();
  });

  test('a cookie comes back from the client that got it alone', async () => {
    const set = { 'shop/web': { headers: { 'Set-Cookie': 'cart=7; Path=/' } } };
    const request = { name: '', url: 'http://shop.example.com/', expect: { status: 200 } };
    await served.send({ ...request, client: 'ines', backends: set });
    const [same] = await served.send({ ...request, client: 'ines' });
    const [other] = await served.send({ ...request, client: 'tomasz' });
    expect([same?.hits.at(-1)?.lines['cookie'], other?.hits.at(-1)?.lines['cookie']]).toEqual([['cart=7'], undefined]);
  });
});

test('a folder without a requests.yaml has none', () => {
  expect(readRequests(import.meta.dirname)).toBeUndefined();
});
