import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { runWarm } from '../support/warm-bin.ts';
import { ingress, ingressClass, service, yamlOf } from '../support/manifests.ts';

const WEB = service('web', [{ number: 80, pod: 8080 }], { clusterIP: '10.0.0.7' });
const shop = (rest: Parameters<typeof ingress>[0] = {}) =>
  ingress({ host: 'shop.example.com', paths: [['/', 'Prefix', 'web']], ...rest });
const GOOD = yamlOf([WEB, shop()]);

/** What a render of GOOD writes; made once, since most of these tests begin with it. */
let goodOutput = '';
let home = '';
let out = '';
let hostsFile = '';

beforeAll(async () => {
  goodOutput = mkdtempSync(join(tmpdir(), 'i2n-withheld-'));
  await runWarm(['render', '-', '-o', goodOutput], GOOD);
});
afterAll(() => rmSync(goodOutput, { recursive: true }));

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'i2n-withhold-'));
  [out, hostsFile] = [join(home, 'out'), join(home, 'hosts')];
  writeFileSync(hostsFile, '127.0.0.1 localhost\n');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** Something is served already. */
const served = (): void => cpSync(goodOutput, out, { recursive: true });
const conf = (): string => readFileSync(join(out, 'nginx.conf'), 'utf8');
const render = (text: string, ...words: readonly string[]) => runWarm(['render', '-', '-o', out, ...words], text);
const hosts = (text: string, ...words: readonly string[]) =>
  runWarm(['hosts', '--address', '127.0.0.1', '--hosts-file', hostsFile, '--write', ...words], text);

const REFUSED = `${yamlOf([WEB])}\n---\n${yamlOf([shop()]).replace('Prefix', 'Sideways')}`;
const REFUSED_WITHOUT_HOST = REFUSED.replace(/"host": "[^"]*",/, '');

/** Inputs that turn out to serve nothing, and what is said of them. */
const EMPTY: readonly {
  readonly name: string;
  readonly text: string;
  readonly flags: readonly string[];
  says: RegExp;
}[] = [
  {
    name: 'a List without items',
    text: 'apiVersion: v1\nkind: List\nitems: []\n',
    flags: [],
    says: /the input contains no Ingress; use --allow-empty/,
  },
  {
    name: 'a JSON List without items',
    text: '{"apiVersion": "v1", "kind": "List", "items": [], "metadata": {"resourceVersion": ""}}',
    flags: [],
    says: /the input contains no Ingress/,
  },
  {
    name: 'an IngressList without items',
    text: 'apiVersion: networking.k8s.io/v1\nkind: IngressList\nitems: []\n',
    flags: [],
    says: /the input contains no Ingress/,
  },
  {
    name: 'Ingresses of another class',
    text: yamlOf([WEB, shop({ className: 'internal' })]),
    flags: [],
    says: /1 Ingress skipped \(other ingress class\)/,
  },
  { name: 'other kinds only', text: yamlOf([WEB]), flags: [], says: /the input contains no Ingress/ },
  {
    name: 'values of a chart instead of its templates',
    text: 'replicas: 2\nimage: {tag: "1"}\n',
    flags: [],
    says: /the input contains no Ingress/,
  },
  {
    name: 'nothing but refused Ingresses without host',
    text: REFUSED_WITHOUT_HOST,
    flags: ['--on-error', 'isolate'],
    says: /no Ingress in the input can be served/,
  },
];

