import { spawn } from 'node:child_process';
import { openSync, closeSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { processAt } from '../../../src/live/apply/processes.ts';
import { answerOn, NEVER, statusOf, testState } from '../../support/apply.ts';
import type { TestState } from '../../support/apply.ts';
import { freePorts } from '../../support/nginx.ts';
import { until } from '../../support/until.ts';

const IS_ROOT = process.getuid?.() === 0;

let state: TestState;
const ends: (() => void)[] = [];
beforeEach(() => void (state = testState()));
afterEach(async () => {
  for (const end of ends.splice(0)) end();
  await state.end();
});

interface Impostor {
  readonly title: string;
  /** A file that it has open. */
  readonly opens?: { readonly path: string; readonly flags: 'r' | 'a' };
  readonly user?: number | undefined;
}

/** A program that calls itself something else, and takes no notice of what nginx would obey. */
async function startImpostor({ title, opens, user }: Impostor): Promise<number> {
  const file = opens === undefined ? undefined : openSync(opens.path, opens.flags);
  const script = 'trap "" HUP QUIT TERM; exec -a "$1" sleep 600';
  const child = spawn('bash', ['-c', script, 'bash', title], {
    stdio: ['ignore', 'ignore', 'ignore', file ?? 'ignore'],
    ...(user === undefined ? {} : { uid: user, gid: user }),
  });
  if (file !== undefined) closeSync(file);
  const pid = child.pid ?? 0;
  ends.push(() => void child.kill('SIGKILL'));
  await until(() => processAt(pid)?.title.startsWith(title) === true);
  return pid;
}

/** Only root can let somebody else run a program. */
const STRANGERS = IS_ROOT ? [{ name: 'another user', user: 65_534 }] : [];

test.each(STRANGERS)('a master of $name is never taken for ours', async ({ user }) => {
  const [port = 0] = await freePorts(1);
  const title = `nginx: master process /usr/sbin/nginx -p ${state.folder} -c current/nginx.conf`;
  const pid = await startImpostor({ title, user });
  const applied = await state.apply({ port, answer: 'one' });
  expect(applied).toMatchObject({ kind: 'serving', action: 'started' });
  const { nginx } = await statusOf(state.folder);
  expect(nginx).toMatchObject({ pid: applied.kind === 'serving' && applied.pid, workers: 2 });
  expect(await state.apply({ port, answer: 'two' })).toMatchObject({ kind: 'serving', action: 'reloaded' });
  expect(await state.work(applier => applier.stopNginx(NEVER), { purpose: 'stop' })).toBe(true);
  expect(await state.work(applier => applier.stopNginx(NEVER), { purpose: 'stop' })).toBe(false);
  expect((await statusOf(state.folder)).nginx).toBeUndefined();
  expect(processAt(pid)).toBeDefined();
});

test.each(STRANGERS)('a start of nginx by $name is not waited for', async ({ user }) => {
  const [port = 0] = await freePorts(1);
  await startImpostor({ title: `/usr/sbin/nginx -p ${state.folder} -c current/nginx.conf`, user });
  const steps: string[] = [];
  const onStep = (step: string): void => void steps.push(step);
  expect(await state.apply({ port, answer: 'one' }, { onStep })).toMatchObject({ kind: 'serving' });
  expect(steps).toContain('start nginx');
});

test('who only reads our log is no worker of ours, whatever he calls himself', async () => {
  const [port = 0] = await freePorts(1);
  await state.apply({ port, answer: 'one' });
  const path = join(state.folder, 'logs/error.log');
  const reader = await startImpostor({ title: 'nginx: worker process', opens: { path, flags: 'r' } });
  expect((await statusOf(state.folder)).orphans).toBe(0);
  await startImpostor({ title: 'nginx: worker process', opens: { path, flags: 'a' } });
  // Whoever writes it was given it by nginx.
  expect((await statusOf(state.folder)).orphans).toBe(1);
  expect(processAt(reader)).toBeDefined();
  expect(await answerOn(port)).toBe('one');
});
