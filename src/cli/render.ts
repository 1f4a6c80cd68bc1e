import { readable } from '../report/plain-text.ts';
import type { ExitCode } from './face.ts';
import { refuseMissing, say } from './face.ts';
import { reportFindings } from './findings.ts';
import type { ReportFlags } from './flags.ts';
import type { InputRequest } from './input-flags.ts';
import { interruptible } from './interrupt.ts';
import { load } from './load.ts';
import type { OutputFlags, Rendered, RenderOutcome } from './render-loaded.ts';
import { renderLoaded } from './render-loaded.ts';
import type { CompileFlags } from './settings.ts';

export interface RenderFlags extends CompileFlags, ReportFlags, OutputFlags {
  readonly stdinFilename: string;
}

export async function render(input: InputRequest, flags: RenderFlags): Promise<ExitCode> {
  const loading = await load(input, flags);
  if (loading.kind === 'missing') return refuseMissing(loading.paths);
  return interruptible(async signal => reportRender(await renderLoaded(loading.loaded, flags, signal), flags));
}

async function reportRender({ loaded, outcome }: Rendered, flags: RenderFlags): Promise<ExitCode> {
  const code = await reportFindings({ ...loaded, notes: notesOf(outcome, flags) }, flags);
  switch (outcome.kind) {
    case 'done':
      return code;
    case 'withheld':
      return 1;
    case 'failed':
      say(`ingress2nginx: ${readable(outcome.problem)}\n`);
      return 3;
  }
}

function notesOf(outcome: RenderOutcome, { output }: RenderFlags): readonly string[] {
  switch (outcome.kind) {
    case 'done':
      return outcome.remarks;
    case 'withheld': {
      const where = output === undefined ? '' : ` to ${output}`;
      return [`nothing was written${where}${outcome.advice === undefined ? '' : `; ${outcome.advice}`}`];
    }
    case 'failed':
      return [];
  }
}
