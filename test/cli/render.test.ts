import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { findingsOf, runBin } from '../support/bin.ts';
import { ingress, secret, service, tlsSecret, yamlOf } from '../support/manifests.ts';
import { runShell } from '../support/shell.ts';

let home = '';
let out = '';
let input = '';

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'i2n-cli-'));
  out = join(home, 'out');
  input = join(home, 'shop.yaml');
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

const WEB = service('web', [{ number: 80, pod: 8080 }], { clusterIP: '10.0.0.7' });
const shop = (host: string) => ingress({ host, paths: [['/', 'Prefix', 'web']] });
const GOOD = yamlOf([WEB, shop('shop.example.com')]);
/** The second Ingress is refused: no Secret, no door. */
const HALF_GOOD = yamlOf([
  WEB,
  shop('shop.example.com'),
  ingress({
    name: 'office',
    host: 'office.example.com',
    annotations: { 'auth-type': 'basic', 'auth-secret': 'missing' },
    paths: [['/', 'Prefix', 'web']],
  }),
]);

const conf = (): string => readFileSync(join(out, 'nginx.conf'), 'utf8');

test('without -o nginx.conf goes to stdout, everything else to stderr, and nothing is written', async () => {
  const run = await runBin(['render'], GOOD, home);
  expect(run.code).toBe(0);
  expect(run.stdout).toContain('server_name shop.example.com;');
  expect(run.stderr).toMatch(/^1 Ingress \(2 objects\) in 1 file: .*\(\d+\.\d\d s\)\n$/m);
  expect(readdirSync(home)).toEqual([]);
});

test('--print routing shows what nginx.conf is made of, who asked for it, and no secret', async () => {
  const key = 'ines:{PLAIN}open-sesame\n';
  const users = secret('users', { auth: key });
  const annotations = { 'auth-type': 'basic', 'auth-secret': 'users' };
  const tls = tlsSecret('shop-tls', 'shop');
  const tlsOf = [{ hosts: ['shop.example.com'], secretName: 'shop-tls' }];
  const office = ingress({ host: 'shop.example.com', annotations, tls: tlsOf, paths: [['/', 'Prefix', 'web']] });
  const run = await runBin(['render', '--print', 'routing'], yamlOf([WEB, users, tls, office]), home);
  const routing: unknown = JSON.parse(run.stdout);
  expect(run.stdout).not.toMatch(/open-sesame|PRIVATE KEY/);
  expect(routing).toMatchObject({
    http: { hsts: { from: [{ by: 'default', name: 'hsts' }] } },
    servers: [{ host: '_' }, { host: 'shop.example.com' }],
  });
  const [from] = /"basicAuth": \{.*?"from": \[.*?\]/su.exec(run.stdout) ?? [];
  expect(from).toContain('"name": "auth-type"');
});

test.each([
  { name: 'an empty pipe', text: '' },
  { name: 'a pipe with comments only', text: '---\n# Source: shop/templates/ingress.yaml\n---\n' },
])('$name leaves an earlier output as it is, even with isolate', async ({ text }) => {
  writeFileSync(input, GOOD);
  await runBin(['render', input, '-o', out]);
  const before = conf();
  const run = await runBin(['render', '-', '-o', out, '--on-error', 'isolate', '--format', 'json'], text);
  expect({ code: run.code, found: findingsOf(run).map(({ name }) => name) }).toEqual({
    code: 1,
    found: ['empty-input'],
  });
  expect(conf()).toBe(before);
});

test.each([
  { name: 'broken YAML', text: 'kind: [', found: ['broken-yaml'] },
  { name: 'an object without kind', text: 'apiVersion: v1\nmetadata: {name: x}\n', found: ['missing-kind'] },
])('$name is said once, not also that nothing is there', async ({ text, found }) => {
  const run = await runBin(['render', '-', '-o', out, '--format', 'json'], text);
  expect(findingsOf(run).map(({ name }) => name)).toEqual(found);
});

test('a file that cannot be read is said once, not also that the input is empty', async () => {
  writeFileSync(input, Buffer.from([0, 1, 2, 0, 255]));
  const run = await runBin(['render', input, '-o', out, '--format', 'json']);
  expect(findingsOf(run).map(({ name }) => name)).toEqual(['binary-file']);
});

test.each([
  { name: 'an empty list', text: '{"apiVersion": "v1", "kind": "List", "items": []}' },
  { name: 'other kinds only', text: 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n' },
])('$name says that there is nothing, and is rendered', async ({ text }) => {
  const run = await runBin(['render', '-', '-o', out, '--format', 'json'], text);
  expect({ code: run.code, found: findingsOf(run).map(({ name }) => name) }).toEqual({
    code: 0,
    found: ['no-ingress'],
  });
  expect(conf()).toContain('server_name _;');
});

test('an output folder below the input is not read as input', async () => {
  writeFileSync(input, GOOD);
  await runBin(['render', home, '-o', out]);
  const again = await runBin(['render', home, '-o', out, '--format', 'json']);
  expect({ code: again.code, found: findingsOf(again) }).toEqual({ code: 0, found: [] });
});

test('with -o the files are written and stdout stays empty', async () => {
  writeFileSync(input, GOOD);
  const run = await runBin(['render', input, '-o', out]);
  expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 0, stdout: '' });
  expect(conf()).toContain('server_name shop.example.com;');
});

