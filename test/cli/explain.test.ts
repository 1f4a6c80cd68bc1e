import { readFileSync } from 'node:fs';

import { Ajv } from 'ajv';
import { expect, test } from 'vitest';

import { ingress, service, yamlOf } from '../support/manifests.ts';
import { runWarm } from '../support/warm-bin.ts';

const MANIFESTS = yamlOf([
  service('web', [{ number: 80, pod: 8080 }], { clusterIP: '10.0.0.7' }),
  service('next', [{ number: 80, pod: 8080 }], { clusterIP: '10.0.0.8' }),
  ingress({
    name: 'web',
    host: 'shop.example.com',
    annotations: { 'ssl-redirect': 'true', 'force-ssl-redirect': 'true', 'rewrite-target': '/new/$1' },
    paths: [['/old/(.*)', 'ImplementationSpecific', 'web']],
  }),
  ingress({
    name: 'canary',
    host: 'shop.example.com',
    annotations: { canary: 'true', 'canary-weight': '25' },
    paths: [['/old/(.*)', 'ImplementationSpecific', 'next']],
  }),
  ingress({
    name: 'loop',
    host: 'loop.example.com',
    annotations: { 'permanent-redirect': 'http://loop.example.com/again' },
    paths: [['/', 'Prefix', 'web']],
  }),
  ingress({
    name: 'away',
    host: 'away.example.com',
    annotations: { 'temporal-redirect': 'https://elsewhere.example.net/' },
    paths: [['/', 'Prefix', 'web']],
  }),
]);

function explain(...words: readonly string[]) {
  return runWarm(['explain', ...words, '-'], MANIFESTS);
}

test('a backend answers: exit code 0, with the URI that it gets, and where all of it is written', async () => {
  const run = await explain('https://shop.example.com/old/a%20b?x=1');
  expect(run.code).toBe(0);
  expect(run.stdout).toMatch(
    /^backend {2}GET https:\/\/shop\.example\.com\/old\/a%20b\?x=1: .*shop\/web:80 \(75 %\), or .*shop\/next:80 \(25 %\), which gets \/new\/a%20b\?x=1\n/,
  );
  expect(run.stdout).toMatch(/Ingress shop\/web, annotation rewrite-target {2}<stdin>:\d+:\d+\n/);
});

test('nobody answers: exit code 1, and what would have to be there', async () => {
  const run = await explain('GET', 'https://shop.example.com/else');
  expect(run.code).toBe(1);
  expect(run.stdout.split('\n').slice(0, 5).join('\n')).toMatch(/^404 {2}.*\n(?:.*\n)*? {2}help: Add a path to a rule/);
});

test('a URL without a scheme is one of http, and that is said', async () => {
  const run = await explain('shop.example.com/old/a');
  expect(run).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/^308 {2}GET http:\/\/shop\.example\.com\/old\/a: /),
  });
  expect(run.stderr).toContain('the URL names no scheme: http:// is assumed');
});

test.each([
  {
    name: 'another one is taken for a way to that of the scheme',
    url: 'http://shop.example.com:9999/old/a',
    says: /\n\? listener {2}port 80, plain HTTP\n +the URL names port 9999, on which nginx does not listen here \(80 and 443\): taken as plain HTTP\n/,
  },
  {
    name: 'plain HTTP at the port of HTTPS is 400',
    url: 'http://shop.example.com:443/old/a',
    says: /^400 .*plain HTTP was sent to port 443, which takes HTTPS\n {2}help: Write https:\/\/ for port 443, or name port 80\n/,
  },
  {
    name: 'TLS at the port of HTTP is closed',
    url: 'https://shop.example.com:80/old/a',
    says: /^closed .*a TLS handshake was sent to port 80, which takes plain HTTP\n/,
  },
])('the port of the URL: $name', async ({ url, says }) => {
  expect(await explain(url)).toMatchObject({ code: 1, stdout: expect.stringMatching(says) });
});

test.each([
  { name: 'to a backend', url: 'http://shop.example.com/old/a', code: 0, says: /^1 redirect: \S+ -> https:\S+\n/ },
  { name: 'around a loop', url: 'http://loop.example.com/', code: 1, says: /^2 redirects: .*: the redirects loop\n/ },
  { name: 'away', url: 'http://away.example.com/', code: 1, says: /^1 redirect: .* not in the manifests\n/ },
])('with --follow, a client is followed $name', async ({ url, code, says }) => {
  const run = await explain('--follow', url);
  expect(run).toMatchObject({ code, stdout: expect.stringMatching(says) });
});

test('findings about other hosts are counted, and do not bury the answer', async () => {
  const made = (name: string) =>
    ingress({
      name,
      host: `${name}.example.com`,
      annotations: { 'proxy-body-size': 'much' },
      paths: [['/', 'Prefix', 'web']],
    });
  const text = yamlOf([service('web', [{ number: 80, pod: 8080 }]), made('one'), made('two'), made('three')]);
  const words = ['explain', '--follow', 'http://one.example.com/', '-'];
  const few = await runWarm(words, text);
  expect(few.stderr).toMatch(/^2 findings about other hosts: lint shows them, and --verbose$/m);
  const all = await runWarm([...words, '--verbose'], text);
  expect(all.stderr).not.toContain('about other hosts');
  const places = (stderr: string): number => stderr.match(/^<stdin>:\d+:\d+ /gm)?.length ?? 0;
  expect(places(all.stderr)).toBe(places(few.stderr) + 2);
  expect(all.code).toBe(few.code);
});