describe('what serves nothing does not replace what serves something', () => {
  test.each(EMPTY)('render -o: $name', async ({ text, flags, says }) => {
    served();
    const before = conf();
    const run = await render(text, ...flags);
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(says);
    expect(run.stderr).toContain(`nothing was written to ${out}: `);
    expect(conf()).toBe(before);
    const quiet = await render(text, '--quiet', ...flags);
    expect(quiet.code).toBe(1);
    expect(quiet.stderr).toMatch(says);
  });

  test.each(EMPTY)('render -o --allow-empty: $name', async ({ text, flags }) => {
    served();
    const before = conf();
    await render(text, '--allow-empty', ...flags);
    expect(conf()).not.toBe(before);
  });

  test.each(EMPTY)('hosts --write: $name', async ({ text, flags }) => {
    await hosts(GOOD);
    const before = readFileSync(hostsFile, 'utf8');
    const run = await hosts(text, ...flags);
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/no host in the input .* use --allow-empty/);
    expect(readFileSync(hostsFile, 'utf8')).toBe(before);
    await hosts(text, '--allow-empty', ...flags);
    expect(readFileSync(hostsFile, 'utf8')).toBe('127.0.0.1 localhost\n');
  });

  test('an empty pipe is taken as it is with --allow-empty, and only then', async () => {
    served();
    expect((await render('')).code).toBe(1);
    expect(conf()).toContain('server_name shop.example.com;');
    const run = await render('', '--allow-empty');
    expect(run.code).toBe(0);
    expect(conf()).not.toContain('server_name shop.example.com;');
  });

  test('where nothing stood, nothing is lost: it is written, and said', async () => {
    const run = await render('apiVersion: v1\nkind: List\nitems: []\n');
    expect(run.code).toBe(0);
    expect(run.stderr).toMatch(/no-ingress .*\n.*help: .*context and the namespace of kubectl/);
    const again = await render('apiVersion: v1\nkind: List\nitems: []\n');
    expect(again.code).toBe(0);
  });

  test('an IngressClass without an Ingress says that there are none any more', async () => {
    served();
    const before = conf();
    const run = await render(yamlOf([ingressClass('nginx', 'k8s.io/ingress-nginx')]));
    expect(run.code).toBe(0);
    expect(run.stderr).toContain('I2N206');
    expect(conf()).not.toBe(before);
  });

  test('a Service that lost its pods is no reason to keep the old state', async () => {
    served();
    const labels = { 'kubernetes.io/service-name': 'web' };
    const metadata = { name: 'web-1', namespace: 'shop', labels };
    const nobody = {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata,
      addressType: 'IPv4',
      endpoints: [],
    };
    const run = await render(yamlOf([WEB, shop(), nobody]));
    expect(run.code).toBe(0);
    expect(conf()).toContain('return 503');
  });
});

describe('what is refused is closed rather than left as it was', () => {
  test.each([
    ['the only Ingress', REFUSED],
    ['the only Ingress, which is there twice', `${GOOD}---\n${yamlOf([shop({ annotations: { a: 'b' } })])}`],
  ])('%s', async (_, text) => {
    served();
    const run = await render(text, '--on-error', 'isolate');
    expect(run.code).toBe(1);
    expect(run.stderr).not.toContain('nothing was written');
    expect(conf()).toContain('server_name shop.example.com;');
    expect(conf()).toContain('location / { return 503; }');
  });

  test('but not without --on-error isolate', async () => {
    served();
    const before = conf();
    expect((await render(REFUSED)).code).toBe(1);
    expect(conf()).toBe(before);
  });
});

