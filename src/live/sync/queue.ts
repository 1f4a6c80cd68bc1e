import type { BackoffPace } from '../backoff.ts';
import { backoffMs } from '../backoff.ts';
import type { Clock } from '../clock.ts';

/** Changes often come in bursts (a deployment, a checkout): a sync waits until it was quiet for so long. */
const QUIET_MS = 100;
/** But not longer than this. */
const LONGEST_BURST_MS = 2_000;
const PACE: BackoffPace = { firstMs: 1_000, longestMs: 30_000 };

/** What a sync is for. */
export interface Batch {
  /** Each once, in the order in which they came first. */
  readonly causes: readonly string[];
  /** When the first of the causes came, by the clock. */
  readonly since: number;
}

/**
 * What a sync came to: it is `done`; it failed for reasons outside of the input and is tried `again`, even if nothing
 * changes; or it stopped before it delivered and is `waiting` for a cause that will come.
 */
export type SyncVerdict = 'done' | 'again' | 'waiting';

export interface QueueOptions {
  readonly clock: Clock;
  /** Syncs begin no faster than this. After a quiet time the first begins at once. */
  readonly syncsPerSecond: number;
  /** Never called while it runs. Must not throw. `retryInMs` is when it will be called again if it fails. */
  readonly sync: (batch: Batch, retryInMs: number) => Promise<SyncVerdict>;
}

export interface SyncQueue {
  add(cause: string): void;
  /** Begins no further sync. Ends with the one that runs. */
  stop(): Promise<void>;
}

/**
 * Turns causes, which come at any time and as often as they like, into syncs: one at a time, debounced, at a limited
 * rate. Whatever comes while one runs leads to exactly one more, so that the last state is always applied.
 */
export function openQueue({ clock, syncsPerSecond, sync }: QueueOptions): SyncQueue {
  const burst = openBurst();
  /** What an earlier sync did not bring to its end. */
  let left: Batch | undefined;
  let retryAt = Infinity;
  let failures = 0;
  let notBefore = -Infinity;
  let running: Promise<void> | undefined;
  let isStopped = false;
  let cancelTimer = (): void => undefined;

  function schedule(): void {
    cancelTimer();
    if (isStopped || running !== undefined) return;
    const at = Math.max(notBefore, Math.min(burst.quietAt(), retryAt));
    if (at !== Infinity) cancelTimer = clock.after(Math.max(0, at - clock.now()), () => void (running = run()));
  }

  async function run(): Promise<void> {
    const batch = merged(left, burst.take());
    [left, retryAt] = [undefined, Infinity];
    const earlier = notBefore;
    notBefore = clock.now() + 1_000 / syncsPerSecond;
    const retryInMs = backoffMs(failures + 1, PACE);
    const verdict = await sync(batch, retryInMs);
    if (verdict === 'done') failures = 0;
    else left = batch;
    if (verdict === 'waiting') notBefore = earlier;
    if (verdict === 'again') {
      retryAt = clock.now() + retryInMs;
      failures += 1;
    }
    running = undefined;
    schedule();
  }

  return {
    add(cause) {
      burst.add(cause, clock.now());
      schedule();
    },
    async stop() {
      isStopped = true;
      cancelTimer();
      await running;
    },
  };
}

/** Causes that came one soon after the other. */
function openBurst() {
  let causes = new Set<string>();
  let since = Infinity;
  let latest = Infinity;
  return {
    add(cause: string, now: number): void {
      causes.add(cause);
      since = Math.min(since, now);
      latest = now;
    },
    /** When it counts as over; Infinity when there is none. */
    quietAt: (): number => Math.min(latest + QUIET_MS, since + LONGEST_BURST_MS),
    take(): Batch {
      const batch = { causes: [...causes], since };
      causes = new Set();
      [since, latest] = [Infinity, Infinity];
      return batch;
    },
  };
}

function merged(left: Batch | undefined, burst: Batch): Batch {
  if (left === undefined) return burst;
  return { causes: [...new Set([...left.causes, ...burst.causes])], since: Math.min(left.since, burst.since) };
}
