import { readable } from '../diagnostics/visible.ts';
import type { ApplyRun } from '../jobs/apply.ts';
import { applyLoaded } from '../jobs/apply.ts';
import type { Hold } from '../jobs/hold.ts';
import { troubleOf } from '../jobs/outcome.ts';
import type { ExitCode } from './face.ts';
import { print } from './face.ts';
import { reportFindings } from './findings.ts';
import type { ReportFlags } from './flags.ts';
import type { InputRequest } from './input-flags.ts';
import { interruptible } from './interrupt.ts';
import { loadInput } from './load-input.ts';
import { outcomeJson, outcomeLine } from './outcome.ts';
import type { ServingFlags } from './serving-flags.ts';
import { nginxOptions } from './serving-flags.ts';
import type { CompileFlags } from './settings.ts';

export interface ApplyFlags extends CompileFlags, ReportFlags, ServingFlags, Hold {
  readonly stdinFilename: string;
  readonly dryRun?: boolean;
}

/** Serves the input with the nginx that the flags name. */
export async function apply(input: InputRequest, flags: ApplyFlags): Promise<ExitCode> {
  const loading = await loadInput(input, flags);
  if (loading.kind === 'refused') return loading.code;
  const request = { loaded: loading.loaded, hold: flags, nginx: nginxOptions(flags) };
  return interruptible(async signal => reportApply(await applyLoaded({ ...request, signal }), flags));
}

async function reportApply(run: ApplyRun, flags: ApplyFlags): Promise<ExitCode> {
  const { loaded, outcome, notes } = run;
  const isServing = outcome.kind === 'serving' || outcome.kind === 'unchanged';
  const line = outcomeLine(run);
  const end = isServing ? {} : { withheld: line };
  const code = await reportFindings({ ...loaded, notes, ...end, problem: troubleOf(outcome) }, flags);
  if (flags.format === 'json') print(outcomeJson(run));
  else if (isServing && flags.quiet !== true) print(`${readable(line)}\n`);
  return exitCodeOf(run, code);
}

/** nginx may refuse at the last step what an Ingress asks for: then there is a finding, and no trouble. */
function exitCodeOf({ loaded, outcome }: ApplyRun, ofFindings: ExitCode): ExitCode {
  switch (outcome.kind) {
    case 'serving':
    case 'unchanged':
      return ofFindings;
    case 'withheld':
    case 'interrupted':
      return 1;
    case 'failed':
      return 3;
    case 'rolled-back':
      return loaded.diagnostics.some(found => found.severity === 'error') ? 1 : 3;
  }
}
