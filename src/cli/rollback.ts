import type { ApplyOutcome } from '../live/apply/model.ts';
import { readable } from '../report/plain-text.ts';
import type { ExitCode } from './face.ts';
import { print, say } from './face.ts';
import { interruptible } from './interrupt.ts';
import type { OutcomeReport } from './outcome.ts';
import { outcomeJson, outcomeLine, troubleOf } from './outcome.ts';
import { whatNginxSaid } from './refused.ts';
import { withApplier } from './serving.ts';
import type { ServingFlags } from './serving-flags.ts';

export interface RollbackFlags extends ServingFlags {
  readonly format: 'text' | 'json';
}

/** Serves an earlier release again: the one before the current one, unless one is named. */
export async function rollback(release: string | undefined, flags: RollbackFlags): Promise<ExitCode> {
  return interruptible(async signal => reportRollback(await goBack(release, flags, signal), flags));
}

function reportRollback({ report, notes }: RollbackRun, flags: RollbackFlags): ExitCode {
  for (const note of notes) say(`${readable(note)}\n`);
  const isServing = report.outcome.kind === 'serving' || report.outcome.kind === 'unchanged';
  if (flags.format === 'json') print(outcomeJson(report));
  else if (isServing) print(`${readable(outcomeLine(report))}\n`);
  else say(`${readable(outcomeLine(report))}\n`);
  const trouble = troubleOf(report.outcome);
  if (trouble !== undefined) say(`ingress2nginx: ${trouble}\n`);
  if (isServing) return 0;
  return report.outcome.kind === 'interrupted' ? 1 : 3;
}

interface RollbackRun {
  readonly report: OutcomeReport;
  readonly notes: readonly string[];
}

async function goBack(release: string | undefined, flags: RollbackFlags, signal: AbortSignal): Promise<RollbackRun> {
  const served = await withApplier({ flags, purpose: 'rollback', signal }, async (applier): Promise<OutcomeReport> => {
    const outcome = withoutRefusal(await applier.rollback(release, signal));
    const current = applier.current();
    const facts = current && { release: current.id, routes: current.routes.length, address: undefined };
    return { outcome, served: facts };
  });
  if (served.kind === 'done') return { report: served.value, notes: served.notes };
  return { report: { outcome: served, served: undefined }, notes: [] };
}

/** The manifests behind an old release are not at hand: what nginx has against it is trouble of the environment. */
function withoutRefusal(outcome: ApplyOutcome): OutcomeReport['outcome'] {
  return outcome.kind === 'refused' ? { kind: 'failed', problem: whatNginxSaid(outcome.stderr) } : outcome;
}
