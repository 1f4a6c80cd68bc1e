import { Chalk } from 'chalk';

import type { Difference } from '../jobs/difference.ts';
import type { DryRun, DryRunOutcome } from '../jobs/dry-run.ts';
import { dryRunLoaded } from '../jobs/dry-run.ts';
import type { ApplyFlags } from './apply.ts';
import { differenceJson, differenceText } from './difference-text.ts';
import type { ExitCode } from './face.ts';
import { isColoured, print, wrapColumns } from './face.ts';
import type { RunOutcome } from './findings.ts';
import { reportFindings } from './findings.ts';
import type { InputRequest } from './input-flags.ts';
import { interruptible } from './interrupt.ts';
import { loadInput } from './load-input.ts';
import { nginxOptions } from './serving-flags.ts';
import { withheldText, wordsOf } from './withheld-text.ts';

/** Shows what an apply would change, and does none of it. */
export async function dryRun(input: InputRequest, flags: ApplyFlags): Promise<ExitCode> {
  const loading = await loadInput(input, flags);
  if (loading.kind === 'refused') return loading.code;
  const request = { loaded: loading.loaded, hold: flags, nginx: nginxOptions(flags) };
  return interruptible(async signal => reportDryRun(await dryRunLoaded({ ...request, signal }), flags));
}

async function reportDryRun({ loaded, outcome }: DryRun, flags: ApplyFlags): Promise<ExitCode> {
  const code = await reportFindings({ ...loaded, ...endOf(outcome) }, flags);
  switch (outcome.kind) {
    case 'compared':
      print(textOf(outcome.difference, flags));
      return code;
    case 'withheld':
    case 'interrupted':
      return 1;
    case 'failed':
      return 3;
  }
}

function textOf(difference: Difference, { format, color }: ApplyFlags): string {
  if (format === 'json') return differenceJson(difference);
  const style = new Chalk({ level: isColoured('stdout', color) ? 1 : 0 });
  return differenceText(difference, { style, columns: wrapColumns('stdout') });
}

function endOf(outcome: DryRunOutcome): RunOutcome {
  switch (outcome.kind) {
    case 'compared':
      return { notes: [] };
    case 'interrupted':
      return { notes: [], withheld: 'interrupted: nothing was compared' };
    case 'withheld':
      return { notes: [], withheld: withheldText('nothing would be applied', wordsOf(outcome)) };
    case 'failed':
      return { notes: [], problem: outcome.problem };
  }
}
