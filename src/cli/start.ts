import type { OutcomeReport } from '../jobs/outcome.ts';
import { startAgain } from '../jobs/releases.ts';
import { many } from '../diagnostics/words.ts';
import type { ExitCode } from './face.ts';
import { interruptible } from './interrupt.ts';
import { outcomeLine } from './outcome.ts';
import type { ReleaseFlags } from './release-report.ts';
import { reportRelease } from './release-report.ts';
import { nginxOptions } from './serving-flags.ts';

/** That nginx serves the current release already is no failure. */
export async function start(flags: ReleaseFlags): Promise<ExitCode> {
  const nginx = nginxOptions(flags);
  return interruptible(async signal => reportRelease(await startAgain({ nginx, signal }), lineOf, flags));
}

function lineOf(report: OutcomeReport): string {
  const { outcome, served } = report;
  if (outcome.kind === 'serving') return outcomeLine(report);
  if (outcome.kind !== 'unchanged') return 'nothing was started';
  return `already running: release ${outcome.release}, nginx ${outcome.pid}, ${many(served?.routes ?? 0, 'route')}`;
}
