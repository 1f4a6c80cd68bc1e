import type { Failure } from '../diagnostics/failure.ts';
import { many } from '../diagnostics/words.ts';
import { lintLoaded } from '../jobs/lint.ts';
import type { Linted } from '../jobs/lint.ts';
import type { LintChoice } from '../jobs/lint-report.ts';
import type { OnStage } from '../steps/steps.ts';
import { checkNotes } from './check-notes.ts';
import type { ClockFlags } from './clock-flags.ts';
import type { ExitCode } from './face.ts';
import { tell } from './face.ts';
import { reportFindings } from './findings.ts';
import type { Fixed } from './fix.ts';
import type { FixFlags } from './fix-flags.ts';
import type { LintReportFlags } from './format-flags.ts';
import type { InputRequest } from './input-flags.ts';
import { interruptible } from './interrupt.ts';
import { openLintChoice, refuseBaselineTarget, tooManyWarnings, withBaselineWritten } from './lint-choice.ts';
import { refuseInputTargets, refuseTargets, reportLint } from './lint-report.ts';
import type { LintEnd } from './lint-report.ts';
import { nginxToAsk, readToLint } from './lint-input.ts';
import type { LintInput, NginxTestFlags } from './lint-input.ts';
import type { LoadFlags } from './load-input.ts';
import type { ReportChoiceFlags } from './report-choice-flags.ts';
import type { WorldFlags } from './world-flags.ts';

export interface LintFlags
  extends LoadFlags, ClockFlags, LintReportFlags, ReportChoiceFlags, WorldFlags, FixFlags, NginxTestFlags {
  readonly stdinFilename: string;
}

/** Says what is wrong with manifests, on stdout, and does nothing else but for `--fix`. */
export async function lint(input: InputRequest, flags: LintFlags, onStage?: OnStage): Promise<ExitCode> {
  const refused = refuseTargets(flags) ?? refuseBaselineTarget(flags) ?? refuseFix(input, flags);
  if (refused !== undefined) return refused;
  const opened = openLintChoice(input, flags);
  if (opened.kind === 'refused') return opened.code;
  const read = await readToLint({ input, opened, onStage }, flags);
  if (read.kind === 'refused') return read.code;
  const { choice } = read;
  const overwrites = refuseInputTargets(flags, choice.files);
  if (overwrites !== undefined) return overwrites;
  const fixed = await fixedOf(read, flags);
  const linted = await askAll(fixed, choice, flags);
  onStage?.('report');
  return conclude({ linted, fixed, choice }, flags);
}

function refuseFix(
  { paths }: InputRequest,
  { fix = false, fixDryRun = false, changedSince }: LintFlags,
): ExitCode | undefined {
  if ((fix || fixDryRun) && changedSince !== undefined) {
    const flag = fix ? '--fix' : '--fix-dry-run';
    const why = 'fixes move the lines that changed; run one after the other';
    tell('error', `${flag} cannot be used with --changed-since: ${why}`);
    return 2;
  }
  if (!fix || !paths.includes('-')) return undefined;
  tell('error', '--fix cannot change stdin: name files or folders, or see the changes with --fix-dry-run');
  return 2;
}

async function fixedOf(input: LintInput, flags: LintFlags): Promise<Fixed> {
  if (flags.fix !== true && flags.fixDryRun !== true) return { loaded: input.texts.loaded, notes: [] };
  const { fixInput } = await import('./fix.ts');
  return fixInput(input, flags);
}

/** Without nginx nothing has to be cleaned up, and a signal may end the run at once. */
function askAll({ loaded }: Fixed, choice: LintChoice, flags: LintFlags): Promise<Linted> {
  const request = { loaded, choice, nginx: nginxToAsk(flags) };
  return request.nginx === undefined
    ? lintLoaded({ ...request, signal: new AbortController().signal })
    : interruptible(signal => lintLoaded({ ...request, signal }));
}

interface LintRun {
  readonly linted: Linted;
  readonly fixed: Fixed;
  readonly choice: LintChoice;
}

/** Writes the baseline, if one is to be written, and reports what is left. */
async function conclude({ linted, fixed, choice }: LintRun, flags: LintFlags): Promise<ExitCode> {
  const written = withBaselineWritten(linted, choice, flags);
  if (written.kind === 'refused') return written.code;
  const excess = tooManyWarnings(written.linted, flags);
  if (excess !== undefined && flags.quiet === true) tell('note', excess);
  const excesses = excess === undefined ? [] : [excess];
  const ofFixes = fixableNotes(written.linted, flags);
  const ofInput = checkNotes(written.linted.loaded, flags);
  const notes = [...ofInput, ...fixed.notes, ...ofFixes, ...written.notes, ...excesses];
  const { now = Date.now(), fixDryRun } = flags;
  const { trouble } = written.linted;
  if (trouble?.kind === 'interrupted') return 1;
  const { problem = problemOf(trouble) } = fixed;
  const end = endOf(written.linted, { files: choice.files, now, notes, problem });
  // The patch is the result then.
  const code =
    fixDryRun === true ? await reportFindings(end, { ...flags, format: 'pretty' }) : await reportLint(end, flags);
  if (problem !== undefined) return 3;
  return excess !== undefined && code === 0 ? 1 : code;
}

function fixableNotes({ findings }: Linted, { fix = false, fixDryRun = false }: LintFlags): readonly string[] {
  const count = findings.reported.filter(found => found.fix !== undefined).length;
  return count === 0 || fix || fixDryRun ? [] : [`${many(count, 'finding')} can be fixed with --fix`];
}

function endOf(
  { loaded, findings, fixOf }: Linted,
  run: Pick<LintEnd, 'files' | 'now' | 'notes' | 'problem'>,
): LintEnd {
  const { reported: diagnostics, suppressed, inBaseline, unchanged } = findings;
  const fingerprintOf: LintEnd['fingerprintOf'] = ({ fingerprint = '' }) => fingerprint;
  return { ...loaded, ...run, diagnostics, suppressed, inBaseline, unchanged, fingerprintOf, fixOf };
}

function problemOf(trouble: Failure | undefined): string | undefined {
  return trouble === undefined ? undefined : `--nginx-test: ${trouble.problem}`;
}
