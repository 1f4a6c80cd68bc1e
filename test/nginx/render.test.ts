import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { renderNginx } from '../../src/nginx/render.ts';
import { PODS, startBackends } from '../support/backends.ts';
import { ask, expectAnswer, handshake, sendRaw } from '../support/client.ts';
import { HASHES, pem } from '../support/credentials.ts';
import { checkNginx, freePorts, localNginxVersion, startNginx } from '../support/nginx.ts';
import { fromIngress, locationOf, peerOf, routingOf, serverOf, status, to, upstreamOf } from '../support/routing.ts';

import type { Pod, Backends } from '../support/backends.ts';
import type { Expected, Ports, Question } from '../support/client.ts';
import type { RunningNginx } from '../support/nginx.ts';
import type { Routing } from '../../src/routing/model.ts';

const USERS = {
  kind: 'passwords',
  id: 'shop_users',
  content: `ines:${HASHES.ines}\n`,
  from: fromIngress('shop/admin'),
} as const;
const AUTH = { basicAuth: { realm: 'costs $5', users: USERS.id } };
const REDIRECT = { tlsRedirect: { code: 308 } } as const;
const REWRITE = { rewrite: { pattern: '/api(/|$)(.*)', target: '/v1/$2', isRedirect: false } };

let backends: Backends;
let nginx: RunningNginx;
let ports: Ports;

/** All kinds of hosts in one configuration. */
function shop(listeners: Ports): Routing {
  const pod = (name: string, ...pods: readonly Pod[]) =>
    upstreamOf(name, ...pods.map(each => `${PODS[each]}:${backends.ports.http}`));
  return routingOf({
    listeners: { addresses: ['127.0.0.1'], ...listeners },
    hosts: [
      serverOf('*.apps.example.com', [locationOf('/', to('apps-blog-80'))]),
      serverOf('admin.example.com', [
        locationOf('/open/', to('shop-admin-80')),
        locationOf('/secret/', status(404, 'no rule'), AUTH),
        locationOf('~* ^/api(/|$)(.*)', to('shop-admin-80'), { ...AUTH, ...REWRITE }),
        locationOf('/', to('shop-admin-80'), AUTH),
      ]),
      serverOf('dns.example.com', [
        locationOf('~* ^/api(/|$)(.*)', to('dns-late-80'), REWRITE),
        locationOf('/', to('dns-late-80')),
      ]),
      serverOf('exact.example.com', [
        locationOf('= /a b', to('shop-cart-80')),
        locationOf('/p$a"th\\/', to('shop-web-80')),
        locationOf('/', status(503, 'no endpoints')),
      ]),
      {
        ...serverOf('shop.example.com', [
          locationOf('/cart/', to('shop-cart-80'), REDIRECT),
          locationOf('/', to('shop-web-80'), REDIRECT),
        ]),
        certificate: 'shop_tls',
      },
      serverOf('some.example.com', [
        locationOf('/.well-known/', to('shop-web-80')),
        locationOf('/', to('shop-web-80'), { tlsRedirect: { code: 302 } }),
      ]),
      serverOf('two.example.com', [locationOf('/', to('shop-two-80'))]),
    ],
    upstreams: [
      pod('apps-blog-80', 'blog'),
      {
        name: 'dns-late-80',
        peers: { kind: 'name-at-request', host: PODS.spare, port: backends.ports.http },
        policies: {},
        from: [],
      },
      pod('shop-admin-80', 'admin'),
      pod('shop-cart-80', 'cart'),
      pod('shop-two-80', 'dead', 'login'),
      pod('shop-web-80', 'web'),
    ],
    files: [{ kind: 'key-pair', id: 'shop_tls', ...pem('shop'), from: fromIngress('shop/web') }, USERS],
  });
}

beforeAll(async () => {
  backends = await startBackends();
  const [httpPort = 0, httpsPort = 0] = await freePorts(2);
  ports = { httpPort, httpsPort };
  nginx = await startNginx(renderNginx(shop(ports), { version: localNginxVersion() }), httpPort);
});

afterAll(async () => {
  await nginx.stop();
  await backends.close();
});

