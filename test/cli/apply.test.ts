import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

import { Ajv } from 'ajv';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { testState } from '../support/apply.ts';
import type { TestState } from '../support/apply.ts';
import { findingsOf, runBin } from '../support/bin.ts';
import type { Run } from '../support/bin.ts';
import { ask } from '../support/client.ts';
import { ingress, service, tlsSecret, userSecret, yamlOf } from '../support/manifests.ts';
import type { Manifest } from '../support/manifests.ts';
import { freePorts, localNginxVersion, nginxProgram } from '../support/nginx.ts';
import { nginxWithoutStreams, pickyNginx, REFUSED_PATH } from '../support/picky-nginx.ts';
import { runShell } from '../support/shell.ts';

let state: TestState;
let httpPort = 0;
let httpsPort = 0;

beforeEach(async () => {
  state = testState();
  [httpPort = 0, httpsPort = 0] = await freePorts(2);
});

afterEach(() => state.end());

/** A Service that nobody answers for: what counts is who is asked. */
const WEB = service('web', [{ number: 80, pod: 8080 }], { clusterIP: '127.0.0.1' });
const shop = (path = '/'): Manifest => ingress({ host: 'shop.example.com', paths: [[path, 'Exact', 'web']] });
const GOOD = [WEB, shop()];
/** What a picky nginx refuses. */
const REFUSED = ingress({ name: 'elsewhere', host: 'elsewhere.example.com', paths: [[REFUSED_PATH, 'Exact', 'web']] });
const INVALID = ingress({ name: 'invalid', host: 'Bad_Host!', paths: [['/', 'Prefix', 'web']] });

function apply(manifests: readonly Manifest[], flags: readonly string[] = []): Promise<Run> {
  const ports = ['--http-port', String(httpPort), '--https-port', String(httpsPort)];
  return runBin(['apply', '-', '--state-dir', state.folder, ...ports, ...flags], yamlOf(manifests));
}

function picky(): readonly string[] {
  return ['--nginx', pickyNginx(state.parent)];
}

function of(command: string, flags: readonly string[] = []): Promise<Run> {
  return runBin([command, ...flags, '--state-dir', state.folder]);
}

/** What nginx answers for a path of the shop: 502 is the Service, 404 is nobody. */
async function statusOf(path: string, host = 'shop.example.com'): Promise<number> {
  return (await ask({ httpPort, httpsPort }, { host, path })).status;
}

/** Parses what a command wrote, and holds it against its published schema. */
function jsonOf({ stdout }: Run, schemaName: string): Readonly<Record<string, unknown>> {
  const read = (name: string): object =>
    JSON.parse(readFileSync(new URL(`../../docs/schemas/${name}.json`, import.meta.url), 'utf8')) as object;
  const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false });
  ajv.addSchema(read('routes'), 'routes.json');
  ajv.addSchema(read('diff'), 'diff.json');
  const validate = ajv.compile(read(schemaName));
  const value = JSON.parse(stdout) as Readonly<Record<string, unknown>>;
  validate(value);
  expect(validate.errors).toBeNull();
  return value;
}

