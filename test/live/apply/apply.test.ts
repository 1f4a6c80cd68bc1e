import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { collect } from '../../../src/diagnostics/diagnostic.ts';
import { openApplier } from '../../../src/live/apply/applier.ts';
import { findMaster, placeIn } from '../../../src/live/apply/nginx-processes.ts';
import { writeOutput } from '../../../src/output/write.ts';
import { answerOn, leftoversIn, NEVER, statusOf, testState, usualOptions } from '../../support/apply.ts';
import type { TestState } from '../../support/apply.ts';
import { candidateOf } from '../../support/candidates.ts';
import { freePorts } from '../../support/nginx.ts';
import { until } from '../../support/until.ts';

let state: TestState;
let port = 0;

beforeEach(async () => {
  state = testState();
  [port = 0] = await freePorts(1);
});

afterEach(() => state.end());

async function masterPid(): Promise<number> {
  return (await statusOf(state.folder)).nginx?.pid ?? 0;
}

describe('apply', () => {
  test('starts nginx, and says what runs', async () => {
    const outcome = await state.apply({ port, answer: 'one' });
    expect(outcome).toMatchObject({ kind: 'serving', action: 'started', workers: 2 });
    expect(await answerOn(port)).toBe('one');
    const { release, nginx, lastError, isInterrupted, holder } = await statusOf(state.folder);
    expect(release?.id).toMatch(/^1-[0-9a-f]{8}$/);
    expect(release?.routes.map(({ ingress }) => ingress)).toEqual(['Ingress shop/one']);
    expect(nginx).toMatchObject({ workers: 2, listeners: [`0.0.0.0:${port}`] });
    expect({ lastError, isInterrupted, holder }).toEqual({
      lastError: undefined,
      isInterrupted: false,
      holder: undefined,
    });
  });

  test('reloads the nginx that runs', async () => {
    await state.apply({ port, answer: 'one' });
    const pid = await masterPid();
    const outcome = await state.apply({ port, answer: 'two' });
    expect(outcome).toMatchObject({ kind: 'serving', action: 'reloaded', pid });
    expect(await answerOn(port)).toBe('two');
  });

  test('opens and closes ports', async () => {
    const [other = 0] = await freePorts(1);
    await state.apply({ port, answer: 'one' });
    await state.apply({ port: other, answer: 'two' });
    expect([await answerOn(port), await answerOn(other)]).toEqual([undefined, 'two']);
    expect((await statusOf(state.folder)).nginx?.listeners).toEqual([`0.0.0.0:${other}`]);
  });

  test('does nothing when nothing has changed', async () => {
    await state.apply({ port, answer: 'one' });
    const pid = await masterPid();
    const steps: string[] = [];
    const outcome = await state.apply({ port, answer: 'one' }, { onStep: step => steps.push(step) });
    expect(outcome).toMatchObject({ kind: 'unchanged', pid });
    expect(steps).toEqual([]);
  });

  test('writes again what somebody has changed in the release', async () => {
    await state.apply({ port, answer: 'one' });
    writeFileSync(join(state.folder, 'current/nginx.conf'), 'nonsense');
    const outcome = await state.apply({ port, answer: 'one' });
    expect(outcome).toMatchObject({ kind: 'serving', action: 'reloaded' });
    expect((await statusOf(state.folder)).release?.id).toMatch(/^2-/);
  });

  test('makes a release equal to a rendered folder, empty folders too', async () => {
    const wish = { port, answer: 'one', users: { 'shop-users': 'ann:x\n' } };
    await state.apply(wish);
    const rendered = join(state.parent, 'rendered');
    const run = { pid: process.pid, isAlive: () => false, now: Date.now };
    await writeOutput({
      dir: rendered,
      files: candidateOf(wish).files,
      report: collect().report,
      signal: NEVER,
      run,
    });
    expect(contentsOf(join(state.folder, 'current'))).toEqual(contentsOf(rendered));
  });

  test('shares the files that stay the same', async () => {
    await state.apply({ port, answer: 'one', users: { kept: 'ann:x\n' } });
    await state.apply({ port, answer: 'two', users: { kept: 'ann:x\n' } });
    expect(statSync(join(state.folder, 'current/auth/kept')).nlink).toBe(2);
  });

  test('keeps as many releases as it shall', async () => {
    for (const answer of ['one', 'two', 'three', 'four']) await state.apply({ port, answer }, { keepReleases: 2 });
    const numbers = readdirSync(join(state.folder, 'releases')).map(name =>
      Number.parseInt(name.replace(/^\./, ''), 10),
    );
    expect(numbers.toSorted((a, b) => a - b)).toEqual([3, 3, 4, 4]);
  });

  test('always keeps the release before the current one', async () => {
    for (const answer of ['one', 'two', 'three']) await state.apply({ port, answer }, { keepReleases: 1 });
    expect(await state.work(applier => applier.rollback(undefined, NEVER))).toMatchObject({ kind: 'serving' });
    expect(await answerOn(port)).toBe('two');
  });

  test('serves, though an earlier release cannot be removed', async () => {
    const notes: string[] = [];
    const onNote = (note: string): void => void notes.push(note);
    const onStep = (step: string): void => {
      const busy = { code: 'EBUSY', syscall: 'rm' };
      if (/^remove \d+-/.test(step)) throw Object.assign(new Error('EBUSY: resource busy, rm'), busy);
    };
    for (const answer of ['one', 'two']) await state.apply({ port, answer }, { keepReleases: 2 });
    const outcome = await state.apply({ port, answer: 'three' }, { keepReleases: 2, onStep, onNote });
    expect(outcome).toMatchObject({ kind: 'serving', action: 'reloaded' });
    // What is left keeps nobody from the next one, either.
    await state.apply({ port, answer: 'four' }, { keepReleases: 2, onStep, onNote });
    expect(await answerOn(port)).toBe('four');
    expect(new Set(notes)).toEqual(new Set(['files of earlier releases cannot be removed: EBUSY: resource busy, rm']));
    await state.apply({ port, answer: 'five' }, { keepReleases: 2 });
    expect(readdirSync(join(state.folder, 'releases')).filter(name => !name.endsWith('.json'))).toHaveLength(2);
  });

  test('says that a password file cannot be taken away, and serves', async () => {
    await state.apply({ port, answer: 'one', users: { ann: 'ann:x\n' } });
    const notes: string[] = [];
    const outcome = await state.apply(
      { port, answer: 'two', users: { bob: 'bob:x\n' } },
      {
        onNote: note => void notes.push(note),
        onStep(step) {
          const release = /^switch to (.+)/.exec(step)?.[1];
          if (release !== undefined) mkdirSync(join(state.folder, 'releases', release, 'auth', 'stray'));
        },
      },
    );
    expect(outcome).toMatchObject({ kind: 'serving' });
    expect(await answerOn(port)).toBe('two');
    expect(notes).toEqual([expect.stringMatching(/^a password file of the previous release cannot be removed: /)]);
    expect(await statusOf(state.folder)).toMatchObject({
      isInterrupted: false,
      release: { id: expect.stringMatching(/^2-/) },
    });
  });

  test('changes nothing when it is interrupted before the switch', async () => {
    await state.apply({ port, answer: 'one' });
    const controller = new AbortController();
    const outcome = await state.work(
      applier => applier.apply(candidateOf({ port, answer: 'two' }), controller.signal),
      {
        onStep: step => void (step === 'test the release' && controller.abort()),
      },
    );
    expect(outcome).toEqual({ kind: 'interrupted' });
    expect(await answerOn(port)).toBe('one');
    expect(readdirSync(join(state.folder, 'releases')).toSorted()).toHaveLength(2);
    expect(leftoversIn(state.folder)).toEqual([]);
  });

  test('finishes what it has switched, even if interrupted', async () => {
    await state.apply({ port, answer: 'one' });
    const controller = new AbortController();
    const outcome = await state.work(
      applier => applier.apply(candidateOf({ port, answer: 'two' }), controller.signal),
      {
        onStep: step => void (step === 'reload nginx' && controller.abort()),
      },
    );
    expect(outcome).toMatchObject({ kind: 'serving' });
    expect(await answerOn(port)).toBe('two');
  });

  test('lets files be tested without a trace', async () => {
    await state.apply({ port, answer: 'one' });
    const before = contentsOf(join(state.folder, 'releases'));
    const said = await state.work(applier =>
      applier.test(candidateOf({ port, answer: 'two', more: 'nonsense on;' }).files, NEVER),
    );
    expect(said).toMatchObject({ kind: 'refused' });
    const fine = await state.work(applier => applier.test(candidateOf({ port, answer: 'two' }).files, NEVER));
    expect(fine).toMatchObject({ kind: 'accepted' });
    expect(contentsOf(join(state.folder, 'releases'))).toEqual(before);
  });
});

