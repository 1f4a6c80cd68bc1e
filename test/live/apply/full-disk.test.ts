import { spawnSync } from 'node:child_process';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmdirSync,
  rmSync,
  statfsSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

import type { ApplyOutcome } from '../../../src/live/apply/model.ts';
import { openApplier } from '../../../src/live/apply/applier.ts';
import { answerOn, leftoversIn, NEVER, statusOf, testState, usualOptions } from '../../support/apply.ts';
import type { TestState } from '../../support/apply.ts';
import { candidateOf } from '../../support/candidates.ts';
import { freePorts } from '../../support/nginx.ts';
import { bundleProgram } from '../../support/program-bundle.ts';
import type { BundledProgram } from '../../support/program-bundle.ts';

let program: BundledProgram;
let state: TestState;
let port = 0;

beforeAll(async () => {
  program = await bundleProgram('killed-apply');
});

afterAll(() => program.remove());

beforeEach(async () => {
  state = testState();
  [port = 0] = await freePorts(1);
});

afterEach(() => state.end());

/** Lines that nginx reads over, so that the file is larger. */
const LARGE = '# filling\n'.repeat(1_000);

test('a file that cannot be written whole leaves the old release', async () => {
  await state.apply({ port, answer: 'one' });
  // Files of at most 4 KiB: what is written beyond that fails, whoever does it.
  const killing = { folder: state.folder, wish: { port, answer: 'two', more: LARGE }, killAt: 0 };
  const words = ['-c', 'ulimit -f 8; exec "$0" "$@"', process.execPath, program.path, JSON.stringify(killing), 'tells'];
  const { stderr } = spawnSync('sh', words, { encoding: 'utf8' });
  expect(JSON.parse(stderr)).toMatchObject({
    kind: 'failed',
    problem: expect.stringMatching(/^the disk is full: EFBIG/),
  });
  expect(await answerOn(port)).toBe('one');
  expect((await statusOf(state.folder)).lastError?.problem).toMatch(/^the disk is full/);
  expect(leftoversIn(state.folder)).toEqual([]);
  expect(readdirSync(join(state.folder, 'releases'))).toHaveLength(2);
});

/** Pages of 4 KiB that are left. */
const SIZES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 20];
const DISKS = canMount() ? [{ name: 'full', sizes: SIZES }] : [];

/** Not everybody can make a disk of his own, nor can root in every container; all have the test above. */
function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-mount-'));
  const isMounted = spawnSync('mount', ['-t', 'tmpfs', 'tmpfs', folder]).status === 0;
  if (isMounted) spawnSync('umount', [folder]);
  rmdirSync(folder);
  return isMounted;
}

test.each(DISKS)('a disk that is $name, or nearly so, leaves the old release or the new one', async ({ sizes }) => {
  const disk = join(state.parent, 'disk');
  mkdirSync(disk);
  expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m,mode=755', 'tmpfs', disk]).status).toBe(0);
  const folder = join(disk, 'state');
  try {
    expect((await apply(folder, 'n0')).kind).toBe('serving');
    const kinds = new Set<string>();
    for (const pages of sizes) {
      const before = await answerOn(port);
      const wanted = `n${pages + 1}`;
      leaveFree(disk, pages);
      const outcome = await apply(folder, wanted);
      kinds.add(outcome.kind);
      const isServed = outcome.kind === 'serving';
      expect(await answerOn(port)).toBe(isServed ? wanted : before);
      expect(isServed ? 'ENOSPC' : JSON.stringify(outcome)).toContain('ENOSPC');
      expect(leftoversIn(folder)).toEqual([]);
      rmSync(join(disk, 'filling'));
      expect(['serving', 'unchanged']).toContain((await apply(folder, wanted)).kind);
      expect(await answerOn(port)).toBe(wanted);
      expect(await statusOf(folder)).toMatchObject({ isInterrupted: false, lastError: undefined });
    }
    expect([...kinds].toSorted()).toEqual(['failed', 'serving']);
  } finally {
    await state.work(applier => applier.stopNginx(AbortSignal.abort()), { ...usualOptions(folder), purpose: 'stop' });
    expect(spawnSync('umount', [disk], { encoding: 'utf8' }).stderr).toBe('');
  }
});

test.each(DISKS)('a disk that is $name does not keep nginx from being stopped', async () => {
  const disk = join(state.parent, 'disk');
  mkdirSync(disk);
  expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m,mode=755', 'tmpfs', disk]).status).toBe(0);
  const folder = join(disk, 'state');
  const stopNginx = () => state.work(applier => applier.stopNginx(NEVER), { ...usualOptions(folder), purpose: 'stop' });
  try {
    await apply(folder, 'one');
    leaveFree(disk, 0);
    expect(await stopNginx()).toBe(true);
    expect(await answerOn(port)).toBeUndefined();
    rmSync(join(disk, 'filling'));
    expect((await apply(folder, 'two')).kind).toBe('serving');
  } finally {
    await stopNginx();
    expect(spawnSync('umount', [disk], { encoding: 'utf8' }).stderr).toBe('');
  }
});

async function apply(folder: string, answer: string): Promise<ApplyOutcome> {
  const opening = await openApplier({ ...usualOptions(folder), keepReleases: 2 });
  if (opening.kind !== 'open') return opening;
  try {
    return await opening.applier.apply(candidateOf({ port, answer, users: { [answer]: 'ann:x\n' } }), NEVER);
  } finally {
    opening.applier.close();
  }
}

/** Fills a disk but for some pages of 4 KiB. */
function leaveFree(disk: string, pages: number): void {
  const path = join(disk, 'filling');
  const handle = openSync(path, 'w');
  const page = Buffer.alloc(4096, 1);
  const free = statfsSync(disk).bavail - pages;
  for (let count = 0; count < free; count += 1) writeSync(handle, page);
  fsyncSync(handle);
  closeSync(handle);
  truncateSync(path, Math.max(0, free) * 4096);
}