test('with errors nothing is written, an earlier output stays, and the place is named', async () => {
  writeFileSync(input, GOOD);
  await runBin(['render', input, '-o', out]);
  const before = conf();
  writeFileSync(input, HALF_GOOD);
  const run = await runBin(['render', input, '-o', out]);
  expect(run.code).toBe(1);
  expect(run.stderr).toMatch(/shop\.yaml:\d+:\d+ {2}error {2}I2N\d{3} /);
  expect(run.stderr).toContain(
    `nothing was written to ${out}; use --on-error isolate to leave out the invalid Ingresses\n`,
  );
  expect(conf()).toBe(before);
});

test('with errors nothing is printed either', async () => {
  expect((await runBin(['render', '-'], HALF_GOOD)).stdout).toBe('');
});

test('--on-error isolate serves the rest, and still exits with 1', async () => {
  writeFileSync(input, HALF_GOOD);
  const run = await runBin(['render', input, '-o', out, '--on-error', 'isolate']);
  expect(run.code).toBe(1);
  expect(conf()).toContain('server_name shop.example.com;');
});

/** A Service that nobody has is a warning. */
const DUBIOUS = yamlOf([
  WEB,
  shop('shop.example.com'),
  ingress({ name: 'b', host: 'b.example.com', paths: [['/', 'Prefix', 'none']] }),
]);

test.each([
  { name: 'warnings are fine', flags: [], text: DUBIOUS, code: 0 },
  { name: 'unless --fail-on says otherwise', flags: ['--fail-on', 'warning'], text: DUBIOUS, code: 1 },
  {
    name: 'and no warning is fine then',
    flags: ['--fail-on', 'warning', '--backend-address', 'cluster-ip'],
    text: GOOD,
    code: 0,
  },
  {
    name: '--fail-on never is content with a part',
    flags: ['--fail-on', 'never', '--on-error', 'isolate'],
    text: HALF_GOOD,
    code: 0,
  },
  { name: 'but not with nothing', flags: ['--fail-on', 'never'], text: HALF_GOOD, code: 1 },
])('$name', async ({ flags, text, code }) => {
  expect((await runBin(['render', '-', ...flags], text)).code).toBe(code);
});

test('--format json says the same to programs', async () => {
  const run = await runBin(['render', '--format', 'json', '--stdin-filename', 'dump.yaml'], HALF_GOOD);
  const error = findingsOf(run).find(found => found.severity === 'error');
  expect(error).toMatchObject({ file: 'dump.yaml' });
  expect(error?.message).toContain('missing');
  expect(JSON.parse(run.stderr)).toMatchObject({ summary: { ingresses: 2, files: 1, errors: 1 } });
});

test('--format compact says it in one line each', async () => {
  const { stderr } = await runBin(['render', '--format', 'compact'], HALF_GOOD);
  expect(stderr).toMatch(/^<stdin>:\d+:\d+: error: .* \[I2N\d{3} [a-z-]+\]$/m);
});

test('Ingresses of other classes are counted, and listed with --verbose', async () => {
  const text = `${GOOD}\n---\n${yamlOf([ingress({ name: 'other', className: 'traefik', host: 'x.example.com', paths: [['/', 'Prefix', 'web']] })])}`;
  const other = /1 Ingress skipped \(other ingress class\)/;
  expect((await runBin(['render'], text)).stderr).toMatch(other);
  expect((await runBin(['render', '--verbose'], text)).stderr).toMatch(/^skipped: shop\/other: .*traefik/m);
});