describe('what cannot be served', () => {
  test('leaves the old release when nginx refuses the new one, and says what nginx said', async () => {
    await state.apply({ port, answer: 'one' });
    const outcome = await state.apply({ port, answer: 'two', more: 'nonsense on;' });
    expect(outcome).toMatchObject({ kind: 'refused' });
    expect(outcome).toHaveProperty(
      'stderr',
      expect.stringMatching(/unknown directive "nonsense" in nginx\.conf:\d+\n/),
    );
    expect(await answerOn(port)).toBe('one');
    const { lastError, release } = await statusOf(state.folder);
    expect(lastError?.problem).toMatch(
      /^nginx rejects the configuration: unknown directive "nonsense" in nginx\.conf:\d+$/,
    );
    expect(release?.id).toMatch(/^1-/);
    expect(readdirSync(join(state.folder, 'releases'))).toHaveLength(2);
  });

  test('goes back when another program has a port', async () => {
    await state.apply({ port, answer: 'one' });
    const [taken = 0] = await freePorts(1);
    const other = createServer().listen(taken, '0.0.0.0');
    await until(() => other.listening);
    const outcome = await state.apply({ port: taken, answer: 'two' });
    other.close();
    expect(outcome).toMatchObject({
      kind: 'rolled-back',
      problem: `another program listens on port ${taken}: stop it, or choose another port`,
      restored: expect.stringMatching(/^1-/),
    });
    expect(outcome).toHaveProperty('stderr', expect.stringContaining('still could not bind()'));
    expect(await answerOn(port)).toBe('one');
    expect((await statusOf(state.folder)).release?.id).toMatch(/^1-/);
    expect(leftoversIn(state.folder)).toEqual([]);
  });

  test('leaves nothing when the first start fails', async () => {
    const other = createServer().listen(port, '0.0.0.0');
    await until(() => other.listening);
    const outcome = await state.apply({ port, answer: 'one' });
    other.close();
    expect(outcome).toMatchObject({
      kind: 'rolled-back',
      problem: `another program listens on port ${port}: stop it, or choose another port`,
      restored: undefined,
    });
    const { release, nginx, lastError } = await statusOf(state.folder);
    expect({ release, nginx }).toEqual({ release: undefined, nginx: undefined });
    expect(lastError?.problem).toContain('another program');
    expect(readdirSync(join(state.folder, 'releases'))).toEqual([]);
    expect(readdirSync(state.folder)).not.toContain('current');
  });

  test('says that a running nginx cannot move a port to another address', async () => {
    await state.apply({ port, answer: 'one' });
    const outcome = await state.apply({ port, answer: 'two', listen: [`127.0.0.1:${port}`] });
    expect(outcome).toMatchObject({
      kind: 'rolled-back',
      problem: `this nginx already listens on port ${port} at another address: stop it, then apply again`,
    });
    expect(await answerOn(port)).toBe('one');
  });

  test('goes back when a zone cannot be used again with another key', async () => {
    const zone = (key: string): string => `limit_req_zone ${key} zone=all:1m rate=100r/s;`;
    await state.apply({ port, answer: 'one', more: zone('$host'), location: 'limit_req zone=all burst=100;' });
    const wish = { port, answer: 'two', more: zone('$uri'), location: 'limit_req zone=all burst=100;' };
    const outcome = await state.apply(wish);
    expect(outcome).toMatchObject({ kind: 'rolled-back', problem: 'nginx failed to reload' });
    expect(outcome).toHaveProperty('stderr', expect.stringContaining('limit_req "all" uses the "$uri" key'));
    expect(await answerOn(port)).toBe('one');
  });

  test('goes back when the nginx that runs is older than the one that tests', async () => {
    await state.apply({ port, answer: 'one' });
    const newer = join(state.parent, 'nginx-newer');
    const says = 'nginx version: nginx/1.29.0';
    writeFileSync(newer, `#!/bin/sh\nif [ "$1" = -V ]; then echo '${says}' >&2; fi\n`, { mode: 0o755 });
    const outcome = await state.apply({ port, answer: 'two', more: 'newer_directive on;' }, { nginx: newer });
    expect(outcome).toMatchObject({
      kind: 'rolled-back',
      problem: expect.stringMatching(/^the running nginx is older/),
    });
    expect(outcome).toHaveProperty('stderr', expect.stringContaining('unknown directive "newer_directive"'));
    expect(await answerOn(port)).toBe('one');
  });

  test('forgets the last error once all is well', async () => {
    await state.apply({ port, answer: 'one' });
    await state.apply({ port, answer: 'two', more: 'nonsense on;' });
    await state.apply({ port, answer: 'one' });
    expect((await statusOf(state.folder)).lastError).toBeUndefined();
  });
});