test('findings about other hosts count for --fail-on', async () => {
  const other = ingress({
    name: 'other',
    host: 'other.example.com',
    annotations: { 'proxy-body-size': 'much' },
    paths: [['/', 'Prefix', 'web']],
  });
  const text = `${MANIFESTS}---\n${yamlOf([other])}`;
  const words = ['explain', '--follow', 'http://shop.example.com/old/a', '-'];
  const plain = await runWarm(words, text);
  expect(plain).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('2 findings about other hosts: lint shows them'),
  });
  expect(await runWarm([...words, '--fail-on', 'warning'], text)).toMatchObject({ code: 1 });
});

const UNRENDERED = `${MANIFESTS}---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: {{ .Values.name }}\n`;

test('what could not be read is said before any help, since the answer may be another one', async () => {
  const text = await runWarm(['explain', 'http://else.example.com/', '-'], UNRENDERED);
  expect(text.stdout).toMatch(
    /^404 {2}.*\n {2}incomplete: <stdin>:\d+:10 could not be read \(I2N107 broken-yaml\): the answer may be another one\n {2}help: /,
  );
  const json = await runWarm(['explain', 'http://else.example.com/', '--format', 'json', '-'], UNRENDERED);
  const found: unknown = JSON.parse(json.stdout);
  expect(problemsOf(found)).toBeNull();
  expect(found).toMatchObject({ incomplete: [{ file: '<stdin>', column: 10, rule: 'I2N107', name: 'broken-yaml' }] });
});

/** By the schema. */
function problemsOf(found: unknown) {
  const schema = readFileSync(new URL('../../docs/schemas/explain.json', import.meta.url), 'utf8');
  const validate = new Ajv({ allErrors: true, strict: false }).compile(JSON.parse(schema) as object);
  validate(found);
  return validate.errors;
}

test('JSON holds the same, as its schema says', async () => {
  const run = await explain('--follow', '--format', 'json', '--client-ip', '10.1.2.3', 'http://shop.example.com/old/a');
  const found: unknown = JSON.parse(run.stdout);
  expect(problemsOf(found)).toBeNull();
  expect(found).not.toHaveProperty('incomplete');
  const choices = [{ service: 'shop/web:80', percent: 75, uri: '/new/a' }, { percent: 25 }];
  expect(found).toMatchObject({
    formatVersion: 1,
    end: 'answered',
    explanations: [{ outcome: { kind: 'answer', status: 308 } }, { outcome: { kind: 'backend', choices } }],
  });
});

test.each([
  { name: 'nothing', words: [], says: /no URL: write explain/ },
  { name: 'a method without a URL', words: ['GET'], says: /no URL after GET/ },
  { name: 'a method in lower case', words: ['get', 'http://a.b/', 'src'], says: /"get" is no method: write GET/ },
  {
    name: 'a method behind the URL',
    words: ['http://a.b/', 'POST', 'src'],
    says: /the method goes before the URL: write POST http:\/\/a\.b\//,
  },
  {
    name: 'a folder without a URL',
    words: ['src'],
    says: /src is a folder: which URL\? write https:\/\/HOST\/PATH src/,
  },
  { name: 'a folder before the URL', words: ['src', 'http://a.b/'], says: /src is a folder: which URL\?/ },
  { name: 'a fragment', words: ['http://shop.example.com/#a'], says: /has a fragment/ },
  { name: 'another scheme', words: ['ftp://shop.example.com/'], says: /is neither http:\/\/ nor https:\/\// },
  { name: 'a header without a colon', words: ['-H', 'X', 'http://a.b/'], says: /Write 'Name: value'/ },
  { name: 'a header of two lines', words: ['-H', 'X: a\nY: b', 'http://a.b/'], says: /A header has one line/ },
  { name: 'a cookie without a value', words: ['--cookie', 'a', 'http://a.b/'], says: /Write name=value/ },
  { name: 'a client that is no address', words: ['--client-ip', 'me', 'http://a.b/'], says: /IPv4 or IPv6/ },
])('$name is wrong usage', async ({ words, says }) => {
  const run = await runWarm(['explain', ...words], MANIFESTS);
  expect(run).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(says) });
});

test('text of manifests and of the command line cannot write to the terminal', async () => {
  const annotations = { 'auth-type': 'basic', 'auth-realm': 'a\u001B[2J', 'auth-secret': 'users\u001B[2J' };
  const paths = [['/\u001B]0;a', 'Exact', 'web']] as const;
  const run = await runWarm(
    ['explain', 'http://shop.example.com/x?\u202Ey', '-'],
    yamlOf([ingress({ host: 'shop.example.com', annotations, paths })]),
  );
  expect(run.code).toBe(1);
  for (const sign of ['\u001B', '\u202E']) expect(run.stdout).not.toContain(sign);
});
