import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

import { startBackends } from '../support/backends.ts';
import type { Backends } from '../support/backends.ts';
import { runBin } from '../support/bin.ts';
import { ask } from '../support/client.ts';
import type { Ports } from '../support/client.ts';
import { app, ingress, yamlOf } from '../support/manifests.ts';
import { freePorts } from '../support/nginx.ts';
import { eventually, startWatching } from '../support/watching.ts';
import type { LogObject, Watching } from '../support/watching.ts';

let backends: Backends;
let home = '';
let input = '';
let state = '';
let ports: Ports = { httpPort: 0, httpsPort: 0 };
let metricsPort = 0;
const running: Watching[] = [];

beforeAll(async () => {
  backends = await startBackends();
});

afterAll(() => backends.close());

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'i2n-watch-apply-'));
  input = join(home, 'in');
  state = join(home, 'state');
  mkdirSync(input);
  const [httpPort = 0, httpsPort = 0, metrics = 0] = await freePorts(3);
  ports = { httpPort, httpsPort };
  metricsPort = metrics;
});

afterEach(async () => {
  for (const watching of running.splice(0)) await watching.stop('SIGKILL');
  await runBin(['stop', '--state-dir', state]);
  const pid = nginxPid();
  rmSync(home, { recursive: true, force: true });
  if (pid !== undefined) process.kill(pid, 'SIGKILL');
});

function save(name: string, text: string): void {
  writeFileSync(join(home, 'new'), text);
  renameSync(join(home, 'new'), join(input, name));
}

function shop(host: string): string {
  return yamlOf([...app(backends, 'web'), ingress({ host, paths: [['/', 'Prefix', 'web']] })]);
}

function watch(flags: readonly string[] = []): Watching {
  const { httpPort, httpsPort } = ports;
  const place = ['--state-dir', state, '--http-port', String(httpPort), '--https-port', String(httpsPort)];
  const watching = startWatching(['apply', ...place, '--sync-rate', '100', ...flags, input]);
  running.push(watching);
  return watching;
}

const isSync =
  (outcome: string) =>
  (line: LogObject): boolean =>
    line.event === 'synced' && line['outcome'] === outcome;
const isNginx =
  (action: string) =>
  (line: LogObject): boolean =>
    line.event === 'nginx' && line['action'] === action;

/** The pod that answers, or the status. */
async function answerOf(host: string): Promise<string | number> {
  const { seen, status } = await ask(ports, { host, path: '/' });
  return seen?.pod ?? status;
}

/** Undefined when none runs. */
function nginxPid(): number | undefined {
  const file = join(state, 'run/nginx.pid');
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  return pid > 0 && existsSync(`/proc/${pid}`) ? pid : undefined;
}

function isClosed(port: number): Promise<true | undefined> {
  return new Promise(done => {
    const socket = connect(port, '127.0.0.1');
    socket
      .once('error', () => done(true))
      .once('connect', () => {
        socket.destroy();
        done(undefined);
      });
  });
}

async function get(path: string): Promise<{ readonly status: number; readonly text: string }> {
  const response = await fetch(`http://127.0.0.1:${metricsPort}${path}`);
  return { status: response.status, text: await response.text() };
}

test('an edit is served, and nginx goes on when the watch ends', async () => {
  save('shop.yaml', shop('shop.example.com'));
  const watching = watch();
  expect(await watching.until(isNginx('started'))).toMatchObject({ pid: nginxPid() });
  await watching.until(isSync('applied'));
  expect(await answerOf('shop.example.com')).toBe('web');
  const mark = watching.mark();
  save('shop.yaml', shop('store.example.com'));
  const synced = await watching.until(isSync('applied'), mark);
  expect(synced).toMatchObject({ routes: { added: 1, removed: 1 }, causes: [`${input}/shop.yaml changed`] });
  expect(await answerOf('store.example.com')).toBe('web');
  expect(await answerOf('shop.example.com')).toBe(404);
  expect(await watching.stop()).toBe(0);
  expect(await answerOf('store.example.com')).toBe('web');
});

test('a state folder among the manifests is not read, and sets nothing off', async () => {
  state = join(input, 'state');
  save('shop.yaml', shop('shop.example.com'));
  const watching = watch();
  await watching.until(isSync('applied'));
  for (const host of ['store.example.com', 'market.example.com']) {
    const mark = watching.mark();
    save('shop.yaml', shop(host));
    await watching.until(isSync('applied'), mark);
  }
  expect(watching.log().filter(({ event }) => event === 'synced')).toHaveLength(3);
  expect(await watching.stop()).toBe(0);
  const { stderr } = await runBin(['render', input, '--format', 'compact']);
  expect(stderr).not.toContain('state/');
});

test('a bad edit changes nothing that is served', async () => {
  save('shop.yaml', shop('shop.example.com'));
  const watching = watch();
  await watching.until(isSync('applied'));
  save('shop.yaml', 'kind: Ingress\napiVersion: networking.k8s.io/v1\nmetadata: {name: 7}\n');
  await watching.until(isSync('withheld'));
  expect(await answerOf('shop.example.com')).toBe('web');
});

test('an nginx that is killed is started again', async () => {
  save('shop.yaml', shop('shop.example.com'));
  const watching = watch();
  await watching.until(isSync('applied'));
  const before = nginxPid() ?? 0;
  const mark = watching.mark();
  process.kill(before, 'SIGKILL');
  expect(await watching.until(isNginx('died'), mark)).toMatchObject({ pid: before, level: 'error' });
  await watching.until(isNginx('started'), mark);
  expect(await answerOf('shop.example.com')).toBe('web');
  expect(nginxPid()).not.toBe(before);
});