test('a class from a manifest cannot speak to the terminal', async () => {
  const annotations = { 'kubernetes.io/ingress.class': 'x\u001b[2J' };
  const text = yamlOf([
    ingress({ className: null, annotations, host: 'x.example.com', paths: [['/', 'Prefix', 'web']] }),
  ]);
  const { stderr } = await runBin(['render', '--verbose'], text);
  expect(stderr).toMatch(/^skipped: shop\/shop: .*x\\x1b\[2J/m);
  expect(stderr).not.toContain('\u001b');
});

test('--quiet says errors only', async () => {
  expect((await runBin(['render', '--quiet'], DUBIOUS)).stderr).toBe('');
  expect((await runBin(['render', '--quiet'], HALF_GOOD)).stderr).toMatch(/error/);
});

test.each([
  { name: 'are not there on a pipe', line: 'i2n render - <<<"$1"', coloured: false },
  { name: 'are there when asked for', line: 'i2n render - --color always <<<"$1"', coloured: true },
  { name: 'are there when the environment asks', line: 'FORCE_COLOR=1 i2n render - <<<"$1"', coloured: true },
  {
    name: 'are not there when the flag forbids it',
    line: 'FORCE_COLOR=1 i2n render - --color never <<<"$1"',
    coloured: false,
  },
])('colours $name', ({ line, coloured }) => {
  expect(runShell(line, HALF_GOOD).stderr.includes('\u001b[')).toBe(coloured);
});

test('a reader that goes away ends the run quietly', () => {
  const hosts = Array.from({ length: 400 }, (_, index) =>
    ingress({ name: `i${index}`, host: `h${index}.example.com`, paths: [['/', 'Prefix', 'web']] }),
  );
  writeFileSync(input, yamlOf([WEB, ...hosts]));
  const run = runShell('i2n render --quiet "$1" | head -n 1; echo "${PIPESTATUS[0]}"', input);
  expect(run.stderr).toBe('');
  expect(run.stdout.split('\n').at(-2)).toBe('0');
});

test('a full disk is a failure of the environment', () => {
  writeFileSync(input, GOOD);
  const run = runShell('i2n render --quiet "$1" >/dev/full', input);
  expect(run.code).toBe(3);
  expect(run.stderr).toMatch(/ENOSPC/);
});

test('an output folder that cannot be made is a failure of the environment', async () => {
  writeFileSync(join(home, 'file'), '');
  const run = await runBin(['render', '-', '-o', join(home, 'file', 'out')], GOOD);
  expect(run.code).toBe(3);
  expect(run.stderr).toMatch(/was not written: ENOTDIR/);
  expect(run.stderr).not.toMatch(/^ {4}at /m);
});

test('--test lets nginx look, and writes what it takes', async () => {
  const run = await runBin(['render', '-', '-o', out, '--test'], GOOD);
  expect({ code: run.code, isWritten: existsSync(out) }).toEqual({ code: 0, isWritten: true });
});

/** A program that says what nginx would say of the server of the shop. */
const GRUMPY = `#!/bin/sh
line=$(grep -n 'server_name shop.example.com' nginx.conf | cut -d: -f1)
echo "nginx: [emerg] something is wrong in $PWD/nginx.conf:$line" >&2
exit 1
`;

test('what nginx refuses is not written, and leads back to the Ingress', async () => {
  writeFileSync(input, GOOD);
  writeFileSync(join(home, 'nginx'), GRUMPY, { mode: 0o755 });
  runShell('chmod 755 "$1"', home);
  const words = ['render', input, '-o', out, '--test', '--nginx', join(home, 'nginx'), '--format', 'json'];
  const run = await runBin(words);
  expect({ code: run.code, isWritten: existsSync(out) }).toEqual({ code: 1, isWritten: false });
  const found = findingsOf(run).find(finding => finding.rule.startsWith('I2N6'));
  expect(found?.message).toContain('something is wrong');
  expect(found).toMatchObject({ file: input, severity: 'error' });
});

test('--test says what nginx warns of, at the Ingress behind it, and writes', async () => {
  const text = GRUMPY.replace('[emerg]', '[warn]').replace('exit 1', 'echo "nginx.conf syntax is ok" >&2');
  writeFileSync(join(home, 'nginx'), text, { mode: 0o755 });
  runShell('chmod 755 "$1"', home);
  const words = ['render', '-', '-o', out, '--test', '--nginx', join(home, 'nginx'), '--format', 'json'];
  const run = await runBin(words, GOOD);
  expect(run.code).toBe(0);
  expect(findingsOf(run)).toMatchObject([
    { name: 'nginx-warns', message: 'nginx warns: something is wrong (Ingress shop/shop)', severity: 'warning' },
  ]);
  expect(conf()).toContain('shop.example.com');
  rmSync(out, { recursive: true });
  const strict = await runBin([...words, '--fail-on', 'warning'], GOOD);
  expect({ code: strict.code, isWritten: existsSync(out) }).toEqual({ code: 1, isWritten: false });
});

test('--test on a machine without IPv6 takes the configuration, and says that nginx would not start there', async () => {
  const said = 'echo "nginx.conf syntax is ok" >&2; echo "nginx: [emerg] socket() [::]:80 failed (97: No)" >&2; exit 1';
  writeFileSync(join(home, 'nginx'), `#!/bin/sh\n${said}\n`, { mode: 0o755 });
  runShell('chmod 755 "$1"', home);
  const words = ['render', '-', '-o', out, '--test', '--nginx', join(home, 'nginx'), '--format', 'json'];
  const run = await runBin(words, GOOD);
  expect({ code: run.code, found: findingsOf(run) }).toMatchObject({
    code: 0,
    found: [{ name: 'missing-address', message: 'this machine has no address ::, so nginx would not start here' }],
  });
  expect(conf()).toContain('listen [::]:80;');
});

test.each([
  { name: 'all addresses', flags: [], listens: ['80', '[::]:80'] },
  { name: 'IPv4 alone', flags: ['--listen', '0.0.0.0'], listens: ['80'] },
  { name: 'one address, in one form', flags: ['--listen', '[0:0::1]', '--listen', '::1'], listens: ['[::1]:80'] },
  {
    name: 'loopback, where node ports are the way to the pods',
    flags: ['--backend-address', 'node-port', '--node-address', '10.0.0.1'],
    listens: ['127.0.0.1:80', '[::1]:80'],
  },
])('nginx listens on $name', async ({ flags, listens }) => {
  const { stdout } = await runBin(['render', ...flags], GOOD);
  const server = stdout.slice(stdout.indexOf('server_name shop') - 300);
  const found = [...server.matchAll(/listen (\S*?:?80);/g)].map(([, text]) => text);
  expect([...new Set(found)]).toEqual(listens);
});

test.each(['', 'localhost', '10.0.0.256', '[::1', 'fe80::1%lo', '127.0.0.1:80'])(
  '--listen refuses %j',
  async address => {
    const run = await runBin(['render', '--listen', address], GOOD);
    expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 2, stdout: '' });
  },
);

