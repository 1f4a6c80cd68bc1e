import { spawn } from 'node:child_process';
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { runBin } from '../support/bin.ts';
import { ingress, service, yamlOf } from '../support/manifests.ts';
import { runShell } from '../support/shell.ts';
import { eventually, startWatching } from '../support/watching.ts';
import type { LogObject, Watching } from '../support/watching.ts';

let home = '';
let out = '';
let input = '';
const running: Watching[] = [];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'i2n-watch-'));
  out = join(home, 'out');
  input = join(home, 'in');
  mkdirSync(input);
  save('web.yaml', yamlOf([service('web', [{ number: 80, pod: 8080 }], { clusterIP: '10.0.0.7' })]));
});

afterEach(async () => {
  for (const watching of running.splice(0)) await watching.stop('SIGKILL');
  rmSync(home, { recursive: true, force: true });
});

/** As editors do it: a new file takes the place of the old one. */
function save(name: string, text: string): void {
  writeFileSync(join(input, `.${name}.new`), text);
  renameSync(join(input, `.${name}.new`), join(input, name));
}

const shop = (host: string, name = host.replaceAll('.', '-')): string =>
  yamlOf([ingress({ name, host, paths: [['/', 'Prefix', 'web']] })]);
const BROKEN =
  'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: shop, namespace: shop}\nspec: {rules: 7}\n';

function watch(paths: readonly string[], flags: readonly string[] = []): Watching {
  const watching = startWatching(['render', '-o', out, '--sync-rate', '100', ...flags, ...paths]);
  running.push(watching);
  return watching;
}

const conf = (): string => (existsSync(join(out, 'nginx.conf')) ? readFileSync(join(out, 'nginx.conf'), 'utf8') : '');
const serves = (host: string): boolean => conf().includes(`server_name ${host};`);
const served = (host: string): Promise<true> =>
  eventually(`a server of ${host}`, () => serves(host) || undefined, conf);
const unserved = (host: string): Promise<true> =>
  eventually(`no server of ${host}`, () => !serves(host) || undefined, conf);
const isSync =
  (outcome: string) =>
  (line: LogObject): boolean =>
    line.event === 'synced' && line['outcome'] === outcome;

test('the last Ingress does not go unless that is meant, and the next one is served at once', async () => {
  save('shop.yaml', shop('shop.example.com'));
  const watching = watch([input]);
  await served('shop.example.com');
  unlinkSync(join(input, 'shop.yaml'));
  const withheld = await watching.until(isSync('withheld'));
  expect(withheld['problem']).toBe('the input contains no Ingress; use --allow-empty to replace it anyway');
  expect(serves('shop.example.com')).toBe(true);
  save('store.yaml', shop('store.example.com'));
  await served('store.example.com');
  expect(serves('shop.example.com')).toBe(false);
});

test('annotations are read under the prefix of --annotations-prefix', async () => {
  const alias = { 'ingress.example.com/server-alias': 'store.example.com' };
  save(
    'shop.yaml',
    yamlOf([ingress({ host: 'shop.example.com', annotations: alias, paths: [['/', 'Prefix', 'web']] })]),
  );
  watch([input], ['--annotations-prefix', 'ingress.example.com']);
  expect(await served('shop.example.com store.example.com')).toBe(true);
});

test('with --fail-on warning a state with a warning is not delivered', async () => {
  save('shop.yaml', shop('shop.example.com'));
  const watching = watch([input], ['--fail-on', 'warning', '--backend-address', 'cluster-ip']);
  await served('shop.example.com');
  save('other.yaml', yamlOf([ingress({ name: 'other', host: 'other.example.com', paths: [['/', 'Prefix', 'none']] })]));
  const withheld = await watching.until(isSync('withheld'));
  expect(withheld['problem']).toBe('1 warning with --fail-on warning');
  expect(serves('other.example.com')).toBe(false);
});

test('a file that is saved by a rename, a new one and a deleted one are seen', async () => {
  save('shop.yaml', shop('shop.example.com'));
  const watching = watch([input], ['--allow-empty']);
  await served('shop.example.com');
  save('shop.yaml', shop('store.example.com'));
  await served('store.example.com');
  expect(serves('shop.example.com')).toBe(false);
  mkdirSync(join(input, 'team'));
  writeFileSync(join(input, 'team/billing.yaml'), shop('billing.example.com'));
  await served('billing.example.com');
  unlinkSync(join(input, 'shop.yaml'));
  await unserved('store.example.com');
  rmSync(join(input, 'team'), { recursive: true });
  await unserved('billing.example.com');
  await watching.until(line => isSync('applied')(line) && String(line['causes']).endsWith('billing.yaml removed'));
  const causes = watching
    .log()
    .filter(isSync('applied'))
    .map(line => line['causes']);
  expect(causes).toEqual([
    ['start'],
    [`${input}/shop.yaml changed`],
    [`${input}/team/billing.yaml added`],
    [`${input}/shop.yaml removed`],
    [`${input}/team/billing.yaml removed`],
  ]);
  expect(await watching.stop()).toBe(0);
});

