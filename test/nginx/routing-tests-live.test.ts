import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { app, ingress, yamlOf } from '../support/manifests.ts';
import type { Manifest } from '../support/manifests.ts';
import { freePorts } from '../support/nginx.ts';
import { serve } from '../support/serve.ts';
import type { Served } from '../support/serve.ts';
import { runWarm } from '../support/warm-bin.ts';

const site = (annotations: Readonly<Record<string, string>>, ...others: readonly Manifest[]): Promise<Served> =>
  serve(backends => {
    const all = [
      ...app(backends, 'web'),
      ...app(backends, 'cart'),
      ingress({ host: 'shop.example.com', paths: [['/', 'Prefix', 'web']] }),
      ingress({ name: 'old', host: 'old.example.com', annotations, paths: [['/', 'Prefix', 'web']] }),
      ...others,
    ];
    writeFileSync(join(folder, 'site.yaml'), yamlOf(all));
    return all;
  });

/** What shows from outside in many ways. */
const OTHERS = [
  ingress({
    name: 'forced',
    host: 'forced.example.com',
    annotations: { 'force-ssl-redirect': 'true', 'enable-cors': 'true' },
    paths: [
      ['/a', 'Prefix', 'web'],
      ['/b', 'Exact', 'cart'],
    ],
  }),
  ingress({
    name: 'expression',
    host: '*.example.com',
    annotations: { 'rewrite-target': '/$1', 'server-alias': 'alias.example.org' },
    paths: [['/v[0-9]/(.*)', 'ImplementationSpecific', 'cart']],
  }),
  ingress({
    name: 'moved',
    host: 'moved.example.com',
    annotations: { 'temporal-redirect': 'https://www.example.com/new' },
    paths: [['/', 'Prefix', 'web']],
  }),
];

let right: Served;
let wrong: Served;
let folder = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'routing-tests-live-'));
  wrong = await site({ 'permanent-redirect': 'http://www.example.com/' });
  const moved = { 'permanent-redirect': 'http://shop.example.com/news', 'permanent-redirect-code': '308' };
  right = await site(moved, ...OTHERS);
  writeFileSync(join(folder, 'tests.yaml'), TESTS);
});
afterAll(async () => {
  await Promise.all([right.stop(), wrong.stop()]);
  rmSync(folder, { recursive: true });
});

const TESTS = `tests:
  - name: the shop says which pod it is
    request: { url: "https://shop.example.com/a?b", headers: { Authorization: Bearer geheim } }
    expect: { service: shop/web, live: { status: 200, body: '"url":"/a?b"', headers: { Content-Type: application/json } } }
  - name: the old host is redirected
    request: http://old.example.com/
    expect: { status: 308, location: http://shop.example.com/news, auth: none }
  - name: the way leads to the shop
    request: http://old.example.com/
    follow: true
    expect: { not: { status: 404 }, live: { body: '"url":"/news"' } }
  - name: nobody asks for a password
    request: http://shop.example.com/
    expect: { auth: none, responseHeaders: { X-Team: null } }
  - name: only the manifests know
    request: http://shop.example.com/
    expect: { service: shop/web, uri: /, status: backend, not: { tls: none } }
  - name: somebody else
    request: { url: "http://shop.example.com/", clientIp: 192.0.2.1 }
    expect: { status: 403 }
`;

const run = ({ httpPort, httpsPort }: Served['ports'], ...words: readonly string[]) => {
  const live = ['--live', `http://127.0.0.1:${httpPort}`, '--live', `https://127.0.0.1:${httpsPort}`];
  return runWarm(['test', ...live, ...words, 'tests.yaml'], '', folder);
};

test('a server that does what is expected passes, and what nobody can see is said', async () => {
  const { code, stdout, stderr } = await run(right.ports, '--insecure', '--verbose');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.split('\n').map(line => line.replace(/^tests\.yaml:\d+:\d+ {2}/, ''))).toEqual([
    'ok  the shop says which pod it is',
    '    not seen from outside: service',
    'ok  the old host is redirected',
    'ok  the way leads to the shop',
    'ok  nobody asks for a password',
    'not seen  only the manifests know',
    '    GET http://shop.example.com/',
    '    not seen from outside: status backend, service, uri, not.tls; answer: 200',
    'not seen  somebody else',
    '    GET http://shop.example.com/',
    '    not seen from outside: the request, which comes from another clientIp; answer: the request was not sent',
    '',
    expect.stringMatching(/^4 passed, 2 not seen \(6 tests in 1 file\) at http:\/\/127\.0\.0\.1:\d+, https:/),
    '',
  ]);
});

test('what --init writes of manifests is what the server of the same manifests does', async () => {
  const { httpPort, httpsPort } = right.ports;
  const ports = ['--http-port', String(httpPort), '--https-port', String(httpsPort)];
  const words = ['test', '--init', 'site.yaml', '-o', 'today.yaml', '--force', '--quiet', ...ports];
  expect(await runWarm(words, '', folder)).toMatchObject({ code: 0 });
  const live = ['--live', `http://127.0.0.1:${httpPort}`, '--live', `https://127.0.0.1:${httpsPort}`, '--insecure'];
  const { code, stdout } = await runWarm(['test', ...live, 'today.yaml'], '', folder);
  expect({ code, failed: /\d+ failed/.exec(stdout)?.[0] }).toEqual({ code: 0, failed: undefined });
  expect(Number(/(\d+) passed/.exec(stdout)?.[1])).toBeGreaterThan(7);
});

test('a server that does something else fails with the difference', async () => {
  const { code, stdout } = await run(wrong.ports, '--insecure');
  expect(code).toBe(1);
  expect(stdout).toContain(`FAILED  the old host is redirected
    GET http://old.example.com/
    status    expected  308
              got       301 with Location http://www.example.com/
    location  expected  http://shop.example.com/news
              got       http://www.example.com/
    answer: 301 with Location http://www.example.com/
`);
  expect(stdout).toMatch(/\n2 passed, 2 failed, 2 not seen \(6 tests/);
  expect(stdout).not.toContain('geheim');
});

test('a certificate that nobody trusts ends the run, unless somebody takes any', async () => {
  const { code, stdout, stderr } = await run(right.ports);
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  expect(stderr).toMatch(/^ingress2nginx: 127\.0\.0\.1:\d+: its certificate is not trusted: .*; use --insecure\n$/);
});

test('nobody there ends the run', async () => {
  const [httpPort = 0, httpsPort = 0] = await freePorts(2);
  const { code, stdout, stderr } = await run({ httpPort, httpsPort }, '--insecure');
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  expect(stderr).toMatch(/^ingress2nginx: 127\.0\.0\.1:\d+: connection refused: nothing listens there\n$/);
});

test('a server that is silent ends the run after a time', async () => {
  const silent = createServer(socket => void socket.on('error', () => socket.destroy()));
  await new Promise<void>(done => void silent.listen(0, '127.0.0.1', done));
  const { port } = silent.address() as AddressInfo;
  const words = ['test', '--live', `http://127.0.0.1:${port}`, '--timeout', '1', '--grep', 'password', 'tests.yaml'];
  const { code, stderr } = await runWarm(words, '', folder);
  silent.close();
  expect({ code, stderr }).toEqual({ code: 3, stderr: `ingress2nginx: 127.0.0.1:${port}: no answer within 1 s\n` });
});
