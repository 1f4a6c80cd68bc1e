import type { Failure } from '../diagnostics/failure.ts';
import { lintLoaded } from '../jobs/lint.ts';
import type { Linted } from '../jobs/lint.ts';
import type { NginxVersion } from '../nginx/version.ts';
import type { OnStage } from '../steps/steps.ts';
import type { ExitCode } from './face.ts';
import { reportFindingsTo } from './findings.ts';
import type { ReportFlags } from './flags.ts';
import type { InputRequest } from './input-flags.ts';
import { interruptible } from './interrupt.ts';
import type { LevelFlags } from './level-flags.ts';
import { loadInput } from './load-input.ts';
import type { ClockFlags } from './clock-flags.ts';
import type { CompileFlags } from './settings.ts';
import type { WorldFlags } from './world-flags.ts';
import { worldOf } from './world-flags.ts';

export interface LintFlags extends CompileFlags, ClockFlags, ReportFlags, LevelFlags, WorldFlags {
  readonly stdinFilename: string;
  readonly nginxTest?: boolean;
  readonly nginx?: string;
  readonly nginxVersion?: NginxVersion;
}

/** Says what is wrong with manifests, on stdout, and does nothing else. */
export async function lint(input: InputRequest, flags: LintFlags, onStage?: OnStage): Promise<ExitCode> {
  const loading = await loadInput(input, { ...flags, world: worldOf(flags), isCheck: true }, { onStage, isLint: true });
  if (loading.kind === 'refused') return loading.code;
  const { nginxTest: isTested = false, nginx: program, nginxVersion: version } = flags;
  const request = { loaded: loading.loaded, nginx: isTested ? { program, version } : undefined };
  // Without nginx nothing has to be cleaned up, and a signal may end the run at once.
  const linted = isTested
    ? await interruptible(signal => lintLoaded({ ...request, signal }))
    : await lintLoaded({ ...request, signal: new AbortController().signal });
  onStage?.('report');
  return reportLint(linted, flags);
}

async function reportLint({ loaded, trouble }: Linted, flags: LintFlags): Promise<ExitCode> {
  if (trouble?.kind === 'interrupted') return 1;
  const code = await reportFindingsTo('stdout', { ...loaded, notes: [], ...problemOf(trouble) }, flags);
  return trouble === undefined ? code : 3;
}

function problemOf(trouble: Failure | undefined): { readonly problem?: string } {
  return trouble === undefined ? {} : { problem: `--nginx-test: ${trouble.problem}` };
}
