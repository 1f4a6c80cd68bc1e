import { readable } from '../diagnostics/visible.ts';
import type { OutcomeReport } from '../jobs/outcome.ts';
import { troubleOf } from '../jobs/outcome.ts';
import type { ReleaseRun } from '../jobs/releases.ts';
import type { ExitCode } from './face.ts';
import { print, tell } from './face.ts';
import { outcomeJson } from './outcome.ts';
import type { ServingFlags } from './serving-flags.ts';

/** Of the commands that serve a release that is there already. */
export interface ReleaseFlags extends ServingFlags {
  readonly format: 'text' | 'json';
}

/** @param lineOf Says in one line, for people, what it came to. */
export function reportRelease(
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
