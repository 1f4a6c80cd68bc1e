import type { Rendered, RenderOutcome } from '../jobs/render.ts';
import { renderLoaded } from '../jobs/render.ts';
import { shownRouting } from '../answers/shown-routing.ts';
import { confOf } from '../nginx/file-set.ts';
import { visibleJson } from '../report/plain-text.ts';
import { many } from '../diagnostics/words.ts';
import type { OnStage } from '../steps/steps.ts';
import type { ExitCode } from './face.ts';
import { print } from './face.ts';
import type { RunOutcome } from './findings.ts';
import { reportFindings } from './findings.ts';
import type { ReportFlags } from './flags.ts';
import type { InputRequest } from './input-flags.ts';
import { interruptible } from './interrupt.ts';
import { loadInput } from './load-input.ts';
import type { OutputFlags } from './output-flags.ts';
import { renderOptions, renderProblem } from './output-flags.ts';
import type { CompileFlags } from './settings.ts';
import { withheldText, wordsOf } from './withheld-text.ts';

export interface RenderFlags extends CompileFlags, ReportFlags, OutputFlags {
  readonly stdinFilename: string;
  /** Shows what nginx.conf is made of instead of nginx.conf. */
  readonly print?: 'routing';
}

/** Writes an input as files, or prints its nginx.conf. */
export async function render(input: InputRequest, flags: RenderFlags, onStage?: OnStage): Promise<ExitCode> {
  const loading = await loadInput(input, flags, { onStage });
  if (loading.kind === 'refused') return loading.code;
  const { loaded } = loading;
  return interruptible(async signal => {
    const rendered = await renderLoaded({ loaded, signal, onStage, ...renderOptions(flags) });
    onStage?.('report');
    return reportRender(rendered, flags);
  });
}

async function reportRender({ loaded, outcome }: Rendered, flags: RenderFlags): Promise<ExitCode> {
  if (outcome.kind === 'done' && outcome.written === undefined) {
    const isRouting = flags.print === 'routing';
    print(isRouting ? `${visibleJson(shownRouting(loaded.routing))}\n` : confOf(outcome.files));
  }
  const code = await reportFindings({ ...loaded, ...endOf(outcome, flags) }, flags);
  switch (outcome.kind) {
    case 'done':
      return code;
    case 'withheld':
    case 'interrupted':
      return 1;
    case 'failed':
      return 3;
  }
}

function endOf(outcome: RenderOutcome, flags: RenderFlags): RunOutcome {
  const { output } = flags;
  switch (outcome.kind) {
    case 'done': {
      if (output === undefined || outcome.written === undefined) return { notes: [] };
      const { written, unchanged, removed } = outcome.written;
      return { notes: [`${output}: ${many(written, 'file')} written, ${unchanged} unchanged, ${removed} removed`] };
    }
    case 'withheld':
    case 'interrupted': {
      const words = outcome.kind === 'withheld' ? wordsOf(outcome) : {};
      const nothing = `nothing was written${output === undefined ? '' : ` to ${output}`}`;
      return { notes: [], withheld: withheldText(nothing, words) };
    }
    case 'failed':
      return { notes: [], problem: renderProblem(outcome, flags) };
  }
}