describe('apply', () => {
  test('starts nginx, then reloads it, then leaves it alone: each in one line on stdout', async () => {
    const first = await apply(GOOD);
    expect(first).toMatchObject({ code: 0 });
    expect(first.stdout).toMatch(
      new RegExp(
        `^serving release 1-[0-9a-f]{8}: nginx \\d+ started, \\d+ workers?, 4 routes, http://127\\.0\\.0\\.1:${httpPort}\n$`,
      ),
    );
    expect(await statusOf('/')).toBe(502);
    const second = await apply([WEB, shop('/cart')]);
    expect(second.stdout).toMatch(/^serving release 2-[0-9a-f]{8}: nginx \d+ reloaded, \d+ workers?, 4 routes, /);
    expect([await statusOf('/'), await statusOf('/cart')]).toEqual([404, 502]);
    const third = await apply([WEB, shop('/cart')]);
    expect(third.stdout).toMatch(/^unchanged: release 2-[0-9a-f]{8}, nginx \d+ not reloaded, 4 routes, /);
  });

  test('listens where it is told, says where, and what to do when nginx cannot move there', async () => {
    const first = await apply(GOOD, ['--listen', '127.0.0.9', '--listen', '127.0.0.8']);
    expect(first.stdout).toMatch(new RegExp(`, http://127\\.0\\.0\\.9:${httpPort}\n$`));
    const status = JSON.parse((await of('status', ['--format', 'json'])).stdout) as {
      readonly nginx: { readonly listeners: readonly string[] };
    };
    const listeners = ['127.0.0.8', '127.0.0.9'].flatMap(address => [
      `${address}:${httpPort}`,
      `${address}:${httpsPort}`,
    ]);
    expect(status.nginx.listeners).toEqual(listeners.toSorted());
    const second = await apply(GOOD);
    expect(second.code).toBe(3);
    expect(second.stderr).toContain(
      `this nginx already listens on port ${httpPort} at another address: stop it, then apply again`,
    );
    const third = await apply(GOOD, ['--listen', '192.0.2.1']);
    expect(third.code).toBe(3);
    expect(third.stderr).toContain('this machine has no address 192.0.2.1: name one that it has with --listen');
    expect(JSON.parse((await of('status', ['--format', 'json'])).stdout)).toMatchObject({ nginx: { listeners } });
  });

  test('says what nginx warns of when it tests', async () => {
    const nginx = join(state.parent, 'nginx');
    const warning = 'case " $* " in *" -t "*) echo "nginx: [warn] it is odd" >&2;; esac';
    writeFileSync(nginx, `#!/bin/sh\n${warning}\nexec ${nginxProgram()} "$@"\n`, { mode: 0o755 });
    for (const words of [
      ['--fail-on', 'warning'],
      ['--fail-on', 'warning', '--dry-run'],
    ]) {
      const held = await apply(GOOD, ['--nginx', nginx, ...words]);
      expect(held).toMatchObject({ code: 1, stdout: '' });
      expect(held.stderr).toMatch(/nothing (?:was|would be) applied: 1 warning with --fail-on warning/);
    }
    const run = await apply(GOOD, ['--nginx', nginx]);
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/^serving release 1-/);
    expect(run.stderr).toContain('nginx warns: it is odd');
  });

  test('writes what render writes, in the syntax of the nginx that it runs', async () => {
    await apply(GOOD);
    const { major, minor, patch } = localNginxVersion();
    const rendered = join(state.parent, 'rendered');
    const ports = ['--http-port', String(httpPort), '--https-port', String(httpsPort)];
    const version = ['--nginx-version', `${major}.${minor}.${patch}`];
    await runBin(['render', '-', '-o', rendered, ...ports, ...version], yamlOf(GOOD));
    const conf = (folder: string) => readFileSync(join(folder, 'nginx.conf'), 'utf8');
    expect(conf(join(state.folder, 'current'))).toBe(conf(rendered));
  });

  test('with an error in the input changes nothing, and needs no nginx to say so', async () => {
    const run = await apply([...GOOD, INVALID], ['--nginx', '/no/such/nginx']);
    expect(run).toMatchObject({ code: 1, stdout: '' });
    expect(run.stderr).toMatch(
      /invalid-host[^]*nothing was applied; use --on-error isolate to leave out the invalid Ingresses\n/,
    );
    expect(existsSync(state.folder)).toBe(false);
  });

  test.each([
    { name: 'a List without items', manifests: [], says: 'the input contains no Ingress' },
    {
      name: 'Ingresses of another class',
      manifests: [WEB, ingress({ className: 'internal', host: 'a.example.com', paths: [['/', 'Exact', 'web']] })],
      says: '1 Ingress skipped (other ingress class), none left',
    },
  ])('$name does not replace what is served, unless that is meant', async ({ manifests, says }) => {
    const list = [{ apiVersion: 'v1', kind: 'List', items: manifests }];
    await apply(GOOD);
    const dry = await apply(list, ['--dry-run']);
    expect(dry).toMatchObject({ code: 1, stdout: '' });
    expect(dry.stderr).toContain(`nothing would be applied: ${says}; use --allow-empty`);
    const run = await apply(list, ['--format', 'json']);
    expect(run.code).toBe(1);
    expect(jsonOf(run, 'outcome')).toMatchObject({ outcome: 'withheld', reason: says });
    expect(JSON.parse(run.stderr)).toMatchObject({ withheld: expect.stringContaining('release 1-') as string });
    expect(await statusOf('/')).toBe(502);
    expect((await apply(list, ['--allow-empty'])).code).toBe(0);
    expect(await statusOf('/')).toBe(404);
    expect((await apply(list)).code).toBe(0);
  });

  test('with a warning changes nothing where --fail-on says so, and says it even if it is quiet', async () => {
    const manifests = [...GOOD, ingress({ name: 'b', host: 'b.example.com', paths: [['/', 'Prefix', 'none']] })];
    const run = await apply(manifests, ['--fail-on', 'warning', '--quiet']);
    expect(run).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^nothing was applied: \d warnings? with --fail-on warning$/m) as string,
    });
    expect(existsSync(state.folder)).toBe(false);
  });

  test('says what nginx refuses at the Ingress behind it, and serves on', async () => {
    await apply(GOOD);
    const run = await apply([...GOOD, REFUSED], ['--format', 'json', ...picky()]);
    expect(run.code).toBe(1);
    expect(findingsOf(run).find(({ name }) => name === 'nginx-refuses')).toMatchObject({
      file: '<stdin>',
      message: `nginx rejects this: this nginx refuses "${REFUSED_PATH}" (Ingress shop/elsewhere)`,
    });
    expect(jsonOf(run, 'outcome')).toMatchObject({
      outcome: 'withheld',
      release: expect.stringMatching(/^1-/) as string,
    });
    expect(await statusOf('/')).toBe(502);
  });

  test('with isolate takes out what is invalid and what nginx refuses, and serves all others', async () => {
    const run = await apply([...GOOD, REFUSED, INVALID], ['--on-error', 'isolate', '--format', 'json', ...picky()]);
    expect(run.code).toBe(1);
    expect(jsonOf(run, 'outcome')).toMatchObject({ outcome: 'serving', action: 'started' });
    const taken = findingsOf(run).find(({ name }) => name === 'isolated-ingress');
    expect(taken?.message).toContain('nginx rejects the configuration of Ingress shop/elsewhere: this nginx');
    expect([await statusOf('/'), await statusOf(REFUSED_PATH, 'elsewhere.example.com')]).toEqual([502, 503]);
  });

  test('render --test isolates in the same way', async () => {
    const ports = ['--http-port', String(httpPort), '--https-port', String(httpsPort)];
    const words = ['render', '-', '--test', '--on-error', 'isolate', ...ports, ...picky()];
    const run = await runBin(words, yamlOf([...GOOD, REFUSED]));
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('server_name shop.example.com;');
    expect(run.stdout).toMatch(/location = "?\/refused-by-nginx"? \{ return 503; \}/);
    expect(run.stderr).toContain('isolated-ingress');
  });
});

