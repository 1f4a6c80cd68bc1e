import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { ingress, service, yamlOf } from '../support/manifests.ts';
import { runWarm } from '../support/warm-bin.ts';

const site = (cart: string, annotations: Readonly<Record<string, string>> = {}): string =>
  yamlOf([
    ...['web', 'cart'].map(name => service(name, [{ number: 80, pod: 8080 }], { clusterIP: '10.0.0.7' })),
    ingress({
      host: 'shop.example.com',
      annotations,
      paths: [
        ['/', 'Prefix', 'web'],
        ['/cart', 'Prefix', cart],
      ],
    }),
  ]);

const TESTS = `manifests: [../manifests]
tests:
  - name: the cart has a Service of its own
    request: GET http://shop.example.com/cart/1?x=1
    expect: { service: shop/cart:80, uri: /cart/1?x=1 }
  - name: the rest goes to the shop
    request: GET http://shop.example.com/
    expect: { service: shop/web, not: { auth: required } }
`;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'routing-tests-'));
  for (const name of ['.git', 'manifests', 'tests']) mkdirSync(join(folder, name));
  write('manifests/shop.yaml', site('cart'));
  write('tests/shop.yaml', TESTS);
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const run = (words: readonly string[], stdin = '') => runWarm(['test', ...words], stdin, folder);

test('tests that pass end with 0, and manifests are found from the folder of their file', async () => {
  const { code, stdout, stderr } = await run(['tests/shop.yaml']);
  expect({ code, stdout }).toEqual({ code: 0, stdout: '2 passed (2 tests in 1 file)\n' });
  expect(stderr).toMatch(/^1 Ingress .*\n$/);
});

test('a change of a manifest fails with the difference, the step and its place', async () => {
  write('manifests/shop.yaml', site('web'));
  const { code, stdout } = await run(['tests/shop.yaml']);
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /^tests\/shop\.yaml:3:5 {2}FAILED {2}the cart has a Service of its own\n {4}GET http:\/\/shop\.example\.com\/cart\/1\?x=1\n {4}service {2}expected {2}shop\/cart:80\n {13}got {7}shop\/web:80\n/,
  );
  expect(stdout).toMatch(
    /\n {4}location: the prefix \/cart\/.*\n(?: {6}.*\n)* {6}by Ingress shop\/shop {2}manifests\/shop\.yaml:\d+:\d+\n/,
  );
  expect(stdout).toMatch(/\n1 passed, 1 failed \(2 tests in 1 file\)\n$/);
});

test('the annotation behind a difference is named with its line', async () => {
  write('manifests/shop.yaml', site('cart', { 'force-ssl-redirect': 'true' }));
  const { stdout } = await run(['tests/shop.yaml', '--grep', 'rest']);
  expect(stdout).toMatch(/by Ingress shop\/shop, annotation force-ssl-redirect {2}manifests\/shop\.yaml:\d+:\d+/);
  expect(stdout).not.toContain('the cart');
});

test('manifests can come from elsewhere, also from a pipe', async () => {
  expect(await run(['--input', '-', 'tests/shop.yaml'], site('web'))).toMatchObject({ code: 1 });
  expect(await run(['--input', 'manifests/shop.yaml', 'tests/shop.yaml'])).toMatchObject({ code: 0 });
});

test('all mistakes of all files are said at once, with their places, and nothing is run', async () => {
  write('tests/a.yaml', 'tests:\n  - request: GET shop.example.com/\n    expect: { servce: a }\n');
  write('tests/b.yaml', 'manifests: [../../elsewhere, /etc]\ntests: []\n');
  const { code, stdout, stderr } = await run(['tests/a.yaml', 'tests/b.yaml', 'tests/none.yaml', 'tests']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr.split('\n').map(line => /^error: (\S+): /.exec(line)?.[1])).toEqual([
    'tests/a.yaml:2:14',
    'tests/a.yaml:3:15',
    'tests/b.yaml:1:13',
    'tests/b.yaml:1:30',
    'tests/b.yaml:2:8',
    'tests/none.yaml:1:1',
    'tests:1:1',
    undefined,
  ]);
});