test('many files at once come to few syncs, and to what a fresh render makes', async () => {
  const watching = watch([input], ['--sync-rate', '1']);
  await served('_');
  const began = performance.now();
  for (let index = 0; index < 300; index++) save(`shop${index}.yaml`, shop(`shop${index}.example.com`));
  for (let index = 0; index < 300; index += 3) unlinkSync(join(input, `shop${index}.yaml`));
  for (let index = 1; index < 300; index += 3) save(`shop${index}.yaml`, shop(`store${index}.example.com`));
  await served('store298.example.com');
  await watching.until(line => isSync('applied')(line) && (line['objects'] as number) === 201);
  // One each second, the first at once, and the one before the files.
  const most = Math.ceil((performance.now() - began) / 1_000) + 2;
  expect(watching.log().filter(({ event }) => event === 'synced').length).toBeLessThanOrEqual(most);
  await watching.stop();
  const fresh = join(home, 'fresh');
  await runBin(['render', '-o', fresh, input]);
  expect(conf()).toBe(readFileSync(join(fresh, 'nginx.conf'), 'utf8'));
});

test('a broken file leaves the last good output, says so once, and says when it is right again', async () => {
  save('shop.yaml', shop('shop.example.com'));
  const watching = watch([input]);
  await served('shop.example.com');
  save('shop.yaml', BROKEN);
  const withheld = await watching.until(isSync('withheld'));
  expect(withheld).toMatchObject({
    level: 'error',
    findings: { error: 1 },
    problem: expect.stringContaining('1 error'),
  });
  const [found] = watching.log().filter(({ event, level }) => event === 'finding' && level === 'error');
  expect(found).toMatchObject({ file: `${input}/shop.yaml`, line: 4, name: 'invalid-type' });
  expect(serves('shop.example.com')).toBe(true);
  const mark = watching.mark();
  save('other.yaml', shop('other.example.com'));
  await watching.until(isSync('withheld'), mark);
  save('shop.yaml', shop('store.example.com'));
  await served('store.example.com');
  await watching.until(line => line.event === 'finding-gone' && line['name'] === 'invalid-type');
  const times = watching.log().filter(line => line.event === 'finding' && line['name'] === 'invalid-type').length;
  expect(times).toBe(1);
});

test('isolate serves what is right', async () => {
  save('shop.yaml', BROKEN);
  const watching = watch([input], ['--on-error', 'isolate']);
  await watching.until(isSync('applied'));
  save('good.yaml', shop('good.example.com'));
  expect(await served('good.example.com')).toBe(true);
});

test('an input that is emptied never empties the output', async () => {
  save('shop.yaml', shop('shop.example.com'));
  const watching = watch([input], ['--on-error', 'isolate']);
  await served('shop.example.com');
  for (const name of ['shop.yaml', 'web.yaml']) unlinkSync(join(input, name));
  await watching.until(isSync('withheld'));
  expect(serves('shop.example.com')).toBe(true);
});

test.each([
  { name: 'a folder', paths: () => [input] },
  { name: 'a file', paths: () => [join(input, 'shop.yaml'), join(input, 'web.yaml')] },
  { name: 'a pattern', paths: () => [`${input}/*.yaml`] },
])('$name that is gone is waited for, and what was in it is kept', async ({ paths }) => {
  save('shop.yaml', shop('shop.example.com'));
  const watching = watch(paths());
  await served('shop.example.com');
  renameSync(input, `${input}.away`);
  await watching.until(line => line.event === 'input' && line['state'] === 'absent');
  watching.signal('SIGHUP');
  await watching.until(isSync('unchanged'));
  expect(serves('shop.example.com')).toBe(true);
  renameSync(`${input}.away`, input);
  save('shop.yaml', shop('store.example.com'));
  await served('store.example.com');
  // It is followed as before.
  save('shop.yaml', shop('market.example.com'));
  await served('market.example.com');
});

test('a file that is gone for a moment changes nothing', async () => {
  save('shop.yaml', shop('shop.example.com'));
  const watching = watch([input]);
  await served('shop.example.com');
  unlinkSync(join(input, 'shop.yaml'));
  writeFileSync(join(input, 'shop.yaml'), '');
  writeFileSync(join(input, 'shop.yaml'), shop('store.example.com'));
  await served('store.example.com');
  const totals = watching
    .log()
    .filter(({ event }) => event === 'synced')
    .map(line => line['objects']);
  expect(new Set(totals)).toEqual(new Set([2]));
});

