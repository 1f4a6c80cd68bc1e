import type { Failure, Interruption } from '../diagnostics/failure.ts';
import type { LockPurpose } from '../live/apply/applier.ts';
import type { Applier, ApplyOutcome } from '../live/apply/model.ts';
import { readStatus } from '../live/apply/status.ts';
import { lookAt } from './look.ts';
import type { OutcomeReport } from './outcome.ts';
import { withoutRefusal } from './outcome.ts';
import type { ServingRequest } from './serving.ts';
import { withApplier } from './serving.ts';

/** What came of serving a release that is there already. */
export interface ReleaseRun {
  readonly report: OutcomeReport;
  /** What a user should know though all went well, a line each. */
  readonly notes: readonly string[];
}

/** Serves an earlier release again: the one before the current one, unless one is named. */
export function rollBack(release: string | undefined, request: ServingRequest): Promise<ReleaseRun> {
  return serveRelease(request, 'rollback', applier => applier.rollback(release, request.signal));
}

/** Serves the current release again, after a stop or a reboot. */
export function startAgain(request: ServingRequest): Promise<ReleaseRun> {
  return serveRelease(request, 'start', applier => applier.start(request.signal));
}

async function serveRelease(
  request: ServingRequest,
  purpose: LockPurpose,
  work: (applier: Applier) => Promise<ApplyOutcome>,
): Promise<ReleaseRun> {
  const served = await withApplier(request, purpose, async (applier): Promise<OutcomeReport> => {
    const outcome = withoutRefusal(await work(applier));
    const current = applier.current();
    const facts = current && { release: current.id, routes: current.routes.length, address: undefined };
    return { outcome, served: facts };
  });
  if (served.kind === 'done') return { report: served.value, notes: served.notes };
  return { report: { outcome: served, served: undefined }, notes: [] };
}

export type StopOutcome =
  | {
      readonly kind: 'done';
      /** Of the nginx that was ended; undefined where it is not known. */
      readonly pid: number | undefined;
      /** False where none ran. */
      readonly isStopped: boolean;
      readonly notes: readonly string[];
    }
  | Interruption
  | Failure;

/** Ends nginx after it finished its requests. That none runs is no failure. */
export async function stopNginx(request: ServingRequest): Promise<StopOutcome> {
  const look = await lookAt(request.nginx.folder, readStatus);
  if (look.kind === 'failed') return look;
  // Whoever never applied anything has nothing to lock, and gets no folder.
  if (look.found === undefined) return { kind: 'done', pid: undefined, isStopped: false, notes: [] };
  const pid = look.found.nginx?.pid;
  const served = await withApplier(request, 'stop', applier => applier.stopNginx(request.signal));
  if (served.kind !== 'done') return served;
  const { value: isStopped, notes } = served;
  return { kind: 'done', pid: isStopped ? pid : undefined, isStopped, notes };
}
