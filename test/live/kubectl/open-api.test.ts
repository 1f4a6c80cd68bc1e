import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';

import type { LiveEvent } from '../../../src/live/events.ts';
import { openKubeApi } from '../../../src/live/kubectl/open-api.ts';
import { startApiServer } from '../../support/api-server.ts';
import type { ApiServer } from '../../support/api-server.ts';
import { kubectlWith, openApi, processesWith } from '../../support/followed.ts';
import { until } from '../../support/until.ts';

const folder = mkdtempSync(join(tmpdir(), 'i2n-api-'));
let server: ApiServer;
const ends: (() => unknown)[] = [];

beforeAll(async () => {
  server = await startApiServer();
});

afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
  vi.unstubAllEnvs();
  await until(() => processesWith(server.kubeconfig).length === 0);
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A program in the place of kubectl. */
function fakeKubectl(script: string): string {
  const path = join(mkdtempSync(join(folder, 'bin-')), 'kubectl');
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

const NO_FLAG =
  'case "$*" in *--append-server-path*) echo "Error: unknown flag: --append-server-path" >&2; exit 1;; esac';

test.each([
  {
    name: 'no such program',
    settings: { kubectl: '/nowhere/kubectl' },
    problem: '--kubectl: /nowhere/kubectl is not a program',
  },
  {
    name: 'no such name',
    settings: { kubectl: 'kubectl-of-nobody' },
    problem: '--kubectl: kubectl-of-nobody is not a program',
  },
  { name: 'no such context', settings: { context: 'nope' }, problem: 'kubectl: context "nope" does not exist' },
  {
    name: 'no such kubeconfig',
    settings: { kubeconfig: '/nowhere/config' },
    problem: '--kubeconfig: /nowhere/config: no such file or folder',
  },
])('does not open with $name', async ({ settings, problem }) => {
  expect(await openKubeApi({ kubeconfig: server.kubeconfig, ...settings })).toEqual({ kind: 'failed', problem });
});

test('does not open without a context, when there is no other cluster than the one of long ago', async () => {
  vi.stubEnv('KUBECONFIG', join(folder, 'nothing'));
  const problem = 'kubectl: current-context is not set; choose one with --context';
  expect(await openKubeApi()).toEqual({ kind: 'failed', problem });
});

test('does not open without kubectl', async () => {
  vi.stubEnv('PATH', folder);
  const opened = await openKubeApi();
  // Some machines have one where packages put it.
  expect(opened.kind === 'failed' ? opened.problem : 'kubectl').toContain('kubectl');
});

test('does not open a kubeconfig that cannot be read', async () => {
  const kubeconfig = join(folder, 'broken');
  writeFileSync(kubeconfig, '{"apiVersion": "v1", "kind": ');
  const opened = await openKubeApi({ kubeconfig, context: 'any' });
  expect(opened).toMatchObject({
    kind: 'failed',
    problem: expect.stringMatching(/^kubectl: error loading config file/),
  });
});

test('does not open a kubectl that ends at once', async () => {
  const kubectl = fakeKubectl(
    'echo W1124 05:35:46.505091 32515 x.go:1] noise >&2; echo "error: out of order" >&2; exit 4',
  );
  const said: LiveEvent[] = [];
  const opened = await openKubeApi({ kubectl, context: 'any', onEvent: event => void said.push(event) });
  expect(opened).toEqual({ kind: 'failed', problem: 'kubectl: out of order' });
  // It is not tried again, so nothing says so.
  expect(said).toEqual([]);
});

test('does not open a kubectl that says nothing', async () => {
  const kubectl = fakeKubectl('exec sleep 1000');
  const opened = await openKubeApi({ kubectl, longestConfigMs: 200 });
  expect(opened).toEqual({ kind: 'failed', problem: `${kubectl} did not answer within 0.2 s` });
});

test('runs a kubectl that is too old for the flag of servers below a path', async () => {
  const kubectl = fakeKubectl(`${NO_FLAG}\nexec kubectl "$@"`);
  const api = await openApi({ kubectl, kubeconfig: server.kubeconfig });
  ends.push(() => api.close());
  expect(await api.request({ method: 'GET', path: '/api/v1/secrets' })).toMatchObject({ kind: 'ok' });
});

test('talks through a socket that nobody else may reach, and takes it away', async () => {
  vi.stubEnv('XDG_RUNTIME_DIR', folder);
  const sockets = () => readdirSync(folder).filter(name => name.startsWith('ingress2nginx-'));
  const api = await openApi({ kubeconfig: server.kubeconfig });
  const [name = ''] = sockets();
  expect(statSync(join(folder, name)).mode & 0o777).toBe(0o700);
  expect(existsSync(join(folder, name, 'api'))).toBe(true);
  await api.close();
  expect(sockets()).toEqual([]);
});

test('finds a place for its socket where names are not too long', async () => {
  const deep = join(folder, 'x'.repeat(100));
  mkdirSync(deep);
  vi.stubEnv('XDG_RUNTIME_DIR', deep);
  vi.stubEnv('TMPDIR', deep);
  const api = await openApi({ kubeconfig: server.kubeconfig });
  ends.push(() => api.close());
  expect(readdirSync(deep)).toEqual([]);
  expect(await api.request({ method: 'GET', path: '/api/v1/secrets' })).toMatchObject({ kind: 'ok' });
});

test('creates, replaces, patches and deletes', async () => {
  const api = await openApi({ kubeconfig: server.kubeconfig });
  ends.push(() => api.close());
  const leases = '/apis/coordination.k8s.io/v1/namespaces/default/leases';
  const metadata = { name: 'leader', namespace: 'default' };
  const body = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata, spec: { holderIdentity: 'grüße' } };
  const created = await api.request({ method: 'POST', path: leases, body });
  expect(created).toMatchObject({ kind: 'ok', value: { spec: { holderIdentity: 'grüße' } } });
  expect(await api.request({ method: 'POST', path: leases, body })).toMatchObject({
    kind: 'refused',
    code: 409,
    reason: 'AlreadyExists',
  });
  const patch = { spec: { holderIdentity: 'you' } };
  expect(await api.request({ method: 'PATCH', path: `${leases}/leader`, body: patch })).toMatchObject({
    kind: 'ok',
    value: { spec: { holderIdentity: 'you' } },
  });
  const stale = { ...body, metadata: { ...metadata, resourceVersion: '1' } };
  expect(await api.request({ method: 'PUT', path: `${leases}/leader`, body: stale })).toMatchObject({
    kind: 'refused',
    code: 409,
    reason: 'Conflict',
  });
  expect(await api.request({ method: 'DELETE', path: `${leases}/leader` })).toMatchObject({ kind: 'ok' });
  expect(await api.request({ method: 'GET', path: `${leases}/leader` })).toMatchObject({ kind: 'refused', code: 404 });
});