test.each([
  { name: 'no file', words: [], says: /no files of tests/ },
  { name: 'no manifests', words: ['tests/alone.yaml'], says: /^error: tests\/alone\.yaml:1:1: no manifests to test/ },
  {
    name: 'manifests that are not there',
    words: ['--input', 'gone', 'tests/shop.yaml'],
    says: /"gone" does not exist/,
  },
  {
    name: 'a name that no test has',
    words: ['--grep', 'xyz', 'tests/shop.yaml'],
    says: /no test has "xyz" in its name/,
  },
  {
    name: 'a format that is none',
    words: ['--format', 'sarif', 'tests/shop.yaml'],
    says: /pretty, tap, junit, github, json/,
  },
  {
    name: 'an address without scheme',
    words: ['--live', 'a:80', 'tests/shop.yaml'],
    says: /http:\/\/a:80 or https:\/\/a:80/,
  },
  {
    name: 'an address of the other scheme',
    words: ['--live', 'https://a', 'tests/shop.yaml'],
    says: /give --live http:\/\/HOST:PORT/,
  },
  {
    name: 'a file that is there',
    words: ['--init', 'manifests', '-o', 'tests/shop.yaml'],
    says: /use --force to replace it/,
  },
  {
    name: 'a manifest in place of which tests would be written',
    words: ['--init', 'manifests', '-o', 'manifests/shop.yaml', '--force'],
    says: /--output: "manifests\/shop\.yaml" was read as input/,
  },
  {
    name: 'a report in place of a manifest',
    words: ['--format', 'junit=manifests/shop.yaml', 'tests/shop.yaml'],
    says: /--format: "manifests\/shop\.yaml" was read as input/,
  },
  {
    name: 'a report in place of a file of tests',
    words: ['--format', 'junit=tests/shop.yaml', 'tests/shop.yaml'],
    says: /--format: "tests\/shop\.yaml" was read as input/,
  },
  { name: 'a file for nothing', words: ['-o', 'a.yaml', 'tests/shop.yaml'], says: /--output needs --init/ },
])('$name is wrong usage', async ({ words, says }) => {
  write('tests/alone.yaml', TESTS.replace(/^manifests.*\n/, ''));
  const { code, stdout, stderr } = await run(words);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(says);
});

test('manifests with errors fail, though all tests pass', async () => {
  write('manifests/broken.yaml', 'kind: Ingress\napiVersion: networking.k8s.io/v1\nmetadata: { name: a }\nspec: 1\n');
  const { code, stdout, stderr } = await run(['tests/shop.yaml']);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '2 passed (2 tests in 1 file)\n' });
  expect(stderr).toMatch(/manifests\/broken\.yaml:4:7 {2}error/);
  expect(await run(['--fail-on', 'never', 'tests/shop.yaml'])).toMatchObject({ code: 0 });
});

test('what only a running server shows does not pass without one', async () => {
  write('tests/live.yaml', TESTS.replaceAll(/expect: .*/g, 'expect: { live: { status: 200 } }'));
  const { code, stdout } = await run(['tests/live.yaml']);
  expect(code).toBe(1);
  expect(stdout).toContain('not seen in manifests: live; it needs a running server (--live)\n');
  expect(stdout).toMatch(/\n2 not seen \(2 tests in 1 file\)\n$/);
});

test('paths of a config file are manifests, and no files of tests', async () => {
  write('.ingress2nginx.yaml', 'paths: [manifests]\n');
  expect(await run([])).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^error: no files of tests\n/) as string,
  });
  expect((await run(['--init'])).stdout).toContain('manifests:\n  - manifests\n');
});

test('several formats are written at once, each to its file', async () => {
  const words = ['tap', 'junit', 'json'].flatMap(format => ['--format', `${format}=out.${format}`]);
  const { code, stdout } = await run([...words, '--format', 'pretty', 'tests/shop.yaml']);
  expect({ code, stdout }).toEqual({ code: 0, stdout: '2 passed (2 tests in 1 file)\n' });
  const written = (name: string): string => readFileSync(join(folder, name), 'utf8');
  expect(written('out.tap')).toMatch(/^TAP version 14\n1\.\.2\nok 1 - the cart/);
  expect(written('out.junit')).toContain('<testcase name="the rest goes to the shop" classname="tests/shop.yaml"');
  expect(JSON.parse(written('out.json'))).toMatchObject({ summary: { passed: 2, failed: 0, notSeen: 0 } });
});

test('what --init writes says which flags it was made with', async () => {
  const flags = ['--http-port', '8080', '--backend-address', 'pod', '--no-enable-ssl-passthrough'];
  const { stdout } = await run(['--init', 'manifests', ...flags]);
  const words = '--backend-address pod --http-port 8080 --no-enable-ssl-passthrough';
  expect(stdout).toContain(`\n# Run by: ingress2nginx test FILE ${words}\n`);
  expect((await run(['--init', 'manifests'])).stdout).not.toContain('# Run by');
});

test('what --init writes passes at once, and fails when a route changes', async () => {
  const written = await run(['--init', 'manifests', '-o', 'tests/today.yaml']);
  expect(written).toMatchObject({ code: 0, stdout: '' });
  expect(written.stderr).toMatch(/^\d+ tests written to tests\/today\.yaml\n/);
  const text = readFileSync(join(folder, 'tests/today.yaml'), 'utf8');
  expect(text).toContain('manifests:\n  - "../manifests"\ntests:\n');
  expect(text).toContain(`
  - name: http://shop.example.com/ goes to shop/web:80
    request: GET http://shop.example.com/
    expect:
      service: shop/web:80
      ingress: shop/shop
      uri: /
`);
  expect(await run(['tests/today.yaml'])).toMatchObject({ code: 0 });
  expect((await run(['--init', 'manifests'])).stdout).toBe(text.replace('"../manifests"', 'manifests'));
  write('manifests/shop.yaml', site('web'));
  const { code, stdout } = await run(['tests/today.yaml']);
  expect(code).toBe(1);
  expect(stdout).toContain('FAILED  http://shop.example.com/cart goes to shop/cart:80\n');
});