test('nginx has nothing to complain of', () => {
  expect(nginx.errorLog()).not.toMatch(/\[(warn|alert|emerg)\]/);
});

type Row = { readonly name: string; readonly ask: Question; readonly expected: Expected };

describe('a request', () => {
  test.each<Row>([
    {
      name: 'for an unknown host gets 404',
      ask: { host: 'unknown.example.com', path: '/' },
      expected: { status: 404, pod: null },
    },
    {
      name: 'for the health of nginx gets 200',
      ask: { host: 'unknown.example.com', path: '/healthz' },
      expected: { status: 200 },
    },
    {
      name: 'for one label below a wildcard is served',
      ask: { host: 'a-1.apps.example.com', path: '/x?y=%2F' },
      expected: { pod: 'blog', url: '/x?y=%2F' },
    },
    {
      name: 'for two labels below it is not',
      ask: { host: 'a.b.apps.example.com', path: '/' },
      expected: { status: 404 },
    },
    {
      name: 'for an exact path with a space finds it',
      ask: { host: 'exact.example.com', path: '/a%20b' },
      expected: { pod: 'cart', url: '/a%20b' },
    },
    {
      name: 'for a path of odd characters finds it',
      ask: { host: 'exact.example.com', path: '/p$a%22th%5C/x' },
      expected: { pod: 'web' },
    },
    { name: 'for nothing ready gets 503', ask: { host: 'exact.example.com', path: '/' }, expected: { status: 503 } },
    { name: 'skips a dead pod', ask: { host: 'two.example.com', path: '/' }, expected: { status: 200, pod: 'login' } },
    {
      name: 'reaches a name that is looked up late',
      ask: { host: 'dns.example.com', path: '/x%20y?z' },
      expected: { pod: 'spare', url: '/x%20y?z' },
    },
    {
      name: 'is rewritten on its way there',
      ask: { host: 'dns.example.com', path: '/api/x?z' },
      expected: { pod: 'spare', url: '/v1/x?z' },
    },
  ])('$name', async ({ ask: question, expected }) => expectAnswer(await ask(ports, question), expected));
});

describe('a redirect to HTTPS', () => {
  test.each([
    {
      name: 'keeps path and query',
      host: 'shop.example.com',
      path: '/cart/a%2Fb?x=1',
      status: 308,
      location: 'https://shop.example.com/cart/a%2Fb?x=1',
    },
    {
      name: 'drops a slash at the end',
      host: 'shop.example.com',
      path: '/cart/',
      status: 308,
      location: 'https://shop.example.com/cart',
    },
    {
      name: 'drops it from the root, too',
      host: 'shop.example.com',
      path: '/',
      status: 308,
      location: 'https://shop.example.com',
    },
    {
      name: 'names no port that is not ours',
      host: 'shop.example.com:81',
      path: '/x',
      status: 308,
      location: 'https://shop.example.com/x',
    },
    {
      name: 'does not decode a line end',
      host: 'shop.example.com',
      path: '/a%0d%0aX-Evil:%20yes',
      status: 308,
      location: 'https://shop.example.com/a%0d%0aX-Evil:%20yes',
    },
    {
      name: 'has the code of its location',
      host: 'some.example.com',
      path: '/x',
      status: 302,
      location: 'https://some.example.com/x',
    },
  ])('$name', async ({ host, path, status: code, location }) => {
    expectAnswer(await ask(ports, { host, path }), { status: code, pod: null, headers: { location } });
  });

  test('names our HTTPS port to a client that named our HTTP port', async () => {
    const answer = await ask(ports, { host: `shop.example.com:${ports.httpPort}`, path: '/x' });
    expect(answer.headers['location']).toBe(`https://shop.example.com:${ports.httpsPort}/x`);
  });

  test.each<Row>([
    {
      name: 'is not for HTTPS',
      ask: { host: 'shop.example.com', path: '/', https: true },
      expected: { pod: 'web', subject: 'shop.example.com' },
    },
    {
      name: 'spares what it should',
      ask: { host: 'some.example.com', path: '/.well-known/x' },
      expected: { pod: 'web' },
    },
  ])('$name', async ({ ask: question, expected }) => expectAnswer(await ask(ports, question), expected));
});