test('what was served last is served from the start, even where the input is wrong', async () => {
  save('shop.yaml', shop('shop.example.com'));
  const first = watch(['--stop-on-exit']);
  await first.until(isSync('applied'));
  expect(await first.stop()).toBe(0);
  expect(nginxPid()).toBe(undefined);
  save('shop.yaml', '');
  const second = watch();
  await second.until(isSync('withheld'));
  await second.until(isNginx('started'));
  expect(await answerOf('shop.example.com')).toBe('web');
});

test('--stop-on-exit ends nginx after its requests; a second signal does not wait for it', async () => {
  save('shop.yaml', shop('shop.example.com'));
  const watching = watch(['--stop-on-exit']);
  await watching.until(isSync('applied'));
  const pending = ask(ports, { host: 'shop.example.com', path: '/', pod: { delayMs: 5_000 } });
  // The pod answers the second request at once, when it has the first.
  await ask(ports, { host: 'shop.example.com', path: '/' });
  watching.signal('SIGTERM');
  await eventually('a port that is closed', () => isClosed(ports.httpPort));
  watching.signal('SIGINT');
  expect(await watching.ended).toBe('SIGINT');
  expect((await pending).status).toBe(200);
});

test('only one watch at a time has a state folder', async () => {
  save('shop.yaml', shop('shop.example.com'));
  const watching = watch();
  await watching.until(isSync('applied'));
  const run = await runBin(['apply', '--state-dir', state, '--timeout', '1', input]);
  expect(run.code).toBe(3);
  expect(run.stderr).toContain(`in use by ingress2nginx apply --watch, process ${watching.pid}`);
});

test('a port that is taken is waited for', async () => {
  save('shop.yaml', shop('shop.example.com'));
  const other = createServer((_, response) => response.end('other'));
  await new Promise<void>(done => void other.listen(ports.httpPort, '0.0.0.0', done));
  const watching = watch(['--timeout', '5']);
  const failed = await watching.until(isSync('failed'));
  expect(String(failed['problem'])).toContain(String(ports.httpPort));
  await new Promise(done => void other.close(done));
  await watching.until(isSync('applied'));
  expect(await answerOf('shop.example.com')).toBe('web');
});

test('metrics, health and readiness follow what happens', async () => {
  const began = Date.now() / 1_000;
  save('shop.yaml', '');
  const watching = watch(['--metrics-port', String(metricsPort)]);
  await watching.until(isSync('withheld'));
  expect(await get('/healthz')).toEqual({ status: 200, text: 'ok\n' });
  expect(await get('/readyz')).toEqual({ status: 503, text: 'nothing has been served yet: withheld: 1 error\n' });
  save('shop.yaml', shop('shop.example.com'));
  await watching.until(isSync('applied'));
  expect((await get('/readyz')).status).toBe(200);
  const mark = watching.mark();
  save('shop.yaml', shop('store.example.com'));
  await watching.until(isSync('applied'), mark);
  save('shop.yaml', '{');
  await watching.until(isSync('withheld'), mark);
  expect((await get('/readyz')).status).toBe(200);
  const { text } = await get('/metrics');
  const valueOf = (name: string): number | undefined => {
    const line = text.split('\n').find(row => row.startsWith(`${name} `));
    return line === undefined ? undefined : Number(line.split(' ').at(-1));
  };
  expect(valueOf('ingress2nginx_syncs_total{outcome="applied"}')).toBe(2);
  expect(valueOf('ingress2nginx_syncs_total{outcome="withheld"}')).toBe(2);
  expect(valueOf('ingress2nginx_syncs_total{outcome="failed"}')).toBe(0);
  expect(valueOf('ingress2nginx_nginx_reloads_total')).toBe(1);
  expect(valueOf('ingress2nginx_routes')).toBe(3);
  expect(valueOf('ingress2nginx_objects{type="files"}')).toBe(1);
  expect(valueOf('ingress2nginx_findings{severity="error"}')).toBe(1);
  expect(valueOf('ingress2nginx_sync_duration_seconds_count')).toBe(4);
  expect(valueOf('ingress2nginx_change_to_serving_seconds_count')).toBe(2);
  expect(valueOf('ingress2nginx_watch_state{type="files",state="watching"}')).toBe(1);
  expect(valueOf('ingress2nginx_last_success_timestamp_seconds')).toBeGreaterThanOrEqual(began);
  expect(valueOf('ingress2nginx_last_success_timestamp_seconds')).toBeLessThanOrEqual(Date.now() / 1_000);
  expect((await get('/other')).status).toBe(404);
  await watching.stop();
});

test('a metrics port in use ends with exit code 3', async () => {
  save('shop.yaml', shop('shop.example.com'));
  const other = createServer();
  await new Promise<void>(done => void other.listen(metricsPort, '127.0.0.1', done));
  const watching = watch(['--metrics-port', String(metricsPort)]);
  expect(await watching.ended).toBe(3);
  expect(watching.log()).toMatchObject([
    {
      level: 'error',
      event: 'fatal',
      message: `--metrics-port: port ${metricsPort} of 127.0.0.1 cannot be used: another program listens there`,
    },
  ]);
  await new Promise(done => void other.close(done));
});

test.each([
  { name: '--stop-on-exit without --watch', words: ['--stop-on-exit', '.'], says: '--stop-on-exit needs --watch' },
  {
    name: '--dry-run with --watch',
    words: ['--watch', '--dry-run', '.'],
    says: '--dry-run cannot be used with --watch',
  },
])('$name is a usage error', async ({ words, says }) => {
  const run = await runBin(['apply', '--state-dir', state, ...words], '', home);
  expect(run.code).toBe(2);
  expect(run.stderr).toContain(says);
});