describe('what kubectl says instead of manifests', () => {
  test.each([
    `error: the server doesn't have a resource type "endpointslice"`,
    'Error from server (Forbidden): ingresses.networking.k8s.io is forbidden: User "dev" cannot list resource',
    'Error from server (NotFound): namespaces "shop" not found\n',
    'Unable to connect to the server: dial tcp: lookup k8s.example.com: no such host',
    'The connection to the server localhost:8080 was refused - did you specify the right host or port?',
    'error: You must be logged in to the server (Unauthorized)\n',
    'No resources found in shop namespace.\n',
    'No resources found\n',
    'E1125 13:40:01.123456   1234 memcache.go:265] couldn\'t get current server API group list: Get "https://k8s"\nUnable to connect to the server: EOF\n',
  ])('is one finding that says so: %s', async text => {
    served();
    const before = conf();
    const run = await render(text, '--on-error', 'isolate', '--format', 'compact');
    expect(run.code).toBe(1);
    expect(run.stderr.match(/I2N\d+/g)).toEqual(['I2N180']);
    expect(run.stderr).toContain('kubectl');
    expect(conf()).toBe(before);
    rmSync(out, { recursive: true });
    expect((await render(text)).code).toBe(1);
    expect(existsSync(out)).toBe(false);
  });

  test('beside manifests it is an error as well: a part of the cluster is missing', async () => {
    const path = join(home, 'services.yaml');
    writeFileSync(path, 'error: the server could not find the requested resource\n');
    writeFileSync(join(home, 'shop.yaml'), GOOD);
    const run = await runWarm(['render', home, '-o', out, '--format', 'compact']);
    expect({ code: run.code, found: run.stderr.match(/I2N\d+/g) }).toEqual({ code: 1, found: ['I2N180'] });
    expect(existsSync(out)).toBe(false);
  });

  test.each(['error: none\nwarning: none\n', 'error:\n  title: Not found\n'])(
    'a text with other keys is no message of kubectl: %j',
    async text => {
      const run = await runWarm(['render', '--format', 'compact'], `${GOOD}\n---\n${text}`);
      expect(run.stderr).not.toContain('I2N180');
    },
  );
});

describe('what would serve the rest is said where there is a rest', () => {
  const ADVICE = 'use --on-error isolate to leave out the invalid Ingresses';
  const BAD = yamlOf([shop()]).replace('Prefix', 'Sideways');
  test.each([
    { name: 'a message alone', text: 'No resources found\n' },
    { name: 'an error of the API server', text: '{"kind":"Status","status":"Failure","message":"Unauthorized"}' },
    { name: 'the only Ingress', text: `${yamlOf([WEB])}\n---\n${BAD}` },
    {
      name: 'an Ingress beside one of another class',
      text: `${yamlOf([WEB, shop({ name: 'x', className: 'y' })])}\n---\n${BAD}`,
    },
  ])('not with $name', async ({ text }) => {
    const run = await render(text);
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/^nothing was written to \S+$/m);
    expect(run.stderr).not.toContain(ADVICE);
  });

  test('with an Ingress beside it', async () => {
    const run = await render(`${GOOD}\n---\n${BAD.replace('name: web', 'name: other')}`);
    expect(run.stderr).toContain(`nothing was written to ${out}; ${ADVICE}`);
  });

  test('not where --fail-on holds back what is left', async () => {
    const other = yamlOf([ingress({ name: 'b', host: 'b.example.com', paths: [['/', 'Prefix', 'none']] })]);
    const text = `${GOOD}\n---\n${BAD.replace('name: web', 'name: other')}\n---\n${other}`;
    expect((await render(text)).stderr).toContain(ADVICE);
    expect((await render(text, '--fail-on', 'warning')).stderr).not.toContain(ADVICE);
  });
});

describe('one cause is one finding where nothing is served', () => {
  const found = (stderr: string): readonly string[] => stderr.match(/I2N\d+/g) ?? [];

  test('a folder without manifests', async () => {
    const run = await runWarm(['render', home, '-o', out, '--format', 'compact']);
    expect({ code: run.code, found: found(run.stderr) }).toEqual({ code: 1, found: ['I2N106'] });
    expect(run.stderr).toContain(`"${home}" contains no .yaml, .yml or .json file`);
    const allowed = await runWarm(['render', home, '-o', out, '--format', 'compact', '--allow-empty']);
    expect({ code: allowed.code, found: found(allowed.stderr) }).toEqual({ code: 0, found: ['I2N105'] });
  });

  test.each([
    [
      'without a class',
      [shop({ className: null })],
      /the only Ingress has no ingress class\n[^]*help: .*ingressClassName.*--watch-ingress-/,
      '1 Ingress skipped (no ingress class)',
    ],
    [
      'with another class',
      [shop({ className: 'x' })],
      /the only Ingress has another ingress class\n[^]*help: .*--ingress-class$/m,
      '1 Ingress skipped (other ingress class)',
    ],
    [
      'of both kinds',
      [shop({ className: 'x' }), shop({ name: 'b', className: null })],
      /2 Ingresses have other ingress classes, or none/,
      '2 Ingresses skipped (other ingress class, or none)',
    ],
  ])('Ingresses %s', async (_, ingresses, says, skipped) => {
    const run = await render(yamlOf([WEB, ...ingresses]));
    expect(found(run.stderr)).toEqual(['I2N206']);
    expect(run.stderr).toMatch(says);
    expect(run.stderr).toContain(skipped);
  });
});

