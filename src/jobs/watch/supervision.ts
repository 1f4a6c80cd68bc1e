import type { Applier, ApplyOutcome } from '../../live/apply/model.ts';
import type { BackoffPace } from '../../live/backoff.ts';
import { backoffMs } from '../../live/backoff.ts';
import type { EventSink } from '../../live/events.ts';
import type { Clock } from '../../live/clock.ts';
import { whatNginxSaid } from '../nginx-said.ts';
import { troubleOf } from '../outcome.ts';

/** Sees that nginx is there between two syncs. */
export interface Supervision {
  /** Looks after it from now on, and starts it again when it is gone, with what it served last. */
  begin(): void;
  /** Runs what changes nginx while nobody else does. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  sawRunning(pid: number): void;
  /** Waits for what runs. */
  stop(): Promise<void>;
}

/** It looks that often, and later where nginx cannot be started. */
const PACE: BackoffPace = { firstMs: 2_000, longestMs: 30_000 };

export function openSupervision(applier: Applier, emit: EventSink, clock: Clock): Supervision {
  const ending = new AbortController();
  let turn: Promise<unknown> = Promise.resolve();
  let lastPid: number | undefined;
  let failures = 0;
  const waitMs = (): number => backoffMs(failures + 1, PACE);
  let cancel = (): void => undefined;

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = turn.then(work);
    turn = result.catch(() => undefined); // whoever asked for it gets the error
    return result;
  }

  async function look(): Promise<void> {
    if (ending.signal.aborted || applier.current() === undefined) return;
    const outcome = await applier.revive(ending.signal);
    if (outcome === undefined || outcome.kind === 'interrupted') return;
    if (lastPid !== undefined) emit({ kind: 'nginx', action: 'died', pid: lastPid });
    lastPid = undefined;
    if (outcome.kind === 'serving') {
      lastPid = outcome.pid;
      failures = 0;
      emit({ kind: 'nginx', action: 'started', pid: outcome.pid, release: outcome.release });
      return;
    }
    failures += 1;
    const problem = `it cannot be started: ${reasonOf(outcome)}`;
    emit({ kind: 'trouble', what: 'nginx', problem, retryInMs: waitMs() });
  }

  function next(ms: number): void {
    if (ending.signal.aborted) return;
    cancel = clock.after(ms, () => void inTurn(look).finally(() => next(waitMs())));
  }

  return {
    begin: () => next(0),
    inTurn,
    sawRunning(pid) {
      lastPid = pid;
      failures = 0;
    },
    async stop() {
      ending.abort();
      cancel();
      await turn;
    },
  };
}

function reasonOf(outcome: ApplyOutcome): string {
  if (outcome.kind === 'refused') return whatNginxSaid(outcome.stderr);
  return troubleOf(outcome) ?? outcome.kind;
}