describe('streams', () => {
  const tail = (stream: number): string => `stream { server { listen ${stream}; return "tcp"; } }\n`;

  test('are served, from the first start on and after a reload', async () => {
    const [stream = 0] = await freePorts(1);
    await state.apply({ port, answer: 'one' });
    expect(await state.apply({ port, answer: 'two', tail: tail(stream) })).toMatchObject({ kind: 'serving' });
    expect((await statusOf(state.folder)).nginx?.listeners).toContain(`0.0.0.0:${stream}`);
  });
});

describe('a test that fails for what the machine lacks', () => {
  test.each([
    {
      said: 'unknown directive "stream" in nginx.conf:30',
      problem:
        'this nginx has no stream module, which TCP and UDP services and ssl-passthrough need: install it (Debian: libnginx-mod-stream)',
    },
    {
      said: 'bind() to 0.0.0.0:80 failed (13: Permission denied)',
      problem: 'no permission for port 80: choose --http-port 8080, or run as root',
    },
    {
      said: 'open() "/var/log/nginx/error.log" failed (13: Permission denied)',
      problem: 'no permission for /var/log/nginx/error.log: run as root',
    },
    {
      said: 'open() "/run/nginx.pid" failed (28: No space left on device)',
      problem: 'the disk is full: nginx cannot write /run/nginx.pid',
    },
  ])('says of $said what is to be done', async ({ said, problem }) => {
    const nginx = join(state.parent, 'nginx');
    const script = `#!/bin/sh
if [ "$1" = -V ]; then echo 'nginx version: nginx/1.22.1' >&2; exit; fi
echo 'nginx: [emerg] ${said}' >&2
exit 1
`;
    writeFileSync(nginx, script, { mode: 0o755 });
    expect(await state.apply({ port, answer: 'one' }, { nginx })).toEqual({ kind: 'failed', problem });
    expect(readdirSync(join(state.folder, 'releases'))).toEqual([]);
  });
});

