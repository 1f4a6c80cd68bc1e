import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { runBin } from '../support/bin.ts';
import type { Manifest } from '../support/manifests.ts';
import { ingress, rule, service, yamlOf } from '../support/manifests.ts';

const WEB = service('web', [{ number: 80, pod: 8080 }], { clusterIP: '10.0.0.7' });
const HERE = { ...process.env };

let folder = '';
let file = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'i2n-hosts-cli-'));
  file = join(folder, 'hosts');
  // A minikube of this machine must not answer.
  process.env['PATH'] = folder;
});

afterEach(() => {
  process.env['PATH'] = HERE['PATH'];
  rmSync(folder, { recursive: true, force: true });
});

/** An Ingress for each host, with the status that is given. */
function manifests(hosts: Readonly<Record<string, readonly Manifest[]>>): string {
  const ingresses = Object.entries(hosts).map(([host, addresses], index) => ({
    ...ingress({ name: `web-${index}`, rules: [rule(host, [['/', 'Prefix', 'web']])] }),
    ...(addresses.length === 0 ? {} : { status: { loadBalancer: { ingress: addresses } } }),
  }));
  return yamlOf([WEB, ...ingresses]);
}

const SHOP = manifests({ 'shop.example.com': [] });

function install(program: string, script: string): void {
  writeFileSync(join(folder, program), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, program), 0o755);
}

test('prints a line for each host, and says where the addresses come from', async () => {
  const text = manifests({ 'shop.example.com': [{ ip: '192.168.49.2' }], 'api.example.com': [], '*.example.com': [] });
  const run = await runBin(['hosts'], text);
  expect(run.stdout).toBe('127.0.0.1 api.example.com\n192.168.49.2 shop.example.com\n');
  expect(run.stderr).toContain('1 host gets 192.168.49.2, from the status of the Ingress\n');
  expect(run.stderr).toContain('1 host gets 127.0.0.1, the default: neither');
  expect(run.stderr).toContain('skipped: *.example.com: a hosts file has no wildcards');
  expect(run.code).toBe(0);
});

test('--address goes before the status', async () => {
  const run = await runBin(['hosts', '--address', '::1'], manifests({ 'shop.example.com': [{ ip: '192.168.49.2' }] }));
  expect(run.stdout).toBe('::1 shop.example.com\n');
});

test.each([
  {
    name: 'what minikube says is taken',
    script: 'echo 192.168.58.2',
    line: '192.168.58.2',
    note: 'from minikube ip',
  },
  {
    name: 'a minikube that is stopped is said',
    script: 'echo "X Exiting" >&2; exit 85',
    line: '127.0.0.1',
    note: 'minikube ip gave no address: X Exiting',
  },
  { name: 'another answer is no address', script: 'echo "rm -rf /"', line: '127.0.0.1', note: 'it printed "rm -rf /"' },
])('$name', async ({ script, line, note }) => {
  install('minikube', script);
  const run = await runBin(['hosts'], SHOP);
  expect(run.stdout).toBe(`${line} shop.example.com\n`);
  expect(run.stderr).toContain(note);
});

test('behind sudo it is the minikube of the user that is asked', async () => {
  install('minikube', 'echo 192.168.58.2');
  install('sudo', 'echo "$*" > "$0.said"; shift 6; exec "$@"');
  process.env['SUDO_UID'] = '1234';
  const run = await runBin(['hosts'], SHOP).finally(() => delete process.env['SUDO_UID']);
  expect(run.stdout).toBe('192.168.58.2 shop.example.com\n');
  // Without being root there is nobody else to ask.
  const said = process.getuid?.() === 0 ? readFileSync(join(folder, 'sudo.said'), 'utf8') : '-u #1234 -- ';
  expect(said).toContain('-u #1234 -- ');
});

test('json names the source of each address', async () => {
  const run = await runBin(
    ['hosts', '--format', 'json'],
    manifests({ 'shop.example.com': [{ hostname: 'lb.example.net' }], 'api.example.com': [] }),
  );
  expect(JSON.parse(run.stdout)).toMatchObject({
    hosts: [{ host: 'api.example.com', address: '127.0.0.1', source: 'loopback' }],
    leftOut: [{ host: 'shop.example.com' }],
  });
});