test('--test without an nginx is a failure of the environment', async () => {
  const run = await runBin(['render', '-', '-o', out, '--test', '--nginx', join(home, 'none')], GOOD);
  expect({ code: run.code, isWritten: existsSync(out) }).toEqual({ code: 3, isWritten: false });
});

test('Ctrl-C while nginx looks leaves nothing, and ends as other programs do', () => {
  const line = `
    printf '#!/bin/sh\\ntouch "%s/started"; exec sleep 60\\n' "$1" > "$1/nginx"
    chmod 755 "$1/nginx"; chmod 1777 "$1"
    exec {fd}< <(printf '%s' "$2")
    TMPDIR="$1" ${JSON.stringify(process.execPath)} bin/ingress2nginx.js render - -o "$1/out" --test --nginx "$1/nginx" <&$fd & pid=$!
    until [ -e "$1/started" ]; do :; done
    kill -INT $pid; wait $pid; echo "code $?"; ls -A "$1"`;
  // A shell that is not interactive lets its background programs ignore SIGINT, which SIGTERM is spared.
  const run = runShell(line.replace('-INT', '-TERM'), home, GOOD);
  expect(run.stdout).toBe('code 143\nnginx\nstarted\n');
});

test('nginx listens where the ConfigMap of the controller says, unless --listen says otherwise', async () => {
  const options = { 'bind-address': '127.0.0.5', 'disable-ipv6': 'true' };
  const controller = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'options', namespace: 'ingress' },
    data: options,
  };
  const given = yamlOf([WEB, controller, shop('shop.example.com')]);
  const words = ['render', '--controller-config', 'ingress/options'];
  const listened = (text: string) => new Set([...text.matchAll(/listen (\S+?)[ ;]/gu)].map(([, address]) => address));
  const plain = await runBin(words, given, home);
  expect(listened(plain.stdout)).toEqual(new Set(['127.0.0.5:80', '127.0.0.5:443']));
  const told = await runBin([...words, '--listen', '127.0.0.9'], given, home);
  expect(listened(told.stdout)).toEqual(new Set(['127.0.0.9:80', '127.0.0.9:443']));
  expect(told.stderr).toContain('overruled-listen-option');
});
