import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { openApplier } from '../../../src/live/apply/applier.ts';
import { listenersOf } from '../../../src/live/apply/listeners.ts';
import { processAt } from '../../../src/live/apply/processes.ts';
import { findNginx } from '../../../src/live/local-nginx/nginx-binary.ts';
import { answerOn, NEVER, statusOf, testState, usualOptions } from '../../support/apply.ts';
import type { TestState } from '../../support/apply.ts';
import { freePorts } from '../../support/nginx.ts';
import { until } from '../../support/until.ts';

const NGINX = findNginx(process.env['TEST_NGINX']) ?? 'nginx';
/** The answer of an nginx.conf that stood there before. */
const OLD = 'http { access_log off; server { listen PORT; location / { return 200 "before"; } } } events {}\n';

let state: TestState;
let port = 0;

beforeEach(async () => {
  state = testState();
  mkdirSync(state.folder);
  [port = 0] = await freePorts(1);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await state.end();
});

function conf(): string {
  return join(state.folder, 'nginx.conf');
}

function kept(): string {
  return `${conf()}.before-ingress2nginx`;
}

async function takePort(): Promise<{ readonly taken: number; readonly give: () => void }> {
  const [taken = 0] = await freePorts(1);
  const other = createServer().listen(taken, '0.0.0.0');
  await until(() => other.listening);
  return { taken, give: () => void other.close() };
}

describe('a prefix of its own', () => {
  const options = { kind: 'system' } as const;

  function startOld(pidFile = 'run/nginx.pid', log = 'logs/error.log'): void {
    for (const name of ['logs', 'run']) mkdirSync(join(state.folder, name));
    const head = `pid ${pidFile}; error_log ${log} notice;\n`;
    writeFileSync(conf(), head + OLD.replace('PORT', String(port)));
    const words = ['-p', state.folder, '-c', 'nginx.conf', '-e', log];
    expect(spawnSync(NGINX, words, { stdio: ['ignore', 'ignore', 'inherit'] }).status).toBe(0);
  }

  test('is served, with links that lead to the current release', async () => {
    const notes: string[] = [];
    const onNote = (note: string): void => void notes.push(note);
    const outcome = await state.apply({ port, answer: 'one', users: { ann: 'ann:x\n' } }, { ...options, onNote });
    expect(outcome).toMatchObject({ kind: 'serving', action: 'started' });
    expect(await answerOn(port)).toBe('one');
    expect(readlinkSync(conf())).toBe('current/nginx.conf');
    expect(readFileSync(join(state.folder, 'auth/ann'), 'utf8')).toBe('ann:x\n');
    expect(notes.filter(note => note.includes('is kept as'))).toEqual([]);
    expect(await state.apply({ port, answer: 'one', users: { ann: 'ann:x\n' } }, options)).toMatchObject({
      kind: 'unchanged',
    });
    expect(await statusOf(state.folder)).toMatchObject({ nginx: { workers: 2, listeners: [`0.0.0.0:${port}`] } });
    expect(await state.work(applier => applier.stopNginx(NEVER), { ...options, purpose: 'stop' })).toBe(true);
  });

  test('takes over the nginx that runs, and keeps the nginx.conf of others', async () => {
    startOld();
    await until(() => existsSync(join(state.folder, 'run/nginx.pid')));
    const notes: string[] = [];
    const onNote = (note: string): void => void notes.push(note);
    const outcome = await state.apply({ port, answer: 'one' }, { ...options, onNote });
    expect(outcome).toMatchObject({ kind: 'serving', action: 'reloaded' });
    expect(await answerOn(port)).toBe('one');
    expect(readFileSync(kept(), 'utf8')).toContain('"before"');
    expect(notes).toContain(`${state.folder}/nginx.conf is kept as nginx.conf.before-ingress2nginx`);
  });

  test('takes over an nginx that keeps its pid and its log elsewhere', async () => {
    const pidFile = join(state.parent, 'nginx.pid');
    startOld(pidFile, join(state.parent, 'error.log'));
    await until(() => existsSync(pidFile));
    const { taken, give } = await takePort();
    expect(await state.apply({ port: taken, answer: 'one' }, options)).toMatchObject({
      kind: 'rolled-back',
      problem: `another program listens on port ${taken}: stop it, or choose another port`,
    });
    give();
    expect(await answerOn(port)).toBe('before');
    expect(await state.apply({ port, answer: 'one' }, options)).toMatchObject({ kind: 'serving', action: 'reloaded' });
    expect(await answerOn(port)).toBe('one');
  });

  test('puts the nginx.conf of others back when the first reload fails', async () => {
    startOld();
    await until(() => existsSync(join(state.folder, 'run/nginx.pid')));
    const { taken, give } = await takePort();
    const outcome = await state.apply({ port: taken, answer: 'one' }, options);
    give();
    expect(outcome).toMatchObject({ kind: 'rolled-back', restored: undefined });
    expect(await answerOn(port)).toBe('before');
    expect(lstatSync(conf()).isFile()).toBe(true);
    expect([existsSync(kept()), existsSync(join(state.folder, 'current'))]).toEqual([false, false]);
  });

  test.each([
    { name: 'a folder of others', make: () => mkdirSync(join(state.folder, 'certs')), problem: /certs is in the way/ },
    {
      name: 'an nginx.conf that was kept before',
      make: () => [conf(), kept()].forEach(path => writeFileSync(path, 'events {}')),
      problem: /before-ingress2nginx already exists/,
    },
  ])('is refused with $name in the way', async ({ make, problem }) => {
    make();
    const opening = await openApplier({ ...usualOptions(state.folder), ...options });
    expect(opening).toMatchObject({ kind: 'failed', problem: expect.stringMatching(problem) });
  });

  test('is refused when there is no such folder', async () => {
    const opening = await openApplier({ ...usualOptions(join(state.parent, 'none')), ...options });
    expect(opening).toMatchObject({ kind: 'failed', problem: expect.stringMatching(/none is not a folder$/) });
  });
});

