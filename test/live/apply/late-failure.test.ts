import { cpSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

import { openApplier } from '../../../src/live/apply/applier.ts';
import { answerOn, leftoversIn, NEVER, statusOf, testState, usualOptions } from '../../support/apply.ts';
import type { TestState } from '../../support/apply.ts';
import { freePorts } from '../../support/nginx.ts';

let state: TestState;
let port = 0;
/** Somebody else's port. */
const taken = createServer();
beforeAll(() => new Promise<void>(done => void taken.listen(0, '127.0.0.1', done)));
afterAll(() => void taken.close());
beforeEach(async () => {
  state = testState();
  [port = 0] = await freePorts(1);
});
afterEach(() => state.end());

/** Applies, and does something right before the first step whose name begins so. */
function applyAnd(answer: string, { before, does }: { readonly before: string; readonly does: () => void }) {
  let isDone = false;
  const onStep = (step: string): void => {
    if (isDone || !step.startsWith(before)) return;
    isDone = true;
    does();
  };
  return state.apply({ port, answer }, { onStep });
}

function putFolder(name: string): void {
  rmSync(join(state.folder, name), { force: true });
  mkdirSync(join(state.folder, name, 'in-the-way'), { recursive: true });
}

test('what cannot be recorded at the end is taken back, and the release before is served', async () => {
  await state.apply({ port, answer: 'one' });
  const outcome = await applyAnd('two', {
    before: 'record the end of the switch',
    does: () => putFolder('.state.json'),
  });
  expect(outcome).toMatchObject({
    kind: 'rolled-back',
    problem: expect.stringMatching(/^the switch cannot be recorded: E\w+/),
    restored: expect.stringMatching(/^1-/),
  });
  expect(await answerOn(port)).toBe('one');
  rmSync(join(state.folder, '.state.json'), { recursive: true });
  expect((await state.apply({ port, answer: 'three' })).kind).toBe('serving');
  expect(leftoversIn(state.folder)).toEqual([]);
});

test('nobody says that a release is served again when the way back fails, too', async () => {
  const first = await state.apply({ port, answer: 'one' });
  const outcome = await state.apply(
    { port, answer: 'two', listen: [String(port), `127.0.0.1:${(taken.address() as AddressInfo).port}`] },
    { onStep: step => (step.startsWith('switch back') ? putFolder('current') : undefined) },
  );
  expect(outcome).toMatchObject({
    kind: 'rolled-back',
    restored: undefined,
    pid: first.kind === 'serving' && first.pid,
    problem: expect.stringMatching(/; rollback failed: E\w+/),
  });
});

test('a folder in the place of the link to the release is told, with the mend', async () => {
  await state.apply({ port, answer: 'one' });
  const current = join(state.folder, 'current');
  const copy = join(state.parent, 'copy');
  cpSync(current, copy, { recursive: true, dereference: true });
  rmSync(current);
  renameSync(copy, current);
  const problem = `${current} is a folder, not the symbolic link to a release: move it away (mv ${current} ${current}.old), then apply again`;
  for (const purpose of ['apply', 'rollback', 'start'] as const) {
    expect(await openApplier({ ...usualOptions(state.folder), purpose })).toEqual({ kind: 'failed', problem });
  }
  expect((await statusOf(state.folder)).problem).toBe(problem);
  expect(await state.work(applier => applier.stopNginx(NEVER), { purpose: 'stop' })).toBe(true);
  renameSync(current, `${current}.old`);
  expect((await state.apply({ port, answer: 'two' })).kind).toBe('serving');
  expect(await answerOn(port)).toBe('two');
  expect(readdirSync(state.folder)).toContain('current.old');
});