describe('trouble of the environment ends with 3', () => {
  test.each([
    { name: 'an nginx that is none', flags: ['--nginx', '/no/such/nginx'], says: '/no/such/nginx' },
    { name: 'a program that is no nginx', flags: ['--nginx', '/bin/true'], says: 'is not an nginx' },
  ])('$name', async ({ flags, says }) => {
    const run = await apply(GOOD, flags);
    expect(run).toMatchObject({ code: 3, stdout: '' });
    expect(run.stderr).toContain(says);
    expect(run.stderr).not.toContain('internal error');
  });

  test('a port that another program has: the earlier release is served again', async () => {
    await apply(GOOD);
    const other = createServer();
    const port = (await freePorts(1))[0] ?? 0;
    await new Promise<void>(done => void other.listen(port, '0.0.0.0', () => done()));
    const run = await apply(GOOD, ['--https-port', String(port)]);
    other.close();
    expect(run).toMatchObject({ code: 3, stdout: '' });
    expect(run.stderr).toMatch(/rolled back to release 1-\w+\n[^]*another program listens on port \d+/);
    expect(await statusOf('/')).toBe(502);
  });
});

test.each(['status', 'stop'])('%s says what it cannot read', async command => {
  await apply(GOOD);
  rmSync(join(state.folder, '.state.json'));
  mkdirSync(join(state.folder, '.state.json'));
  const run = await of(command);
  expect(run).toMatchObject({ code: 3, stdout: '' });
  expect(run.stderr).toMatch(/^ingress2nginx: \S+ cannot be read: EISDIR/);
});