describe('the folder that nginx was built for', () => {
  /** nginx as a system has it: it knows by itself where its configuration, its pid and its log are. */
  function systemNginx(): string {
    const home = join(state.parent, 'system');
    for (const name of ['', 'run', 'logs']) mkdirSync(join(home, name));
    const path = join(state.parent, 'nginx');
    const { stderr } = spawnSync(NGINX, ['-V'], { encoding: 'utf8' });
    const says = stderr
      .replace(/--conf-path=\S+/, `--conf-path=${conf()}`)
      .replace(/--pid-path=\S+/, `--pid-path=${home}/nginx.pid`)
      .replace(/--error-log-path=\S+/, `--error-log-path=${home}/logs/error.log`)
      .replaceAll("'", '');
    const always = `-g 'pid ${home}/nginx.pid; error_log ${home}/logs/error.log notice;'`;
    writeFileSync(
      path,
      `#!/bin/sh
if [ "$1" = -V ]; then echo '${says}' >&2; exit; fi
if [ $# = 0 ]; then set -- -c '${conf()}' -e '${home}/logs/error.log'; fi
exec ${NGINX} -p '${home}' ${always} "$@"
`,
      { mode: 0o755 },
    );
    return path;
  }

  const wish = (answer: string) => ({ port, answer, isBare: true });

  test('is served by nginx as it was built', async () => {
    const options = { kind: 'system', nginx: systemNginx() } as const;
    writeFileSync(conf(), `user www-data;\n${OLD}`);
    const layout = await state.work(applier => Promise.resolve(applier.layout), options);
    expect(layout).toMatchObject({ user: ['www-data'] });
    expect(await state.apply(wish('one'), options)).toMatchObject({ kind: 'serving', action: 'started' });
    expect(await state.apply(wish('two'), options)).toMatchObject({ kind: 'serving', action: 'reloaded' });
    expect(await answerOn(port)).toBe('two');
    expect((await statusOf(state.folder)).nginx?.listeners).toEqual([`0.0.0.0:${port}`]);
    const { taken, give } = await takePort();
    expect(await state.apply({ ...wish('three'), port: taken }, options)).toMatchObject({
      kind: 'rolled-back',
      problem: `another program listens on port ${taken}: stop it, or choose another port`,
    });
    give();
    expect(await answerOn(port)).toBe('two');
    expect(await state.work(applier => applier.stopNginx(NEVER), { ...options, purpose: 'stop' })).toBe(true);
    expect(await answerOn(port)).toBeUndefined();
  });

  test.each([
    { name: 'was killed, and left workers', signal: 'SIGKILL' as const },
    { name: 'is quitting', signal: 'SIGQUIT' as const },
  ])('is served by another nginx when the one that ran $name', async ({ signal }) => {
    const options = { kind: 'system', nginx: systemNginx() } as const;
    let isAsked = false;
    const backend = createServer(() => void (isAsked = true)).listen(0, '127.0.0.1');
    await until(() => backend.listening);
    const { port: proxyTo } = backend.address() as AddressInfo;
    await state.apply({ ...wish('one'), proxyTo }, options);
    // Keeps a worker that is told to end.
    const waiting = answerOn(port);
    await until(() => isAsked);
    const pid = (await statusOf(state.folder)).nginx?.pid ?? 0;
    process.kill(pid, signal);
    await until(() => (signal === 'SIGKILL' ? processAt(pid) === undefined : listenersOf(pid)?.length === 0));
    expect(await state.apply(wish('two'), options)).toMatchObject({ kind: 'serving', action: 'started' });
    expect(await answerOn(port)).toBe('two');
    backend.close();
    await waiting;
    expect(await state.apply(wish('three'), options)).toMatchObject({ kind: 'serving', action: 'reloaded' });
    expect(await answerOn(port)).toBe('three');
  });

  /** A systemd that knows the unit nginx, and writes down what it was told. */
  function systemd(nginx: string): () => string {
    const log = join(state.parent, 'systemctl.log');
    const path = join(state.parent, 'bin/systemctl');
    mkdirSync(join(state.parent, 'bin'));
    const pidFile = join(state.parent, 'system/nginx.pid');
    writeFileSync(
      path,
      `#!/bin/sh
echo "$@" >> ${log}
case "$1" in
show) echo LoadState=loaded ;;
is-active) test -s ${pidFile} ;;
start) ${nginx} ;;
reload) read -r pid < ${pidFile}; kill -HUP "$pid" ;;
esac
`,
      { mode: 0o755 },
    );
    vi.stubEnv('PATH', `${join(state.parent, 'bin')}:${process.env['PATH'] ?? ''}`);
    return () => readFileSync(log, 'utf8');
  }

  test('is left to systemd, where the system has it', async () => {
    const options = { kind: 'system', nginx: systemNginx() } as const;
    const told = systemd(options.nginx);
    expect(await state.apply(wish('one'), options)).toMatchObject({ kind: 'serving', action: 'started' });
    expect(told()).toContain('start nginx\n');
    expect(await state.apply(wish('two'), options)).toMatchObject({ kind: 'serving', action: 'reloaded' });
    expect(told()).toContain('reload nginx\n');
    expect(await answerOn(port)).toBe('two');
  });
});