test('a ConfigMap mounted by Kubernetes is followed through its links', async () => {
  const mount = join(home, 'mount');
  const version = (name: string, host: string): void => {
    mkdirSync(join(mount, name), { recursive: true });
    writeFileSync(join(mount, name, 'shop.yaml'), shop(host));
    symlinkSync(name, join(mount, '..data_tmp'));
    renameSync(join(mount, '..data_tmp'), join(mount, '..data'));
  };
  version('..2026_1', 'shop.example.com');
  symlinkSync('..data/shop.yaml', join(mount, 'shop.yaml'));
  watch([mount]);
  await served('shop.example.com');
  version('..2026_2', 'store.example.com');
  rmSync(join(mount, '..2026_1'), { recursive: true });
  await served('store.example.com');
  version('..2026_3', 'market.example.com');
  expect(await served('market.example.com')).toBe(true);
});

test.each([
  { name: 'a link to a folder', paths: ['current'] },
  { name: 'files behind a link', paths: ['current/shop.yaml', 'current/web.yaml'] },
  { name: 'a pattern behind a link', paths: ['current/*.yaml'] },
  { name: 'a folder that holds a link', paths: ['.'] },
])('$name is followed when it leads elsewhere', async ({ paths }) => {
  // As tools do it that keep each release in a folder of its own, and the old ones too.
  const releases = join(home, 'releases');
  const release = (name: string, host: string): void => {
    mkdirSync(join(releases, name), { recursive: true });
    writeFileSync(join(releases, name, 'shop.yaml'), shop(host, 'shop'));
    cpSync(join(input, 'web.yaml'), join(releases, name, 'web.yaml'));
    symlinkSync(join(releases, name), join(home, 'site/new'));
    renameSync(join(home, 'site/new'), join(home, 'site/current'));
  };
  mkdirSync(join(home, 'site'));
  release('1', 'shop.example.com');
  watch(paths.map(path => join(home, 'site', path)));
  await served('shop.example.com');
  release('2', 'store.example.com');
  await served('store.example.com');
  writeFileSync(join(releases, '2/shop.yaml'), shop('market.example.com', 'shop'));
  expect(await served('market.example.com')).toBe(true);
});

test('links that lead in a circle stop nothing', async () => {
  save('shop.yaml', shop('shop.example.com'));
  mkdirSync(join(input, 'team'));
  symlinkSync('..', join(input, 'team/up'));
  watch([input]);
  await served('shop.example.com');
  writeFileSync(join(input, 'team/billing.yaml'), shop('billing.example.com'));
  await served('billing.example.com');
  writeFileSync(join(input, 'team/billing.yaml'), shop('invoices.example.com'));
  expect(await served('invoices.example.com')).toBe(true);
});

test('a pattern over several levels is followed', async () => {
  mkdirSync(join(input, 'team/shop'), { recursive: true });
  writeFileSync(join(input, 'team/shop/ingress.yaml'), shop('shop.example.com'));
  watch([`${input}/*/*/ingress.yaml`, `${input}/**/w*.yaml`]);
  await served('shop.example.com');
  mkdirSync(join(input, 'office/wiki'), { recursive: true });
  writeFileSync(join(input, 'office/wiki/ingress.yaml'), shop('wiki.example.com'));
  await served('wiki.example.com');
  writeFileSync(join(input, 'office/wiki/ingress.yaml'), shop('pages.example.com'));
  expect(await served('pages.example.com')).toBe(true);
});

test('an output folder below the input does not set itself off', async () => {
  save('shop.yaml', shop('shop.example.com'));
  out = join(input, 'out');
  const watching = watch([input], ['--verbose']);
  await served('shop.example.com');
  save('shop.yaml', shop('store.example.com'));
  await served('store.example.com');
  watching.signal('SIGHUP');
  await watching.until(isSync('unchanged'));
  expect(
    watching
      .log()
      .filter(({ event }) => event === 'changed')
      .map(line => line['cause']),
  ).toEqual(['start', `${input}/shop.yaml changed`, 'SIGHUP']);
});

test('SIGHUP writes again what somebody took away', async () => {
  save('shop.yaml', shop('shop.example.com'));
  const watching = watch([input]);
  await served('shop.example.com');
  unlinkSync(join(out, 'nginx.conf'));
  watching.signal('SIGHUP');
  await served('shop.example.com');
  expect(await watching.stop('SIGINT')).toBe(0);
});

test('--resync does so by itself', async () => {
  const watching = watch([input], ['--resync', '1']);
  await served('_');
  expect(await watching.until(isSync('unchanged'))).toMatchObject({ causes: ['resync'] });
});