describe('apply --dry-run', () => {
  test('compares with a release that lacks a file', async () => {
    await apply(GOOD);
    rmSync(join(state.folder, 'current/certs'), { recursive: true });
    const run = await apply(GOOD, ['--dry-run']);
    expect(run).toMatchObject({ code: 0 });
    expect(run.stdout).toMatch(/^\+ certs\/placeholder\.pem \(secret, not shown\)\n[^]*would be reloaded/m);
  });

  test.each([
    {
      name: 'a folder of others',
      make: 'mkdir -p "$1/photos"',
      says: /photos was not written by ingress2nginx: choose an empty folder with --state-dir/,
    },
    { name: 'a file', make: 'touch "$1"', says: /state is not a folder/ },
  ])('says, as apply does, that $name cannot be served from', async ({ make, says }) => {
    runShell(make, state.folder);
    for (const flags of [['--dry-run'], []]) {
      const run = await apply(GOOD, flags);
      expect(run).toMatchObject({ code: 3, stdout: '' });
      expect(run.stderr).toMatch(says);
    }
  });

  test('shows all of it, would start nginx, and leaves no trace', async () => {
    const run = await apply(GOOD, ['--dry-run']);
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/^--- current\/nginx\.conf\n\+\+\+ new\/nginx\.conf\n@@ /);
    expect(run.stdout).toContain('\n+ certs/placeholder.pem (secret, not shown)\n');
    expect(run.stdout).toContain('\n+ shop.example.com exact / -> shop-web-80 (Ingress shop/shop)\n');
    expect(run.stdout).toMatch(/\nnginx would be started; there is no release yet\n$/);
    expect(readdirSync(state.parent)).toEqual([]);
  });

  test('shows what differs from what is served, never the content of secrets', async () => {
    await apply(GOOD);
    const guarded = ingress({
      host: 'shop.example.com',
      annotations: { 'auth-type': 'basic', 'auth-secret': 'users' },
      tls: [{ hosts: ['shop.example.com'], secretName: 'tls' }],
      paths: [['/', 'Exact', 'web']],
    });
    const run = await apply([WEB, guarded, userSecret('users'), tlsSecret('tls', 'shop')], ['--dry-run']);
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/^\+ auth\/shop_users\S* \(secret, not shown\)$/m);
    expect(run.stdout).toMatch(
      /^~ shop\.example\.com exact \/: tls placeholder -> shop_tls; policies none -> basicAuth,tlsRedirect$/m,
    );
    expect(run.stdout).toMatch(/^medium {2}auth-added {2}a password or an auth service is asked for$/m);
    expect(run.stdout).toMatch(/\nnginx \d+ would be reloaded; the current release is 1-\w+\n$/);
    expect(run.stdout + run.stderr).not.toMatch(/apr1|PRIVATE KEY/);
  });

  test('says when nothing would be done', async () => {
    await apply(GOOD);
    const run = await apply(GOOD, ['--dry-run']);
    expect(run.stdout).toMatch(/^nothing would be done: the current release is 1-\w+, and its files are the same\n$/);
    const asJson = await apply(GOOD, ['--dry-run', '--format', 'json']);
    expect(jsonOf(asJson, 'dry-run')).toMatchObject({ would: 'nothing', files: [], patch: '' });
  });

  test('as JSON holds the same', async () => {
    await apply(GOOD);
    const run = await apply([WEB, shop('/cart')], ['--dry-run', '--format', 'json']);
    expect(jsonOf(run, 'dry-run')).toMatchObject({
      would: 'reload',
      files: [{ path: 'nginx.conf', change: 'changed', isSecret: false }],
      routes: { added: [{ path: '/cart' }], removed: [{ path: '/' }], changed: [] },
      changes: [{ kind: 'removed-route' }, { kind: 'added-route' }],
    });
  });

  test('refuses what nginx refuses', async () => {
    const run = await apply([...GOOD, REFUSED], ['--dry-run', ...picky()]);
    expect(run).toMatchObject({ code: 1, stdout: '' });
    expect(run.stderr).toMatch(
      /this nginx refuses[^]*nothing would be applied; use --on-error isolate to leave out the invalid Ingresses\n/,
    );
  });
});

