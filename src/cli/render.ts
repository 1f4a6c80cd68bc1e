import type { ExitCode } from './face.ts';
import { refuseMissing } from './face.ts';
import type { RunOutcome } from './findings.ts';
import { reportFindings } from './findings.ts';
import type { ReportFlags } from './flags.ts';
import type { InputRequest } from './input-flags.ts';
import { interruptible } from './interrupt.ts';
import { load } from './load.ts';
import type { OutputFlags, Rendered, RenderOutcome } from './render-loaded.ts';
import { renderLoaded } from './render-loaded.ts';
import type { CompileFlags } from './settings.ts';
import { withheldText } from './withhold.ts';

export interface RenderFlags extends CompileFlags, ReportFlags, OutputFlags {
  readonly stdinFilename: string;
}

export async function render(input: InputRequest, flags: RenderFlags): Promise<ExitCode> {
  const loading = await load(input, flags);
  if (loading.kind === 'missing') return refuseMissing(loading.paths);
  return interruptible(async signal => reportRender(await renderLoaded(loading.loaded, flags, signal), flags));
}

async function reportRender({ loaded, outcome }: Rendered, flags: RenderFlags): Promise<ExitCode> {
  const code = await reportFindings({ ...loaded, ...endOf(outcome, flags) }, flags);
  switch (outcome.kind) {
    case 'done':
      return code;
    case 'withheld':
      return 1;
    case 'failed':
      return 3;
  }
}

function endOf(outcome: RenderOutcome, { output }: RenderFlags): RunOutcome {
  switch (outcome.kind) {
    case 'done':
      return { notes: outcome.remarks };
    case 'withheld':
      return {
        notes: [],
        withheld: withheldText(`nothing was written${output === undefined ? '' : ` to ${output}`}`, outcome),
      };
    case 'failed':
      return { notes: [], problem: outcome.problem };
  }
}