describe('an nginx that is not as it was left', () => {
  test('is started again when it was killed, workers too', async () => {
    await state.apply({ port, answer: 'one' });
    const place = placeIn(state.folder, 'run/nginx.pid');
    process.kill(await masterPid(), 'SIGKILL');
    await until(() => findMaster(place) === undefined);
    expect(await answerOn(port)).toBe('one');
    expect((await statusOf(state.folder)).orphans).toBe(2);
    const outcome = await state.apply({ port, answer: 'two' });
    expect(outcome).toMatchObject({ kind: 'serving', action: 'started' });
    expect(await answerOn(port)).toBe('two');
    expect((await statusOf(state.folder)).orphans).toBe(0);
  });

  test('is started again with the same files', async () => {
    await state.apply({ port, answer: 'one' });
    process.kill(await masterPid(), 'SIGKILL');
    const outcome = await state.work(applier => applier.revive(NEVER));
    expect(outcome).toMatchObject({ kind: 'serving', action: 'started', release: expect.stringMatching(/^1-/) });
    expect(await answerOn(port)).toBe('one');
    expect(await state.work(applier => applier.revive(NEVER))).toBeUndefined();
  });

  test('is started when the same is applied again', async () => {
    await state.apply({ port, answer: 'one' });
    await state.work(applier => applier.stopNginx(NEVER));
    expect(await state.apply({ port, answer: 'one' })).toMatchObject({ kind: 'serving', action: 'started' });
    expect(readdirSync(join(state.folder, 'releases'))).toHaveLength(2);
  });

  test.each([
    { name: 'is missing', content: undefined },
    { name: 'is empty', content: '' },
    { name: 'names a process that is not there', content: '4194303\n' },
    { name: 'names a process that is not nginx', content: `${process.pid}\n` },
  ])('is found when its pid file $name', async ({ content }) => {
    await state.apply({ port, answer: 'one' });
    const pid = await masterPid();
    const path = join(state.folder, 'run/nginx.pid');
    if (content === undefined) rmSync(path);
    else writeFileSync(path, content);
    expect(await state.apply({ port, answer: 'two' })).toMatchObject({ kind: 'serving', action: 'reloaded', pid });
  });

  test('is not mistaken for that of another folder', async () => {
    const other = testState();
    try {
      const [otherPort = 0] = await freePorts(1);
      await other.apply({ port: otherPort, answer: 'other' });
      mkdirSync(join(state.folder, 'run'), { recursive: true });
      writeFileSync(join(state.folder, 'run/nginx.pid'), readFileSync(join(other.folder, 'run/nginx.pid')));
      expect(await state.apply({ port, answer: 'one' })).toMatchObject({ kind: 'serving', action: 'started' });
      expect([await answerOn(port), await answerOn(otherPort)]).toEqual(['one', 'other']);
    } finally {
      await other.end();
    }
  });

  test('goes on when the journal was lost, and the next apply takes it over', async () => {
    const before = Date.now();
    for (const answer of ['one', 'two']) await state.apply({ port, answer });
    const pid = await masterPid();
    writeFileSync(join(state.folder, '.state.json'), 'nonsense');
    expect((await statusOf(state.folder)).release?.since).toBeGreaterThanOrEqual(before - 1_000);
    expect(await state.apply({ port, answer: 'three' })).toMatchObject({ kind: 'serving', action: 'reloaded', pid });
    for (const answer of ['two', 'one']) {
      expect(await state.work(applier => applier.rollback(undefined, NEVER))).toMatchObject({ kind: 'serving' });
      expect(await answerOn(port)).toBe(answer);
    }
  });

  test('survives many reloads in a row', async () => {
    for (let number = 0; number < 12; number += 1) await state.apply({ port, answer: `n${number}` });
    expect(await answerOn(port)).toBe('n11');
    expect((await statusOf(state.folder)).nginx?.workers).toBe(2);
  });
});