test('gives requests up', async () => {
  const api = await openApi({ kubeconfig: server.kubeconfig });
  ends.push(() => api.close());
  const request = { method: 'GET', path: '/api/v1/secrets' } as const;
  server.faults.stall();
  ends.push(() => server.faults.resume());
  expect(await api.request({ ...request, timeoutMs: 200 })).toEqual({
    kind: 'unreachable',
    problem: 'no answer within 0.2 s',
  });
  expect(await api.request({ ...request, signal: AbortSignal.timeout(100) })).toEqual({
    kind: 'unreachable',
    problem: 'the request was cancelled',
  });
  expect(await api.request({ ...request, signal: AbortSignal.abort() })).toMatchObject({ kind: 'unreachable' });
  const reader = { onLine: () => undefined, silenceMs: 200 };
  const path = '/api/v1/secrets?watch=1&resourceVersion=1';
  expect(await api.stream(path, { ...reader, signal: new AbortController().signal })).toEqual({ kind: 'silent' });
  expect(await api.stream(path, { ...reader, signal: AbortSignal.abort() })).toEqual({ kind: 'aborted' });
});

test('says what it is when an answer is cut', async () => {
  const api = await openApi({ kubeconfig: server.kubeconfig });
  ends.push(() => api.close());
  const path = '/api/v1/secrets?watch=1&resourceVersion=0';
  const stream = api.stream(path, {
    onLine: () => undefined,
    onOpen: () => void server.faults.cutInTheMiddle('secrets'),
    signal: new AbortController().signal,
    silenceMs: 60_000,
  });
  expect(await stream).toEqual({ kind: 'unreachable', problem: 'the connection was lost' });
});

test('starts kubectl again when it is killed, each time a little later, and says so once', async () => {
  const events: LiveEvent[] = [];
  const api = await openApi({ kubeconfig: server.kubeconfig, onEvent: event => void events.push(event) });
  ends.push(() => api.close());
  const request = { method: 'GET', path: '/api/v1/secrets' } as const;
  for (let time = 1; time <= 2; time++) {
    const [pid = 0] = kubectlWith(server.kubeconfig);
    process.kill(pid, 'SIGKILL');
    await until(() => !kubectlWith(server.kubeconfig).includes(pid));
    let isBack = false;
    while (!isBack) {
      isBack = (await api.request(request)).kind === 'ok';
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }
  expect(events).toEqual([
    { kind: 'trouble', what: 'kubectl', problem: 'kubectl proxy ended with code 137', retryInMs: 0 },
  ]);
});

test('answers nothing more once it is closed', async () => {
  const api = await openApi({ kubeconfig: server.kubeconfig });
  await api.close();
  await api.close();
  expect(await api.request({ method: 'GET', path: '/api' })).toEqual({
    kind: 'unreachable',
    problem: 'kubectl was stopped',
  });
});
