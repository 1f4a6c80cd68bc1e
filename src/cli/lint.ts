import { lintLoaded } from '../jobs/lint.ts';
import type { OnStage } from '../steps/steps.ts';
import type { ExitCode } from './face.ts';
import { refuseMissing } from './face.ts';
import { reportFindingsTo } from './findings.ts';
import type { ReportFlags } from './flags.ts';
import type { InputRequest } from './input-flags.ts';
import type { LevelFlags } from './level-flags.ts';
import { levelsOf } from './level-flags.ts';
import { loadInput } from './load-input.ts';
import type { CompileFlags } from './settings.ts';

export interface LintFlags extends CompileFlags, ReportFlags, LevelFlags {
  readonly stdinFilename: string;
}

/** Says what is wrong with manifests, on stdout, and does nothing else. */
export async function lint(input: InputRequest, flags: LintFlags, onStage?: OnStage): Promise<ExitCode> {
  const levels = await levelsOf(flags);
  if (levels === undefined) return 2;
  const loading = await loadInput(input, flags, onStage);
  if (loading.kind === 'missing') return refuseMissing(loading.paths);
  onStage?.('report');
  const { loaded, diagnostics } = lintLoaded({ loaded: loading.loaded, choice: { levels } });
  return reportFindingsTo('stdout', { ...loaded, diagnostics, notes: [] }, flags);
}
