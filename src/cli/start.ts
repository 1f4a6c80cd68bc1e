import { many } from '../report/summary.ts';
import type { ExitCode } from './face.ts';
import { interruptible } from './interrupt.ts';
import type { OutcomeReport } from './outcome.ts';
import { outcomeLine } from './outcome.ts';
import { reportServed, serveRelease } from './serve-release.ts';
import type { ReleaseFlags } from './serve-release.ts';

/** Serves the current release again, after a stop or a reboot. That nginx serves it already is no failure. */
export async function start(flags: ReleaseFlags): Promise<ExitCode> {
  return interruptible(async signal => {
    const run = await serveRelease({ flags, purpose: 'start', signal }, applier => applier.start(signal));
    return reportServed(run, lineOf, flags);
  });
}

function lineOf(report: OutcomeReport): string {
  const { outcome, served } = report;
  if (outcome.kind === 'serving') return outcomeLine(report);
  if (outcome.kind !== 'unchanged') return 'nothing was started';
  return `already running: release ${outcome.release}, nginx ${outcome.pid}, ${many(served?.routes ?? 0, 'route')}`;
}