test('--write keeps a block up to date, and --remove takes it out again', async () => {
  writeFileSync(file, '127.0.0.1 localhost\r\n# mine');
  const flags = ['--hosts-file', file];
  const first = await runBin(['hosts', '--write', ...flags], SHOP);
  expect({ code: first.code, stdout: first.stdout }).toEqual({ code: 0, stdout: '' });
  expect(first.stderr).toContain(`${file}: 1 line written\n`);
  expect(readFileSync(file, 'utf8')).toBe(
    '127.0.0.1 localhost\r\n# mine\r\n# BEGIN ingress2nginx\r\n127.0.0.1 shop.example.com\r\n# END ingress2nginx',
  );
  const second = await runBin(['hosts', '--write', ...flags], SHOP);
  expect(second.stderr).toContain(`${file}: unchanged\n`);
  const removed = await runBin(['hosts', '--remove', ...flags]);
  expect({ code: removed.code, stderr: removed.stderr }).toEqual({ code: 0, stderr: `${file}: block removed\n` });
  expect(readFileSync(file, 'utf8')).toBe('127.0.0.1 localhost\r\n# mine');
});

test('a block that is not ours to mend is refused', async () => {
  writeFileSync(file, '# BEGIN ingress2nginx\n');
  const run = await runBin(['hosts', '--write', '--hosts-file', file], SHOP);
  expect(run.code).toBe(1);
  expect(run.stderr).toContain('has "# BEGIN ingress2nginx" at line 1, and no "# END ingress2nginx" after it');
  expect(readFileSync(file, 'utf8')).toBe('# BEGIN ingress2nginx\n');
});

test.each([
  { name: 'an empty input', text: '', advice: 'nothing was written\n' },
  {
    name: 'an input with errors',
    text: `${SHOP}\n---\nkind: [`,
    advice: 'nothing was written; use --on-error isolate',
  },
])('$name writes nothing', async ({ text, advice }) => {
  writeFileSync(file, 'a\n');
  const run = await runBin(['hosts', '--write', '--hosts-file', file], text);
  expect(run.code).toBe(1);
  expect(run.stderr).toContain(advice);
  expect(readFileSync(file, 'utf8')).toBe('a\n');
});

test('Ingresses alone are enough, whatever they refer to', async () => {
  const annotations = { 'auth-type': 'basic', 'auth-secret': 'users' };
  const tls = [{ hosts: ['shop.example.com'], secretName: 'tls' }];
  const text = yamlOf([ingress({ annotations, tls, host: 'shop.example.com', paths: [['/', 'Prefix', 'web']] })]);
  const run = await runBin(['hosts', '--write', '--hosts-file', file], text);
  expect({ code: run.code, findings: run.stderr.match(/I2N\d+/g) }).toEqual({ code: 0, findings: null });
  expect(readFileSync(file, 'utf8')).toContain('\n127.0.0.1 shop.example.com\n');
});

test('no Ingress of ours is said, and takes the block out', async () => {
  const text = yamlOf([ingress({ className: 'other', host: 'shop.example.com', paths: [['/', 'Prefix', 'web']] })]);
  writeFileSync(file, 'a\n# BEGIN ingress2nginx\n# END ingress2nginx\n');
  const run = await runBin(['hosts', '--write', '--hosts-file', file], text);
  expect(run.code).toBe(0);
  expect(run.stderr).toContain('no-ingress');
  expect(readFileSync(file, 'utf8')).toBe('a\n');
});

test('--on-error isolate writes the hosts of what is right', async () => {
  const run = await runBin(
    ['hosts', '--write', '--hosts-file', file, '--on-error', 'isolate'],
    `${SHOP}\n---\nkind: [`,
  );
  expect(run.code).toBe(1);
  expect(readFileSync(file, 'utf8')).toContain('\n127.0.0.1 shop.example.com\n');
});

test.each([
  'shop.example.com\\n127.0.0.1 bank.example.com',
  'shop.example.com bank.example.com',
  'x#.example.com',
  '\\u202eexample.com',
])('a host "%s" never comes into the file', async host => {
  const text = `${SHOP}\n---\n${yamlOf([ingress({ name: 'evil', rules: [rule('HOST', [['/', 'Prefix', 'web']])] })]).replace(/"?HOST"?/, `"${host}"`)}`;
  await runBin(['hosts', '--write', '--hosts-file', file, '--on-error', 'isolate'], text);
  expect(readFileSync(file, 'utf8')).toBe('# BEGIN ingress2nginx\n127.0.0.1 shop.example.com\n# END ingress2nginx\n');
});

