import { createHash } from 'node:crypto';

import type { Failure } from '../diagnostics/failure.ts';
import type { Located } from '../diagnostics/located.ts';
import { objectText } from '../diagnostics/place.ts';
import { lintLoaded } from '../jobs/lint.ts';
import type { Linted } from '../jobs/lint.ts';
import type { LoadedTexts } from '../jobs/load.ts';
import type { NginxVersion } from '../nginx/version.ts';
import type { OnStage } from '../steps/steps.ts';
import type { ClockFlags } from './clock-flags.ts';
import type { ExitCode } from './face.ts';
import { tell } from './face.ts';
import { reportFindings } from './findings.ts';
import type { Fixed } from './fix.ts';
import type { FixFlags } from './fix-flags.ts';
import type { LintReportFlags } from './format-flags.ts';
import type { InputRequest } from './input-flags.ts';
import { interruptible } from './interrupt.ts';
import type { LevelFlags } from './level-flags.ts';
import { refuseTargets, reportLint } from './lint-report.ts';
import { loadInput } from './load-input.ts';
import type { CompileFlags } from './settings.ts';
import type { WorldFlags } from './world-flags.ts';
import { worldOf } from './world-flags.ts';

export interface LintFlags extends CompileFlags, ClockFlags, LintReportFlags, LevelFlags, WorldFlags, FixFlags {
  readonly stdinFilename: string;
  readonly nginxTest?: boolean;
  readonly nginx?: string;
  readonly nginxVersion?: NginxVersion;
}

/** Says what is wrong with manifests, on stdout, and does nothing else but for `--fix`. */
export async function lint(input: InputRequest, flags: LintFlags, onStage?: OnStage): Promise<ExitCode> {
  const refused = refuseTargets(flags) ?? refuseFix(input, flags);
  if (refused !== undefined) return refused;
  const asked = { ...flags, world: worldOf(flags), isCheck: true as const };
  const loading = await loadInput(input, asked, { onStage, isLint: true });
  if (loading.kind === 'refused') return loading.code;
  const fixed = await fixedOf(loading, asked);
  const { nginxTest: isTested = false, nginx: program, nginxVersion: version } = flags;
  const request = { loaded: fixed.loaded, nginx: isTested ? { program, version } : undefined };
  // Without nginx nothing has to be cleaned up, and a signal may end the run at once.
  const linted = isTested
    ? await interruptible(signal => lintLoaded({ ...request, signal }))
    : await lintLoaded({ ...request, signal: new AbortController().signal });
  onStage?.('report');
  return reportLinted(linted, { fixed, loading }, flags);
}

function refuseFix({ paths }: InputRequest, { fix = false }: LintFlags): ExitCode | undefined {
  if (!fix || !paths.includes('-')) return undefined;
  tell('error', '--fix cannot change stdin: name files or folders, or see the changes with --fix-dry-run');
  return 2;
}

async function fixedOf(loading: LoadedTexts, flags: LintFlags): Promise<Fixed> {
  if (flags.fix !== true && flags.fixDryRun !== true) return { loaded: loading.loaded, notes: [] };
  const { fixInput } = await import('./fix.ts');
  return fixInput(loading, flags);
}

interface LintRun {
  readonly fixed: Fixed;
  readonly loading: LoadedTexts;
}

async function reportLinted(
  { loaded, fixOf, trouble }: Linted,
  { fixed: { notes, problem }, loading: { sources } }: LintRun,
  flags: LintFlags,
): Promise<ExitCode> {
  if (trouble?.kind === 'interrupted') return 1;
  const end = { ...loaded, notes, problem, ...problemOf(trouble) };
  const files = sources.map(({ name }) => name);
  const { now = Date.now() } = flags;
  // The patch is the result then.
  const code =
    flags.fixDryRun === true
      ? await reportFindings(end, { ...flags, format: 'pretty' })
      : await reportLint({ ...end, files, now, fingerprintOf, fixOf }, flags);
  return trouble === undefined && problem === undefined ? code : 3;
}

function problemOf(trouble: Failure | undefined): { readonly problem?: string } {
  return trouble === undefined ? {} : { problem: `--nginx-test: ${trouble.problem}` };
}

/** The same wherever the finding moves in its file. */
function fingerprintOf({ rule, at, message }: Located): string {
  const object = at?.object === undefined ? '' : objectText(at.object);
  return createHash('sha256')
    .update(JSON.stringify([rule.id, at?.file, object, message]))
    .digest('hex')
    .slice(0, 32);
}
