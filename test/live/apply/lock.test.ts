import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

import { readHolder, takeLock } from '../../../src/live/apply/lock.ts';
import type { Lock, LockRequest } from '../../../src/live/apply/lock.ts';
import { bootId, processAt } from '../../../src/live/apply/processes.ts';
import { NEVER } from '../../support/apply.ts';
import { bundleProgram } from '../../support/program-bundle.ts';
import type { BundledProgram } from '../../support/program-bundle.ts';
import { PATIENCE_MS } from '../../support/until.ts';

/** Longer than any test may take. */
const FOREVER_MS = 86_400_000;

let folder = '';
let taker: BundledProgram;

beforeAll(async () => {
  taker = await bundleProgram('lock-taker');
});

afterAll(() => taker.remove());

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-lock-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function request(more: Partial<LockRequest> = {}): LockRequest {
  return { folder, purpose: 'apply', timeoutMs: 0, isLasting: () => false, signal: NEVER, ...more };
}

async function take(more: Partial<LockRequest> = {}): Promise<Lock> {
  const locking = await takeLock(request(more));
  if (locking.kind !== 'locked') throw new Error(`not locked: ${JSON.stringify(locking)}`);
  return locking.lock;
}

/** Who this process is, as a lock says it. */
function self() {
  return { pid: process.pid, startTime: processAt(process.pid)?.startTime, boot: bootId(), purpose: 'apply' };
}

test('keeps others out until it is given back', async () => {
  const lock = await take({ purpose: 'apply --watch' });
  const holder = { pid: process.pid, purpose: 'apply --watch' };
  expect(await takeLock(request())).toEqual({ kind: 'held', holder });
  expect(readHolder(folder)).toEqual(holder);
  lock.release();
  expect(readHolder(folder)).toBeUndefined();
  (await take()).release();
});

test('is not written through a link that somebody laid in the way', async () => {
  const victim = join(folder, 'victim');
  const lay = (): void => symlinkSync(victim, join(folder, `.lock-${process.pid}`));
  writeFileSync(victim, 'of others');
  lay();
  const lock = await take();
  lay();
  lock.release();
  expect(readHolder(folder)).toBeUndefined();
  expect(readFileSync(victim, 'utf8')).toBe('of others');
});

test('is waited for', async () => {
  const lock = await take();
  const waiting = take({ timeoutMs: PATIENCE_MS });
  lock.release();
  (await waiting).release();
  expect(readdirSync(folder)).toEqual(['lock.2']);
});

test('is not waited for when its holder stays', async () => {
  await take({ purpose: 'apply --watch' });
  const isLasting = (purpose: string): boolean => purpose === 'apply --watch';
  expect(await takeLock(request({ timeoutMs: FOREVER_MS, isLasting }))).toMatchObject({ kind: 'held' });
});

test('is waited for no longer by whoever is interrupted', async () => {
  await take();
  const controller = new AbortController();
  const waiting = takeLock(request({ timeoutMs: FOREVER_MS, signal: controller.signal }));
  controller.abort();
  expect(await waiting).toEqual({ kind: 'interrupted' });
});

test.each([
  { name: 'a process that is gone', content: () => ({ ...self(), pid: 4_194_303 }) },
  { name: 'a process whose number was given again', content: () => ({ ...self(), startTime: '1' }) },
  { name: 'a process from before the last boot', content: () => ({ ...self(), boot: 'another' }) },
  { name: 'nobody, for it is not of our making', content: () => 'nonsense' },
])('is taken over from $name', async ({ content }) => {
  writeFileSync(join(folder, 'lock.7'), JSON.stringify(content()));
  (await take()).release();
  expect(readdirSync(folder)).toEqual(['lock.8']);
});

test('is not taken over from a process that lives', async () => {
  writeFileSync(join(folder, 'lock.7'), JSON.stringify(self()));
  expect(await takeLock(request())).toMatchObject({ kind: 'held' });
});

test('leaves one small file, however often it is taken', async () => {
  for (let time = 0; time < 20; time += 1) (await take()).release();
  expect(readdirSync(folder)).toEqual(['lock.20']);
});

test('lets one in at a time, of many processes that die with it in their hands', async () => {
  const times = 25;
  const kinds = ['lives', 'dies', 'lives', 'dies', 'lives'];
  writeFileSync(join(folder, 'counter'), '0');
  const ends = kinds.map(
    kind =>
      new Promise<string>(resolve => {
        const child = spawn(process.execPath, [taker.path, folder, String(times), kind], { stdio: 'inherit' });
        child.once('close', (code, signal) => resolve(signal ?? String(code)));
      }),
  );
  expect(await Promise.all(ends)).toEqual(kinds.map(kind => (kind === 'dies' ? 'SIGKILL' : '0')));
  expect(readFileSync(join(folder, 'counter'), 'utf8')).toBe(String(times * kinds.length));
});
