import { failure } from '../diagnostics/failure.ts';
import type { Applier, ApplyOutcome } from '../live/apply/model.ts';
import { readable } from '../report/plain-text.ts';
import type { ExitCode } from './face.ts';
import { print, tell } from './face.ts';
import type { OutcomeReport } from './outcome.ts';
import { outcomeJson, troubleOf } from './outcome.ts';
import { whatNginxSaid } from '../jobs/nginx-said.ts';
import { withApplier } from './serving.ts';
import type { ServingRequest } from './serving.ts';
import type { ServingFlags } from './serving-flags.ts';

/** Of the commands that serve a release that is there already. */
export interface ReleaseFlags extends ServingFlags {
  readonly format: 'text' | 'json';
}

export interface ReleaseRun {
  readonly report: OutcomeReport;
  readonly notes: readonly string[];
}

export async function serveRelease(
  request: ServingRequest,
  work: (applier: Applier) => Promise<ApplyOutcome>,
): Promise<ReleaseRun> {
  const served = await withApplier(request, async (applier): Promise<OutcomeReport> => {
    const outcome = withoutRefusal(await work(applier));
    const current = applier.current();
    const facts = current && { release: current.id, routes: current.routes.length, address: undefined };
    return { outcome, served: facts };
  });
  if (served.kind === 'done') return { report: served.value, notes: served.notes };
  return { report: { outcome: served, served: undefined }, notes: [] };
}

/** @param lineOf Says in one line, for people, what it came to. */
export function reportServed(
  { report, notes }: ReleaseRun,
  lineOf: (report: OutcomeReport) => string,
  flags: ReleaseFlags,
): ExitCode {
  for (const note of notes) tell('note', note);
  const isServing = report.outcome.kind === 'serving' || report.outcome.kind === 'unchanged';
  if (flags.format === 'json') print(outcomeJson(report));
  else if (isServing) print(`${readable(lineOf(report))}\n`);
  else tell('note', lineOf(report));
  const trouble = troubleOf(report.outcome);
  if (trouble !== undefined) tell('trouble', trouble);
  if (isServing) return 0;
  return report.outcome.kind === 'interrupted' ? 1 : 3;
}

/** The manifests behind an old release are not at hand: what nginx has against it is trouble of the environment. */
function withoutRefusal(outcome: ApplyOutcome): OutcomeReport['outcome'] {
  return outcome.kind === 'refused' ? failure(whatNginxSaid(outcome.stderr)) : outcome;
}