describe('a folder that is in use', () => {
  test.each([
    { purpose: 'apply --watch' as const, timeoutMs: 60_000 },
    { purpose: 'apply' as const, timeoutMs: 100 },
  ])('by $purpose says who uses it', async ({ purpose, timeoutMs }) => {
    await state.work(
      async () => {
        expect(await openApplier({ ...usualOptions(state.folder), timeoutMs })).toEqual({
          kind: 'failed',
          problem: `${state.folder} is in use by ingress2nginx ${purpose}, process ${process.pid}`,
        });
        expect((await statusOf(state.folder)).holder).toEqual({ pid: process.pid, purpose });
      },
      { purpose },
    );
  });
});

describe('password files', () => {
  test('of the old release stay until no old worker needs them', async () => {
    await state.apply({ port, answer: 'one', users: { old: 'ann:x\n' } });
    const folder = join(state.folder, 'current/auth');
    const seen: (readonly string[])[] = [];
    const onStep = (step: string): void => void (step === 'look at nginx' && seen.push(readdirSync(folder).toSorted()));
    await state.apply({ port, answer: 'two', users: { new: 'ann:y\n' } }, { onStep });
    expect([...seen, readdirSync(folder)]).toEqual([['new', 'old'], ['new']]);
  });

  test('go where the new release has none', async () => {
    await state.apply({ port, answer: 'one', users: { old: 'ann:x\n' } });
    const seen: (readonly string[])[] = [];
    const folder = join(state.folder, 'current');
    const onStep = (step: string): void =>
      void (step === 'look at nginx' && seen.push(readdirSync(join(folder, 'auth'))));
    await state.apply({ port, answer: 'two' }, { onStep });
    expect([...seen, readdirSync(folder).includes('auth')]).toEqual([['old'], false]);
  });
});