describe('a password', () => {
  const host = 'admin.example.com';
  const post = { method: 'POST', body: Buffer.from('x') };
  test.each<Row>([
    {
      name: 'is asked for',
      ask: { host, path: '/' },
      expected: { status: 401, pod: null, headers: { 'www-authenticate': 'Basic realm="costs $5"' } },
    },
    {
      name: 'opens',
      ask: { host, path: '/', user: 'ines' },
      expected: { status: 200, pod: 'admin', seen: { authorization: null } },
    },
    { name: 'of somebody else does not', ask: { host, path: '/', user: 'tomasz' }, expected: { status: 401 } },
    {
      name: 'stays from the backend of a rewritten path',
      ask: { host, path: '/api/x', user: 'ines' },
      expected: { url: '/v1/x', seen: { authorization: null } },
    },
    {
      name: 'goes to a backend that asks for it itself',
      ask: { host, path: '/open/', user: 'tomasz' },
      expected: { pod: 'admin', seen: { authorization: 'Basic dG9tYXN6OnppZWxvbmEtZ29yYQ==' } },
    },
    { name: 'is asked for before a 404', ask: { host, path: '/secret/x' }, expected: { status: 401 } },
    { name: 'that is right gives the 404', ask: { host, path: '/secret/x', user: 'ines' }, expected: { status: 404 } },
    {
      name: 'that is right gives it to a POST, too',
      ask: { host, path: '/secret/', user: 'ines', ...post },
      expected: { status: 404 },
    },
  ])('$name', async ({ ask: question, expected }) => expectAnswer(await ask(ports, question), expected));
});

