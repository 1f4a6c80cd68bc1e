import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { listReleases } from '../../../src/live/apply/release-list.ts';
import { answerOn, NEVER, statusOf, testState } from '../../support/apply.ts';
import type { TestState } from '../../support/apply.ts';
import { freePorts } from '../../support/nginx.ts';
import { bundleProgram } from '../../support/program-bundle.ts';
import type { BundledProgram } from '../../support/program-bundle.ts';
import type { Killing } from '../../support/programs/killed-apply.ts';

let state: TestState;
let port = 0;
let killedApply: BundledProgram;

beforeAll(async () => {
  killedApply = await bundleProgram('killed-apply');
});

afterAll(() => killedApply.remove());

beforeEach(async () => {
  state = testState();
  [port = 0] = await freePorts(1);
});

afterEach(() => state.end());

const start = (nginx?: string) =>
  state.work(applier => applier.start(NEVER), { purpose: 'start', ...(nginx === undefined ? {} : { nginx }) });
const stop = () => state.work(applier => applier.stopNginx(NEVER), { purpose: 'stop' });
const states = () => listReleases(state.folder)?.map(({ id, state: is }) => `${id.split('-')[0]} ${is}`);

/** An apply that is killed right before its step with this number. */
async function killedAt(killAt: number): Promise<void> {
  const killing: Killing = { folder: state.folder, wish: { port, answer: 'new' }, killAt };
  const child = spawn(process.execPath, [killedApply.path, JSON.stringify(killing)], { stdio: 'ignore' });
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
}

describe('start', () => {
  test('serves the current release again after a stop', async () => {
    for (const answer of ['one', 'two']) await state.apply({ port, answer, users: { shop: 'ann:x\n' } });
    await stop();
    expect(await answerOn(port)).toBeUndefined();
    expect(await start()).toMatchObject({ kind: 'serving', action: 'started', release: expect.stringMatching(/^2-/) });
    expect(await answerOn(port)).toBe('two');
  });

  test('serves the release that somebody rolled back to', async () => {
    for (const answer of ['one', 'two']) await state.apply({ port, answer });
    await state.work(applier => applier.rollback(undefined, NEVER));
    await stop();
    await start();
    expect(await answerOn(port)).toBe('one');
  });

  test.each([
    { name: 'leaves its pid file', pid: undefined },
    { name: 'gives its process id to another program', pid: () => `${process.pid}\n` },
    { name: 'leaves an empty pid file', pid: () => '' },
  ])('serves again after a reboot that $name', async ({ pid }) => {
    await state.apply({ port, answer: 'one' });
    await state.loseProcesses();
    if (pid !== undefined) writeFileSync(join(state.folder, 'run/nginx.pid'), pid());
    writeFileSync(
      join(state.folder, 'lock.99'),
      JSON.stringify({ pid: 1, startTime: '1', boot: 'before', purpose: '' }),
    );
    expect(await start()).toMatchObject({ kind: 'serving', action: 'started' });
    expect(await answerOn(port)).toBe('one');
  });

  test('serves the earlier release after a reboot in the middle of an apply, whatever its step', async () => {
    await state.apply({ port, answer: 'old' });
    // From the first step that changes something to the one before nginx is told.
    for (const killAt of [1, 4, 8, 9, 10]) {
      await killedAt(killAt);
      await state.loseProcesses();
      expect(['serving', 'unchanged']).toContain((await start()).kind);
      expect(await answerOn(port)).toBe('old');
      expect((await statusOf(state.folder)).isInterrupted).toBe(false);
    }
  });

  test('leaves an nginx alone that serves already', async () => {
    await state.apply({ port, answer: 'one' });
    const { nginx } = await statusOf(state.folder);
    expect(await start()).toMatchObject({ kind: 'unchanged', pid: nginx?.pid });
  });

  test('brings the files back that nginx should serve, where somebody led current elsewhere', async () => {
    for (const answer of ['one', 'two']) await state.apply({ port, answer });
    await stop();
    rmSync(join(state.folder, 'current'));
    await start();
    expect(await answerOn(port)).toBe('two');
  });

  test('starts nothing that nginx refuses, and says why', async () => {
    await state.apply({ port, answer: 'one' });
    await stop();
    appendFileSync(join(state.folder, 'current/nginx.conf'), 'nonsense on;\n');
    expect(await start()).toMatchObject({ kind: 'refused', stderr: expect.stringContaining('"nonsense"') as string });
    const { nginx, lastError } = await statusOf(state.folder);
    expect({ nginx, problem: lastError?.problem }).toEqual({
      nginx: undefined,
      problem: expect.stringContaining('unknown directive "nonsense"') as string,
    });
  });

  test('says that there is nothing to start', async () => {
    await state.apply({ port, answer: 'one', more: 'nonsense on;' });
    expect(await start()).toEqual({ kind: 'failed', problem: 'there is no release to start: run apply first' });
    expect((await statusOf(state.folder)).nginx).toBeUndefined();
  });
});

describe('the list of releases', () => {
  test('is there only where something was applied', () => {
    expect(listReleases(state.folder)).toBeUndefined();
  });

  test('says what each is, newest first', async () => {
    for (const answer of ['one', 'two', 'three', 'four']) await state.apply({ port, answer });
    expect(states()).toEqual(['4 served', '3 previous', '2 earlier', '1 earlier']);
    await state.work(applier => applier.rollback(undefined, NEVER));
    expect(states()).toEqual(['4 withdrawn', '3 served', '2 previous', '1 earlier']);
    await stop();
    expect(states()).toEqual(['4 withdrawn', '3 current', '2 previous', '1 earlier']);
  });

  test('tells neither what an apply left that was killed, nor what has no folder', async () => {
    await state.apply({ port, answer: 'one' });
    await killedAt(5);
    writeFileSync(join(state.folder, 'releases/.7-00000000.json'), '{}');
    expect(states()).toEqual(['1 served']);
  });

  test('goes on without the record of a release', async () => {
    await state.apply({ port, answer: 'one' });
    const [release] = listReleases(state.folder) ?? [];
    rmSync(join(state.folder, `releases/.${release?.id}.json`));
    expect(listReleases(state.folder)).toMatchObject([{ id: release?.id, routes: undefined, state: 'served' }]);
  });
});