test('what fails outside of the input is tried again', async () => {
  writeFileSync(out, 'a file where the folder belongs');
  rmSync(out);
  mkdirSync(out);
  symlinkSync('/proc/nowhere/at/all', join(home, 'link'));
  out = join(home, 'link/out');
  const watching = watch([input]);
  expect(await watching.until(isSync('failed'))).toMatchObject({ level: 'error' });
  expect(await watching.until(({ event }) => event === 'trouble')).toMatchObject({ what: 'sync', retryInMs: 1_000 });
  unlinkSync(join(home, 'link'));
  await served('_');
});

test('unchanged input writes nothing', async () => {
  const watching = watch([input]);
  await served('_');
  const before = statSync(join(out, 'nginx.conf')).mtimeMs;
  save('web.yaml', `${readFileSync(join(input, 'web.yaml'), 'utf8')}# a remark\n`);
  expect(await watching.until(isSync('unchanged'))).toMatchObject({ routes: { added: 0, removed: 0, changed: 0 } });
  expect(statSync(join(out, 'nginx.conf')).mtimeMs).toBe(before);
});

test('text lines have time, level and what happened', async () => {
  save('shop.yaml', BROKEN);
  const watching = startWatching(['render', '-o', out, input], { format: 'text' });
  running.push(watching);
  await eventually('a line that says so', () => watching.text().includes('withheld') || undefined, watching.text);
  const TIME = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`;
  expect(watching.text()).toMatch(new RegExp(`^${TIME} INFO  files  watching 2 files$`, 'm'));
  expect(watching.text()).toMatch(new RegExp(`^${TIME} ERROR finding  .*shop\\.yaml:4:\\d+: .*invalid-type`, 'm'));
  expect(watching.text()).toMatch(new RegExp(`^${TIME} ERROR withheld  .*1 error`, 'm'));
  expect(watching.text()).not.toContain('\u001b');
});

test.each([
  { name: 'stdin', words: ['-', '-o', 'out', '--watch'], says: 'stdin cannot be watched' },
  { name: 'a pipe of the shell', words: ['/dev/stdin', '-o', 'out', '--watch'], says: 'cannot be watched' },
  { name: 'no output', words: ['in', '--watch'], says: '--watch needs --output' },
  { name: 'a path that is not there', words: ['nowhere', '-o', 'out', '--watch'], says: '"nowhere" does not exist' },
  { name: '--sync-rate without --watch', words: ['in', '--sync-rate', '2'], says: '--sync-rate needs --watch' },
  { name: '--context without --watch', words: ['in', '--context', 'dev'], says: '--context needs --watch' },
  {
    name: 'a path and -n',
    words: ['in', '-o', 'out', '--watch', '-n', 'shop'],
    says: '--namespace is for clusters',
  },
  { name: '-A and -n', words: ['-o', 'out', '--watch', '-n', 'shop', '-A'], says: 'cannot be used with' },
  { name: '--format', words: ['in', '-o', 'out', '--watch', '--format', 'json'], says: '--log-format' },
  { name: 'a rate of nothing', words: ['in', '--watch', '--sync-rate', '0'], says: 'from 0.001 to 1000' },
  { name: 'a namespace that is none', words: ['--watch', '-n', 'Shop'], says: 'lower-case' },
])('$name is a usage error', async ({ words, says }) => {
  const run = await runBin(['render', ...words], '', home);
  expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 2, stdout: '' });
  expect(run.stderr).toContain(says);
});

test('a reader of the log that goes away ends it quietly', () => {
  const { code } = runShell(
    '(timeout 900 node "$3" render "$1" -o "$2" --watch --resync 1; echo $? >"$4") 2>&1 | head -n 1; cat "$4"',
    input,
    out,
    new URL('../../bin/ingress2nginx.js', import.meta.url).pathname,
    join(home, 'code'),
  );
  expect(code).toBe(0);
  expect(readFileSync(join(home, 'code'), 'utf8')).toBe('0\n');
});

test('a disk that is full of logs ends nothing', async () => {
  save('shop.yaml', shop('shop.example.com'));
  const bin = new URL('../../bin/ingress2nginx.js', import.meta.url).pathname;
  const log = openSync('/dev/full', 'w');
  const child = spawn(process.execPath, [bin, 'render', input, '-o', out, '--watch'], {
    stdio: ['ignore', 'ignore', log],
  });
  try {
    await served('shop.example.com');
    save('shop.yaml', shop('store.example.com'));
    await served('store.example.com');
    expect(child.exitCode).toBeNull();
  } finally {
    child.kill('SIGKILL');
    closeSync(log);
  }
});