describe('the backend sees', () => {
  const host = 'a.apps.example.com';
  const forged = {
    'X-Forwarded-For': '6.6.6.6',
    'X-Forwarded-Proto': 'https',
    'X-Forwarded-Host': 'evil.test',
    Proxy: 'http://evil.test',
  };
  test.each<Row>([
    {
      name: 'who asked, and not what they claim',
      ask: { host: `${host}:81`, path: '/', headers: forged },
      expected: {
        seen: {
          host: `${host}:81`,
          'x-real-ip': '127.0.0.1',
          'x-forwarded-for': '127.0.0.1',
          'x-forwarded-host': `${host}:81`,
          'x-forwarded-port': '80',
          'x-forwarded-proto': 'http',
          'x-forwarded-scheme': 'http',
          'x-scheme': 'http',
          'x-original-forwarded-for': '6.6.6.6',
          'x-original-forwarded-host': 'evil.test',
          'x-request-id': expect.stringMatching(/^[0-9a-f]{32}$/),
          proxy: null,
        },
      },
    },
    {
      name: 'port 443 whatever HTTPS port we have',
      ask: { host, path: '/', https: true },
      expected: {
        seen: { 'x-forwarded-port': '443', 'x-forwarded-proto': 'https' },
        headers: { 'strict-transport-security': 'max-age=31536000; includeSubDomains' },
      },
    },
    {
      name: 'the id that a client gave',
      ask: { host, path: '/', headers: { 'X-Request-ID': 'mine' } },
      expected: { seen: { 'x-request-id': 'mine' }, headers: { 'strict-transport-security': null } },
    },
  ])('$name', async ({ ask: question, expected }) => expectAnswer(await ask(ports, question), expected));

  test('the HSTS header of a backend gives way to ours', async () => {
    const steered = { headers: { 'strict-transport-security': 'max-age=1' } };
    const answer = await ask(ports, { host, path: '/', https: true, pod: steered });
    expect(answer.headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
  });

  test('connections are used again', async () => {
    const first = await ask(ports, { host, path: '/' });
    const second = await Promise.all(Array.from({ length: 4 }, () => ask(ports, { host, path: '/' })));
    expect(Math.max(...second.map(({ seen }) => seen?.connection ?? 0)) - (first.seen?.connection ?? 0)).toBeLessThan(
      12,
    );
  });
});

describe('TLS', () => {
  test.each([
    { name: 'shows the certificate of the host', servername: 'shop.example.com', subject: 'shop.example.com' },
    {
      name: 'shows the placeholder for a host without',
      servername: 'some.example.com',
      subject: 'public placeholder - not secret',
    },
    {
      name: 'shows the placeholder for an unknown host',
      servername: 'unknown.example.com',
      subject: 'public placeholder - not secret',
    },
  ])('$name', async ({ servername, subject }) => {
    expect((await handshake(ports, { servername })).subject).toBe(subject);
  });

  test('refuses the old protocols', async () => {
    const old = {
      servername: 'shop.example.com',
      maxVersion: 'TLSv1.1',
      minVersion: 'TLSv1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    } as const;
    await expect(handshake(ports, old)).rejects.toThrow(/protocol version/);
  });

  test('offers HTTP/2', async () => {
    const { connect } = await import('node:http2');
    const session = connect(`https://127.0.0.1:${ports.httpsPort}`, {
      servername: 'a.apps.example.com',
      rejectUnauthorized: false,
    });
    const request = session.request({ ':path': '/', ':authority': 'a.apps.example.com' });
    const code = await new Promise(done => void request.on('response', headers => done(headers[':status'])));
    session.destroy();
    expect(code).toBe(200);
  });
});

test('HTTP/1.0 without a host gets the default server', async () => {
  expect(await sendRaw(ports, 'GET / HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 404 /);
});

test('a handshake for a host without certificate is rejected where that is wished', async () => {
  const [httpPort = 0, httpsPort = 0] = await freePorts(2);
  const base = shop({ httpPort, httpsPort });
  const strict = await startNginx(renderNginx({ ...base, defaultCertificate: { kind: 'reject' } }, {}), httpPort);
  try {
    await expect(handshake({ httpPort, httpsPort }, { servername: 'some.example.com' })).rejects.toThrow(
      /unrecognized name/,
    );
    expect((await handshake({ httpPort, httpsPort }, { servername: 'shop.example.com' })).subject).toBe(
      'shop.example.com',
    );
  } finally {
    await strict.stop();
  }
});

test('a TCP port leads to its pods', async () => {
  const [httpPort = 0, httpsPort = 0, port = 0] = await freePorts(3);
  const stream = {
    protocol: 'TCP',
    port,
    peers: { kind: 'addresses', addresses: [peerOf(`${PODS.web}:${backends.ports.http}`)] },
    from: fromIngress('db/tcp'),
  } as const;
  const streams = [{ ...stream, acceptsProxyProtocol: false, sendsProxyProtocol: false }];
  const running = await startNginx(
    renderNginx(routingOf({ listeners: { addresses: ['127.0.0.1'], httpPort, httpsPort }, streams }), {}),
    httpPort,
  );
  try {
    expectAnswer(await ask({ httpPort: port, httpsPort }, { host: 'any', path: '/x' }), { pod: 'web', url: '/x' });
  } finally {
    await running.stop();
  }
});

test.each([
  { name: '600 hosts', hosts: Array.from({ length: 600 }, (_, index) => `host-${index}.example.com`) },
  {
    name: 'a host of 253 letters',
    hosts: [
      `${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(9)}`,
      'x.example.com',
    ],
  },
  {
    name: 'a wildcard of 253 letters',
    hosts: [
      `*.${'a'.repeat(59)}.${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(8)}`,
      'x.example.com',
    ],
  },
])('nginx loads $name without a warning', ({ hosts }) => {
  const upstreams = [upstreamOf('shop-web-80', '10.0.0.1:80')];
  const routing = routingOf({
    hosts: hosts.map(host => serverOf(host, [locationOf('/', to('shop-web-80'))])),
    upstreams,
  });
  const { stderr } = checkNginx(renderNginx(routing, { version: localNginxVersion() }));
  expect(stderr.replaceAll(/ \S*nginx\.conf/g, '')).toBe(
    'nginx: the configuration file syntax is ok\nnginx: configuration file test is successful\n',
  );
});