describe('rollback', () => {
  test('goes back step by step, and to what is named', async () => {
    for (const answer of ['one', 'two', 'three']) await state.apply({ port, answer });
    const newest = (await statusOf(state.folder)).release?.id;
    await state.work(applier => applier.rollback(undefined, NEVER));
    expect(await answerOn(port)).toBe('two');
    await state.work(applier => applier.rollback(undefined, NEVER));
    expect(await answerOn(port)).toBe('one');
    expect(await state.work(applier => applier.rollback(undefined, NEVER))).toEqual({
      kind: 'failed',
      problem: 'there is no previous release',
    });
    await state.work(applier => applier.rollback(newest, NEVER));
    expect(await answerOn(port)).toBe('three');
  });

  test('does not come back to what somebody went back from', async () => {
    for (const answer of ['one', 'two']) await state.apply({ port, answer });
    await state.work(applier => applier.rollback(undefined, NEVER));
    await state.apply({ port, answer: 'three' });
    await state.work(applier => applier.rollback(undefined, NEVER));
    expect(await answerOn(port)).toBe('one');
  });

  test('throws no release away when all shall stay', async () => {
    for (const answer of ['one', 'two', 'three', 'four']) await state.apply({ port, answer });
    for (const answer of ['three', 'two']) {
      await state.work(applier => applier.rollback(undefined, NEVER), { keepReleases: Infinity });
      expect(await answerOn(port)).toBe(answer);
    }
    const releases = readdirSync(join(state.folder, 'releases')).filter(name => !name.endsWith('.json'));
    expect(releases).toHaveLength(4);
  });

  test('names the releases that are there when asked for another', async () => {
    for (const answer of ['one', 'two']) await state.apply({ port, answer });
    const outcome = await state.work(applier => applier.rollback('7-01234567', NEVER));
    expect(outcome).toHaveProperty(
      'problem',
      expect.stringMatching(/^release 7-01234567 does not exist: choose one of 1-\w+$/),
    );
    const current = (await statusOf(state.folder)).release?.id;
    expect(await state.work(applier => applier.rollback(current, NEVER))).toEqual({
      kind: 'failed',
      problem: `release ${current} is the current one`,
    });
    // A slip is none of the errors that status tells later.
    expect((await statusOf(state.folder)).lastError).toBe(undefined);
  });
});

describe('stop', () => {
  test('ends nginx, and says when there was none', async () => {
    await state.apply({ port, answer: 'one' });
    expect(await state.work(applier => applier.stopNginx(NEVER), { purpose: 'stop' })).toBe(true);
    expect(await answerOn(port)).toBeUndefined();
    expect(await state.work(applier => applier.stopNginx(NEVER), { purpose: 'stop' })).toBe(false);
  });

  test('ends workers that have lost their master', async () => {
    await state.apply({ port, answer: 'one' });
    process.kill(await masterPid(), 'SIGKILL');
    expect(await state.work(applier => applier.stopNginx(NEVER), { purpose: 'stop' })).toBe(true);
    expect(await answerOn(port)).toBeUndefined();
  });

  test('needs no nginx program', async () => {
    await state.apply({ port, answer: 'one' });
    const stopped = await state.work(applier => applier.stopNginx(NEVER), { purpose: 'stop', nginx: '/no/nginx' });
    expect(stopped).toBe(true);
  });
});

describe('a folder that cannot be used', () => {
  test.each([
    { name: 'without nginx', options: { nginx: '/no/such/nginx' }, problem: /^\/no\/such\/nginx is not a program$/ },
    {
      name: 'with a program that is not nginx',
      options: { nginx: '/bin/true' },
      problem: /is not an nginx/,
    },
    {
      name: 'where nothing was applied',
      options: { purpose: 'rollback' as const },
      problem: /^nothing was ever applied/,
    },
    { name: 'below a file', options: { folder: '/etc/hostname/state' }, problem: /cannot be used: ENOTDIR/ },
  ])('is refused $name', async ({ options, problem }) => {
    const opening = await openApplier({ ...usualOptions(state.folder), ...options });
    expect(opening).toMatchObject({ kind: 'failed', problem: expect.stringMatching(problem) });
  });

  test('is refused when others have files in it', async () => {
    writeFileSync(join(state.parent, 'letter.txt'), 'Dear Ann');
    const opening = await openApplier(usualOptions(state.parent));
    expect(opening).toMatchObject({
      kind: 'failed',
      problem: expect.stringMatching(/letter\.txt was not written by ingress2nginx/),
    });
  });

  test('is refused with an old nginx', async () => {
    const old = join(state.parent, 'old-nginx');
    writeFileSync(old, '#!/bin/sh\necho "nginx version: nginx/1.18.0" >&2\n', { mode: 0o755 });
    const opening = await openApplier({ ...usualOptions(state.folder), nginx: old });
    expect(opening).toEqual({
      kind: 'failed',
      problem: `${old} is nginx 1.18.0; the oldest supported version is 1.22.0`,
    });
  });
});

/** By path: the text of each file below a folder; links are not followed. */
function contentsOf(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const texts = entries.map(entry => {
    const path = join(entry.parentPath, entry.name);
    return [
      path.slice(folder.length),
      entry.isFile() ? readFileSync(path, 'utf8') : entry.isDirectory() ? 'folder' : '',
    ];
  });
  return Object.fromEntries(texts) as Readonly<Record<string, string>>;
}
