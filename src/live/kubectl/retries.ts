import type { BackoffPace } from '../backoff.ts';
import { backoffMs, jittered } from '../backoff.ts';
import type { Failure } from '../../diagnostics/failure.ts';

/** How a list and its watch ended. */
export type CycleEnd =
  /** The stream ended in order, after silence, or because its version is too old: list again. */
  | { readonly kind: 'ended' }
  /** Something went wrong that may soon be right. */
  | CycleFailure
  /** The server's no, which only people can change. */
  | { readonly kind: 'refused'; readonly state: 'forbidden' | 'absent' | 'retrying'; readonly problem: string };

interface CycleFailure extends Failure {
  /** The server asks for as much. */
  readonly retryAfterMs?: number;
  /** Nobody answered the list. */
  readonly isUnanswered?: boolean;
}

/** Times in ms. The first retry comes at once; then comes the first pause. */
export interface Pace extends BackoffPace {
  /** Between retries of what is forbidden or not served. */
  readonly slowPauseMs: number;
  /** A stream that lived so long was well: what comes next is a first retry. */
  readonly wellMs: number;
  /** A watch that is silent for so long beyond its time is given up: its connection is dead. */
  readonly graceMs: number;
}

export const USUAL_PACE: Pace = {
  firstMs: 1_000,
  longestMs: 30_000,
  slowPauseMs: 40_000,
  wellMs: 60_000,
  graceMs: 15_000,
};

/** A server that starts forbids everything for a moment: only what it forbids more often is not to be had. */
export const QUICK_REFUSALS = 3;
/** Whatever a server, or a proxy before it, asks for. */
const LONGEST_ASKED_PAUSE_MS = 120_000;

/** Counts the failures of one type. Many instances must not come back at the same moment: pauses differ by chance. */
export function countRetries(pace: Pace, random: () => number = Math.random) {
  let failures = 0;
  let refusals = 0;
  return {
    /**
     * The pause before the next list.
     * @param livedMs How long the watch lived; 0 when there was none. Its time counts as pause: a balancer that cuts
     * every connection after half a minute must not make us blind for another one.
     */
    pauseAfter(end: CycleEnd, livedMs: number): number {
      if (livedMs >= pace.wellMs) failures = 0;
      // A server that was away before it forbids has just been started.
      refusals = end.kind === 'refused' ? refusals + 1 : 0;
      const doubled = backoffMs(end.kind === 'refused' ? refusals - 1 : failures, pace);
      failures++;
      if (end.kind === 'refused') return jittered(refusals > QUICK_REFUSALS ? pace.slowPauseMs : doubled, random);
      const pauseMs = Math.max(0, jittered(doubled, random) - livedMs);
      const askedMs = end.kind === 'failed' ? (end.retryAfterMs ?? 0) : 0;
      return Math.max(pauseMs, Math.min(askedMs, LONGEST_ASKED_PAUSE_MS));
    },
    /** A watch came to the end that it was given. */
    wentWell(): void {
      failures = 0;
    },
  };
}
