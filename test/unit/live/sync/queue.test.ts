import { expect, test } from 'vitest';

import { openQueue } from '../../../../src/live/sync/queue.ts';
import type { SyncVerdict } from '../../../../src/live/sync/queue.ts';
import { handClock } from '../../../support/hand-clock.ts';

interface SyncSeen {
  readonly at: number;
  readonly causes: readonly string[];
  readonly since: number;
}

/** A queue whose syncs take `takesMs` and end as told; the last verdict holds for all that follow. */
function setUp({
  syncsPerSecond = 1,
  takesMs = 0,
  verdicts = ['done'],
}: {
  readonly syncsPerSecond?: number;
  readonly takesMs?: number;
  readonly verdicts?: readonly SyncVerdict[];
}) {
  const clock = handClock();
  const seen: SyncSeen[] = [];
  const retries: number[] = [];
  let running = 0;
  let most = 0;
  const queue = openQueue({
    clock,
    syncsPerSecond,
    sync: async ({ causes, since }, retryInMs) => {
      seen.push({ at: clock.now(), causes, since });
      retries.push(retryInMs);
      most = Math.max(most, ++running);
      await new Promise<void>(done => void clock.after(takesMs, done));
      running -= 1;
      return verdicts[seen.length - 1] ?? verdicts.at(-1) ?? 'done';
    },
  });
  const times = (): readonly number[] => seen.map(({ at }) => at);
  return { clock, queue, seen, times, retries, mostAtOnce: () => most };
}

test('waits until it was quiet for a moment, and names each cause once', async () => {
  const { clock, queue, seen } = setUp({});
  queue.add('a.yaml');
  await clock.pass(60);
  queue.add('b.yaml');
  queue.add('a.yaml');
  await clock.pass(99);
  expect(seen).toEqual([]);
  await clock.pass(1);
  expect(seen).toEqual([{ at: 160, causes: ['a.yaml', 'b.yaml'], since: 0 }]);
});

test('does not wait longer than two seconds for quiet', async () => {
  const { clock, queue, times } = setUp({});
  for (let at = 0; at < 2_000; at += 50) {
    queue.add('flapping');
    await clock.pass(50);
  }
  expect(times()).toEqual([2_000]);
});

test('begins at once after a quiet time, and then no faster than the rate', async () => {
  const { clock, queue, times } = setUp({ syncsPerSecond: 0.5 });
  await clock.pass(10_000);
  for (const _ of [1, 2, 3]) {
    queue.add('change');
    await clock.pass(200);
  }
  await clock.pass(10_000);
  expect(times()).toEqual([10_100, 12_100]);
});

test('applies the last state when changes never end', async () => {
  const { clock, queue, seen } = setUp({ syncsPerSecond: 2 });
  for (let at = 0; at < 10_000; at += 30) {
    queue.add(`change at ${at}`);
    await clock.pass(30);
  }
  await clock.pass(5_000);
  expect(seen.at(-1)?.causes.at(-1)).toBe('change at 9990');
  expect(seen.length).toBe(5);
});

test('never runs two at once, and makes one more of all that came meanwhile', async () => {
  const { clock, queue, seen, mostAtOnce } = setUp({ takesMs: 5_000 });
  queue.add('first');
  await clock.pass(1_000);
  for (const cause of ['second', 'third', 'second']) {
    queue.add(cause);
    await clock.pass(500);
  }
  await clock.pass(30_000);
  expect(mostAtOnce()).toBe(1);
  expect(seen).toEqual([
    { at: 100, causes: ['first'], since: 0 },
    { at: 5_100, causes: ['second', 'third'], since: 1_000 },
  ]);
});

test('tries again after a failure, each time later, up to half a minute', async () => {
  const { clock, queue, seen, times, retries } = setUp({ verdicts: ['again'] });
  queue.add('full disk');
  await clock.pass(130_000);
  expect(times()).toEqual([100, 1_100, 3_100, 7_100, 15_100, 31_100, 61_100, 91_100, 121_100]);
  expect(retries).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000, 30_000]);
  expect(new Set(seen.map(({ causes }) => causes.join(' ')))).toEqual(new Set(['full disk']));
  expect(seen.at(-1)?.since).toBe(0);
});

test('forgets failures after a success', async () => {
  const { clock, queue, retries } = setUp({ verdicts: ['again', 'again', 'done', 'again', 'done'] });
  queue.add('one');
  await clock.pass(10_000);
  queue.add('two');
  await clock.pass(10_000);
  expect(retries).toEqual([1_000, 2_000, 4_000, 1_000, 2_000]);
});

test('lets a change come before the next try, with the causes that failed', async () => {
  const { clock, queue, seen } = setUp({ verdicts: ['again', 'again', 'again', 'done'] });
  queue.add('one');
  await clock.pass(3_500);
  queue.add('two');
  await clock.pass(30_000);
  expect(seen.map(({ at }) => at)).toEqual([100, 1_100, 3_100, 4_100]);
  expect(seen.at(-1)?.causes).toEqual(['one', 'two']);
});

test('keeps the causes of a sync that waits, and counts it as none', async () => {
  const { clock, queue, seen } = setUp({ verdicts: ['waiting', 'done'] });
  queue.add('Ingress shop/web added');
  await clock.pass(60_000);
  expect(seen.length).toBe(1);
  queue.add('Secret shop/tls read');
  await clock.pass(100);
  expect(seen.at(-1)).toEqual({ at: 60_100, causes: ['Ingress shop/web added', 'Secret shop/tls read'], since: 0 });
});

test('does not make the sync after a wait wait for the rate', async () => {
  const { clock, queue, times } = setUp({ verdicts: ['waiting', 'done'] });
  queue.add('one');
  await clock.pass(100);
  queue.add('two');
  await clock.pass(100);
  expect(times()).toEqual([100, 200]);
});

test('stops when the sync that runs has ended, and begins none', async () => {
  const { clock, queue, times } = setUp({ takesMs: 1_000 });
  queue.add('one');
  await clock.pass(200);
  queue.add('two');
  let isStopped = false;
  const stopped = queue.stop().then(() => void (isStopped = true));
  await clock.pass(500);
  expect(isStopped).toBe(false);
  await clock.pass(60_000);
  await stopped;
  expect(times()).toEqual([100]);
});
