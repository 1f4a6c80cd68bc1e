import type { Clock } from './clock.ts';

/** Changes often come in bursts (a deployment, a checkout): a sync waits until it was quiet for so long. */
const QUIET_MS = 100;
/** But not longer than this. */
const LONGEST_BURST_MS = 2_000;
const FIRST_BACKOFF_MS = 1_000;
const LONGEST_BACKOFF_MS = 30_000;

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

interface Burst {
  readonly causes: Set<string>;
  readonly since: number;
  latest: number;
}

/**
 * Turns causes, which come at any time and as often as they like, into syncs: one at a time, debounced, at a limited
 * rate. Whatever comes while one runs leads to exactly one more, so that the last state is always applied.
 */
export function openQueue({ clock, syncsPerSecond, sync }: QueueOptions): SyncQueue {
  const spacingMs = 1_000 / syncsPerSecond;
  let burst: Burst | undefined;
  /** What an earlier sync did not bring to its end. */
  let left: Batch | undefined;
  let retryAt = Infinity;
  let backoffMs = FIRST_BACKOFF_MS;
  let notBefore = -Infinity;
  let running: Promise<void> | undefined;
  let isStopped = false;
  let cancelTimer = (): void => undefined;

  function schedule(): void {
    cancelTimer();
    if (isStopped || running !== undefined) return;
    const quietAt = burst === undefined ? Infinity : Math.min(burst.latest + QUIET_MS, burst.since + LONGEST_BURST_MS);
    const at = Math.max(notBefore, Math.min(quietAt, retryAt));
    if (at !== Infinity) cancelTimer = clock.after(Math.max(0, at - clock.now()), begin);
  }

  function begin(): void {
    const batch = merged(left, burst);
    if (batch === undefined) return;
    [left, burst, retryAt] = [undefined, undefined, Infinity];
    const before = notBefore;
    notBefore = clock.now() + spacingMs;
    running = sync(batch, backoffMs).then(verdict => {
      running = undefined;
      if (verdict === 'done') backoffMs = FIRST_BACKOFF_MS;
      else left = batch;
      if (verdict === 'waiting') notBefore = before;
      if (verdict === 'again') {
        retryAt = clock.now() + backoffMs;
        backoffMs = Math.min(2 * backoffMs, LONGEST_BACKOFF_MS);
      }
      schedule();
    });
  }

  return {
    add(cause) {
      const now = clock.now();
      burst ??= { causes: new Set(), since: now, latest: now };
      burst.causes.add(cause);
      burst.latest = now;
      schedule();
    },
    async stop() {
      isStopped = true;
      cancelTimer();
      await running;
    },
  };
}

function merged(left: Batch | undefined, burst: Burst | undefined): Batch | undefined {
  if (burst === undefined) return left;
  const causes = [...new Set([...(left?.causes ?? []), ...burst.causes])];
  return { causes, since: left?.since ?? burst.since };
}