describe('start and releases', () => {
  test('before the first apply there is nothing to start or to list', async () => {
    expect(await of('start')).toEqual({
      code: 3,
      stdout: '',
      stderr: `nothing was started\ningress2nginx: nothing was ever applied in ${state.folder}\n`,
    });
    expect(jsonOf(await of('start', ['--format', 'json']), 'outcome')).toMatchObject({ outcome: 'failed' });
    expect(await of('releases')).toMatchObject({ code: 1, stdout: `no releases in ${state.folder}\n` });
    expect(jsonOf(await of('releases', ['--format', 'json']), 'releases')).toMatchObject({ releases: [] });
    expect(existsSync(state.folder)).toBe(false);
  });

  test('serve again what stop ended, and list it', async () => {
    await apply(GOOD);
    await apply([WEB, shop('/cart')]);
    await of('stop');
    const TIME = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ`;
    const table = (now: string) =>
      new RegExp(
        `^RELEASE +CREATED +ROUTES +STATE\n2-[0-9a-f]{8} +${TIME} +4 +${now}\n1-[0-9a-f]{8} +${TIME} +4 +previous\n$`,
      );
    expect((await of('releases')).stdout).toMatch(table('current'));
    const started = await of('start', ['--format', 'json']);
    expect(jsonOf(started, 'outcome')).toMatchObject({ outcome: 'serving', action: 'started', routes: 4 });
    expect([await statusOf('/'), await statusOf('/cart')]).toEqual([404, 502]);
    expect((await of('releases')).stdout).toMatch(table('served'));
    const listed = jsonOf(await of('releases', ['--format', 'json']), 'releases');
    expect(listed).toMatchObject({ releases: [{ state: 'served', routes: 4 }, { state: 'previous' }] });
    const again = await of('start');
    expect(again).toMatchObject({ code: 0, stderr: '' });
    expect(again.stdout).toMatch(/^already running: release 2-[0-9a-f]{8}, nginx \d+, 4 routes\n$/);
  });

  test('without a stream module, nothing of ssl-passthrough is served, and what is served stays', async () => {
    await apply(GOOD);
    const passed = ingress({
      name: 'vault',
      host: 'vault.example.com',
      annotations: { 'ssl-passthrough': 'true' },
      paths: [['/', 'Prefix', 'web']],
    });
    const nginx = nginxWithoutStreams(state.parent);
    for (const reaction of ['fail', 'isolate']) {
      const run = await apply([...GOOD, passed], ['--nginx', nginx, '--on-error', reaction]);
      expect(run.code).not.toBe(0);
      expect(run.stderr).toContain(
        'this nginx has no stream module, which TCP and UDP services and ssl-passthrough need',
      );
      expect([await statusOf('/'), await statusOf('/', 'vault.example.com')]).toEqual([502, 404]);
    }
  });

  test('start says what nginx has against the release', async () => {
    await apply(GOOD);
    await of('stop');
    writeFileSync(join(state.folder, 'current/nginx.conf'), 'nonsense on;\n');
    const run = await of('start');
    expect(run).toMatchObject({ code: 3, stdout: '' });
    expect(run.stderr).toMatch(/^nothing was started\ningress2nginx: .*unknown directive "nonsense"/);
  });
});

describe('status, rollback and stop', () => {
  test('before the first apply there is nothing to say, to go back to or to stop', async () => {
    expect(await of('status')).toMatchObject({ code: 1, stdout: `nothing was ever applied in ${state.folder}\n` });
    expect(jsonOf(await of('status', ['--format', 'json']), 'status')).toMatchObject({ serving: false });
    expect(await of('stop')).toMatchObject({ code: 0, stdout: 'nginx is not running\n' });
    expect(await of('rollback')).toMatchObject({ code: 3, stdout: '' });
  });

  test('follow what was applied', async () => {
    await apply(GOOD);
    await apply([WEB, shop('/cart')]);
    const status = await of('status', ['--format', 'json']);
    expect(status.code).toBe(0);
    expect(jsonOf(status, 'status')).toMatchObject({
      serving: true,
      release: { id: expect.stringMatching(/^2-/) as string, routes: 4 },
      nginx: { listeners: expect.arrayContaining([`0.0.0.0:${httpPort}`, `0.0.0.0:${httpsPort}`]) as string[] },
    });
    const back = await of('rollback', ['--format', 'json']);
    expect(jsonOf(back, 'outcome')).toMatchObject({ outcome: 'serving', action: 'reloaded', routes: 4 });
    expect([await statusOf('/'), await statusOf('/cart')]).toEqual([502, 404]);
    expect((await of('status')).stdout).toMatch(/^release +1-/m);
    const stopped = await of('stop', ['--format', 'json']);
    expect(jsonOf(stopped, 'stop')).toMatchObject({ stopped: true, pid: expect.any(Number) as number });
    expect(await of('status')).toMatchObject({ code: 1 });
  });

  test('a release that is not there is named', async () => {
    await apply(GOOD);
    const run = await of('rollback', ['7-00000000']);
    expect(run).toMatchObject({ code: 3, stdout: '' });
    expect(run.stderr).toContain('7-00000000');
  });
});