/** A Service that nobody has is a warning. */
const DUBIOUS = yamlOf([WEB, shop(), ingress({ name: 'b', host: 'b.example.com', paths: [['/', 'Prefix', 'none']] })]);

describe('--fail-on warning holds back', () => {
  test('render -o: nothing is written', async () => {
    const run = await render(DUBIOUS, '--fail-on', 'warning');
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/^nothing was written to .*: 1 warning with --fail-on warning$/m);
    expect(existsSync(out)).toBe(false);
  });

  test('render to stdout: nothing is printed', async () => {
    const run = await runWarm(['render', '--fail-on', 'warning'], DUBIOUS);
    expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 1, stdout: '' });
  });

  test('with isolate, too', async () => {
    const run = await render(DUBIOUS, '--fail-on', 'warning', '--on-error', 'isolate');
    expect(run.code).toBe(1);
    expect(existsSync(out)).toBe(false);
  });

  test('what lies in the output folder is a warning as well', async () => {
    served();
    writeFileSync(join(out, 'nginx.conf'), '# by hand\n');
    const flags = ['--fail-on', 'warning', '--backend-address', 'cluster-ip'];
    const run = await render(GOOD, ...flags);
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/nothing was written .*: 1 warning with --fail-on warning/);
    expect(conf()).toBe('# by hand\n');
  });

  test('hosts --write: nothing is written', async () => {
    const text = `${GOOD}\n---\na: 1\na: 2\n`;
    const run = await hosts(text, '--fail-on', 'warning');
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/^nothing was written: \d warnings? with --fail-on warning$/m);
    expect(readFileSync(hostsFile, 'utf8')).toBe('127.0.0.1 localhost\n');
  });

  test('--quiet shows what fails the run, and nothing else', async () => {
    const run = await render(DUBIOUS, '--fail-on', 'warning', '--quiet', '--format', 'compact');
    const [finding, ...rest] = run.stderr.split('\n');
    expect(finding).toMatch(/: warning: .*\[I2N\d+ [\w-]+\]$/);
    expect(rest).toEqual([`nothing was written to ${out}: 1 warning with --fail-on warning`, '']);
    const listed = await runWarm(['routes', '--fail-on', 'warning', '--quiet'], DUBIOUS);
    expect(listed).toMatchObject({ code: 1, stderr: expect.stringMatching(/^.*warning {2}I2N/) as string });
    expect((await runWarm(['routes', '--quiet'], DUBIOUS)).stderr).toBe('');
    expect((await runWarm(['routes', '--fail-on', 'never', '--quiet'], DUBIOUS)).stderr).toBe('');
  });

  test.each(['note', 'info'])('notes count with --fail-on %s', async threshold => {
    const run = await render(yamlOf([shop()]), '--fail-on', threshold, '--quiet');
    expect(run.stderr).toMatch(/^nothing was written .* with --fail-on note$/m);
  });

  test('errors alone are the business of --on-error', async () => {
    const run = await render(
      `${GOOD}\n---\nkind: [`,
      '--fail-on',
      'warning',
      '--on-error',
      'isolate',
      '--backend-address',
      'cluster-ip',
    );
    expect(run.code).toBe(1);
    expect(conf()).toContain('server_name shop.example.com;');
  });
});
