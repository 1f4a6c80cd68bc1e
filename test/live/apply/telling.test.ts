import { readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { familyOf, findMaster, placeIn } from '../../../src/live/apply/nginx-processes.ts';
import type { ApplierOptions } from '../../../src/live/apply/applier.ts';
import { answerOn, leftoversIn, statusOf, testState } from '../../support/apply.ts';
import type { TestState } from '../../support/apply.ts';
import { candidateOf } from '../../support/candidates.ts';
import type { Wish } from '../../support/candidates.ts';
import { freePorts } from '../../support/nginx.ts';

let state: TestState;
let port = 0;
beforeEach(async () => {
  state = testState();
  [port = 0] = await freePorts(1);
});
afterEach(() => state.end());

const [TEST, RELOAD] = ['test the release', 'reload nginx'];

/** Applies, and says what came of it and in which order nginx was tested and reloaded. */
async function applyNoting(wish: Omit<Wish, 'port'>, purpose: ApplierOptions['purpose'] = 'apply --watch') {
  const steps: string[] = [];
  const options: Partial<ApplierOptions> = { purpose, onStep: step => void steps.push(step) };
  const outcome = await state.apply({ port, ...wish }, options);
  return { outcome, asked: steps.filter(step => step === TEST || step === RELOAD) };
}

function workers(): readonly number[] {
  const master = findMaster(placeIn(state.folder, 'run/nginx.pid'));
  return master === undefined ? [] : familyOf(master).workers.map(({ pid }) => pid);
}

test('while watching, the nginx that runs reads a release once, and not a second time for a test', async () => {
  expect((await applyNoting({ answer: 'one' })).asked).toEqual([TEST]);
  const { outcome, asked } = await applyNoting({ answer: 'two' });
  expect({ kind: outcome.kind, asked }).toEqual({ kind: 'serving', asked: [RELOAD] });
  expect(await answerOn(port)).toBe('two');
});

test('a single apply tests first', async () => {
  await applyNoting({ answer: 'one' });
  expect((await applyNoting({ answer: 'two' }, 'apply')).asked).toEqual([TEST, RELOAD]);
});

test('nothing is changed by whoever is interrupted before the switch', async () => {
  await applyNoting({ answer: 'one' });
  const controller = new AbortController();
  const onStep = (step: string): void => void (step === 'name the release' && controller.abort());
  const outcome = await state.work(applier => applier.apply(candidateOf({ port, answer: 'two' }), controller.signal), {
    purpose: 'apply --watch',
    onStep,
  });
  expect(outcome).toEqual({ kind: 'interrupted' });
  expect(await answerOn(port)).toBe('one');
  expect(leftoversIn(state.folder)).toEqual([]);
});

test('what it refuses is told as by its test; the workers of before serve on', async () => {
  await applyNoting({ answer: 'one' });
  const before = workers();
  const { outcome, asked } = await applyNoting({ answer: 'two', more: 'nonsense on;' });
  expect(outcome).toEqual({
    kind: 'refused',
    stderr: expect.stringMatching(/\[emerg\] \S+ unknown directive "nonsense" in nginx\.conf:\d+\n/),
  });
  expect(asked).toEqual([RELOAD, TEST]);
  expect(workers()).toEqual(before);
  expect(readlinkSync(join(state.folder, 'current'))).toMatch(/^releases\/1-/);
  expect((await statusOf(state.folder)).isInterrupted).toBe(false);
  expect(await answerOn(port)).toBe('one');
});

test('what it warns of is told as by its test', async () => {
  await applyNoting({ answer: 'one' });
  const { outcome, asked } = await applyNoting({ answer: 'two', more: 'http2_idle_timeout 5s;' });
  expect(asked).toEqual([RELOAD, TEST]);
  expect(outcome).toHaveProperty(
    'stderr',
    expect.stringMatching(/\[warn\] \S+ the "http2_idle_timeout" directive is obsolete/),
  );
  expect(await answerOn(port)).toBe('two');
});

test.each([
  { why: 'its log has no warnings', errorLog: 'logs/error.log error' },
  { why: 'it logs elsewhere', errorLog: 'run/error.log notice' },
])('an nginx is tested first where $why', async ({ errorLog }) => {
  await applyNoting({ answer: 'one', errorLog });
  const { outcome, asked } = await applyNoting({ answer: 'two', more: 'nonsense on;' });
  expect({ kind: outcome.kind, asked }).toEqual({ kind: 'refused', asked: [TEST] });
  expect(await answerOn(port)).toBe('one');
});
