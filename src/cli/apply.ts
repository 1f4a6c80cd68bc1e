import type { Applier } from '../live/apply/model.ts';
import { readable } from '../report/plain-text.ts';
import type { Applied } from './apply-loaded.ts';
import { applyLoaded } from './apply-loaded.ts';
import type { ExitCode } from './face.ts';
import { print, refuseMissing } from './face.ts';
import { reportFindings } from './findings.ts';
import type { ReportFlags } from './flags.ts';
import type { InputRequest } from './input-flags.ts';
import { interruptible } from './interrupt.ts';
import type { Loaded } from '../jobs/loaded.ts';
import { loadInput } from './load-input.ts';
import type { OutcomeReport, ServedFacts } from './outcome.ts';
import { outcomeJson, outcomeLine, troubleOf } from './outcome.ts';
import { addressOf, withApplier } from './serving.ts';
import type { ServingFlags } from './serving-flags.ts';
import type { CompileFlags } from './settings.ts';
import type { Hold } from '../jobs/hold.ts';
import { withheldBy } from '../jobs/hold.ts';

export interface ApplyFlags extends CompileFlags, ReportFlags, ServingFlags, Hold {
  readonly stdinFilename: string;
  readonly dryRun?: boolean;
}

interface ApplyRun extends OutcomeReport {
  readonly loaded: Loaded;
  readonly notes: readonly string[];
}

/** Serves the input with the nginx that the flags name. */
export async function apply(input: InputRequest, flags: ApplyFlags): Promise<ExitCode> {
  const loading = await loadInput(input, flags);
  if (loading.kind === 'missing') return refuseMissing(loading.paths);
  return interruptible(async signal => reportApply(await serve(loading.loaded, flags, signal), flags));
}

async function serve(loaded: Loaded, flags: ApplyFlags, signal: AbortSignal): Promise<ApplyRun> {
  const withheld = withheldBy(loaded, flags);
  if (withheld !== undefined) return { loaded, outcome: withheld, served: undefined, notes: [] };
  const served = await withApplier({ flags, purpose: 'apply', signal }, async applier => {
    const applied = await applyLoaded({ loaded, applier, flags, signal });
    return { ...applied, served: servedFacts(applied, applier) };
  });
  if (served.kind !== 'done') return { loaded, outcome: served, served: undefined, notes: [] };
  return { ...served.value, notes: served.notes };
}

/** What is served after an apply. */
function servedFacts({ loaded, outcome }: Applied, applier: Applier): ServedFacts | undefined {
  const current = applier.current();
  if (current === undefined) return undefined;
  const isNew = outcome.kind === 'serving' || outcome.kind === 'unchanged';
  const address = isNew ? addressOf(loaded.routing.listeners) : undefined;
  return { release: current.id, routes: current.routes.length, address };
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