test.each([
  { name: '--write with --remove', words: ['--write', '--remove'] },
  { name: '--remove with manifests', words: ['--remove', 'manifests/'] },
  { name: '--remove with --address', words: ['--remove', '--address', '::1'] },
  { name: '--hosts-file alone', words: ['--hosts-file', 'x'] },
  { name: 'an address that is none', words: ['--address', 'minikube'] },
])('$name is a usage error', async ({ words }) => {
  const run = await runBin(['hosts', ...words], SHOP);
  expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 2, stdout: '' });
  expect(run.stderr).toMatch(/^error: /);
});

test('a file that cannot be written is the environment', async () => {
  const run = await runBin(['hosts', '--write', '--hosts-file', join(folder, 'none', 'hosts')], SHOP);
  expect(run.code).toBe(3);
  expect(run.stderr).toMatch(/^ingress2nginx: .* was not written: ENOENT/m);
});

const NAT = manifests({ 'shop.example.com': [{ ip: '10.0.2.15' }], 'api.example.com': [{ ip: '10.0.2.15' }] });

test('an address behind the NAT of a virtual machine is a warning with what to type', async () => {
  const run = await runBin(['hosts'], NAT);
  expect(run).toMatchObject({ code: 0, stdout: '10.0.2.15 api.example.com\n10.0.2.15 shop.example.com\n' });
  expect(run.stderr).toMatch(
    /<stdin>:\d+:\d+ {2}warning {2}I2N181 dead-address .*Ingress shop\/web-1 has the address 10\.0\.2\.15.*\n[^]*help: .*--address "\$\(minikube ip\)"/,
  );
});

test('minikube is asked instead', async () => {
  install('minikube', 'echo 192.168.58.2');
  const run = await runBin(['hosts', '--fail-on', 'warning'], NAT);
  expect(run).toMatchObject({ code: 0, stdout: '192.168.58.2 api.example.com\n192.168.58.2 shop.example.com\n' });
  expect(run.stderr).toContain('2 hosts get 192.168.58.2, from minikube ip');
});

test('--address settles it', async () => {
  const run = await runBin(['hosts', '--address', '192.168.58.2', '--fail-on', 'warning'], NAT);
  expect(run).toMatchObject({ code: 0, stdout: '192.168.58.2 api.example.com\n192.168.58.2 shop.example.com\n' });
});

test.each([
  { name: 'its host name', host: hostname().toLowerCase().split('.')[0] ?? '' },
  { name: 'another name on the line of its host name', host: 'laptop.example.com' },
  { name: 'what every system has', host: 'ip6-loopback' },
])('a name of the machine itself stays out of the file: $name', async ({ host }) => {
  const before = `127.0.0.1 localhost\n127.0.1.1 laptop.example.com ${hostname()} # this one\n`;
  writeFileSync(file, before);
  const words = ['hosts', '--write', '--hosts-file', file, '--address', '10.9.9.9'];
  const run = await runBin(words, manifests({ 'shop.example.com': [], [host]: [] }));
  expect(run.code).toBe(0);
  expect(run.stderr).toContain(`skipped: ${host}: it is a name of this machine`);
  expect(readFileSync(file, 'utf8')).toBe(
    `${before}# BEGIN ingress2nginx\n10.9.9.9 shop.example.com\n# END ingress2nginx\n`,
  );
});

test('a name that the file has already, with another address, is a warning at its line', async () => {
  const before = '127.0.0.1 localhost\n\n10.0.0.5\tShop.example.com store.example.com # by hand\n';
  writeFileSync(file, before);
  const words = ['hosts', '--write', '--hosts-file', file, '--address', '127.0.0.1'];
  const strict = await runBin([...words, '--fail-on', 'warning'], SHOP);
  expect(strict.code).toBe(1);
  expect(readFileSync(file, 'utf8')).toBe(before);
  const run = await runBin(words, SHOP);
  expect(run.code).toBe(0);
  expect(run.stderr).toContain(
    `${file}:3:1  warning  I2N182 host-name-taken  shop.example.com already has the address 10.0.0.5 on this line, and gets 127.0.0.1 in the block of ingress2nginx\n`,
  );
  const again = await runBin(words, SHOP);
  expect(again.stderr.match(/I2N182/g)).toHaveLength(1);
});

test('a name that the file has with the same address is fine', async () => {
  writeFileSync(file, '127.0.0.1 shop.example.com\n# 10.0.0.1 shop.example.com\n');
  const words = ['hosts', '--write', '--hosts-file', file, '--address', '127.0.0.1', '--fail-on', 'warning'];
  expect((await runBin(words, SHOP)).code).toBe(0);
});
