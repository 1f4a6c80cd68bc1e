import packageFile from '../../package.json' with { type: 'json' };
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Located } from '../diagnostics/located.ts';
import { locateAll, sortUnplaced } from '../diagnostics/located.ts';
import { countSeverities } from '../diagnostics/severities.ts';
import type { SeverityCounts } from '../diagnostics/severities.ts';
import { inputProblem } from '../output/overwrite.ts';
import { reportPathProblem, writeReportFile } from '../output/report-file.ts';
import { fold } from '../report/fold.ts';
import { foldedText } from '../report/folded.ts';
import type { LintReport, Suppressed } from '../report/lint-report.ts';
import { repositoryPaths } from '../report/repository-path.ts';
import { countRules } from '../report/rule-counts.ts';
import type { ExitCode } from './face.ts';
import { print, tell, wrapColumns } from './face.ts';
import type { RunEnd } from './findings.ts';
import { isOver, lookOf, sayEnd, wantedOf } from './findings.ts';
import type { LintReportFlags } from './format-flags.ts';
import { lintTextOf, withGap } from './lint-text.ts';
import type { ShownFormat } from './lint-text.ts';
import { colourOfActions, isGithubActions, repositoryRoot } from './repository.ts';

/** What a lint has to say when it ends. */
export interface LintEnd extends RunEnd, Pick<LintReport, 'files' | 'fingerprintOf' | 'fixOf'> {
  /** The time when the run began, in milliseconds. */
  readonly now: number;
}

/** The files that get reports. */
export interface TargetFlags {
  readonly format?: readonly { readonly file: string | undefined }[];
}

/** Says why no report can be written where the command line wants one; asked before anything is read. */
export function refuseTargets({ format = [] }: TargetFlags): ExitCode | undefined {
  return refuse(format.flatMap(({ file }) => (file === undefined ? [] : (reportPathProblem(file) ?? []))));
}

/** Says which report would take the place of a file that was read as input; asked before anything is written. */
export function refuseInputTargets({ format = [] }: TargetFlags, inputs: readonly string[]): ExitCode | undefined {
  const names = new Set(inputs);
  return refuse(format.flatMap(({ file }) => (file === undefined ? [] : (inputProblem(file, names) ?? []))));
}

function refuse(problems: readonly string[]): ExitCode | undefined {
  for (const problem of problems) tell('error', `--format: ${problem}`);
  return problems.length === 0 ? undefined : 2;
}

/** Writes the findings in all formats that are asked for, and gives the exit code that they ask for. */
export async function reportLint(end: LintEnd, flags: LintReportFlags): Promise<ExitCode> {
  const place = placeOnce(end);
  const severities = await printFindings(end, flags, place);
  sayEnd(end, severities, flags);
  const isWritten = await writeFiles(end, flags, place);
  if (!isWritten) return 3;
  return isOver(severities, flags.failOn) ? 1 : 0;
}

/** Looks up the places of findings, which takes a second parse of their documents: once for all formats. */
function placeOnce({ diagnostics, locate }: LintEnd): (wanted: readonly Diagnostic[]) => readonly Located[] {
  let all: readonly Located[] | undefined;
  return wanted => (wanted === diagnostics ? (all ??= locateAll(wanted, locate)) : locateAll(wanted, locate));
}

type Place = ReturnType<typeof placeOnce>;

/** Prints what stdout gets, and counts it. */
async function printFindings(end: LintEnd, flags: LintReportFlags, place: Place): Promise<SeverityCounts> {
  const format = stdoutFormat(flags);
  const wanted = wantedOf(end.diagnostics, flags);
  const look = lookOf('stdout', format === 'actions' ? colourOfActions(flags.color) : flags.color);
  if (format === 'folded') {
    const findings = sortUnplaced(wanted);
    const { shown, hidden } = fold(findings);
    print(withGap(foldedText({ shown: place(shown), hidden, counts: countRules(findings) }, look)));
    return countSeverities(findings);
  }
  const findings = place(wanted);
  if (format !== undefined) print(await lintTextOf(format, reportOf(end, findings), look));
  return countSeverities(findings);
}

/** What stdout gets; undefined where all formats have files. */
function stdoutFormat({ format = [], verbose }: LintReportFlags): ShownFormat | undefined {
  const asked = format.find(({ file }) => file === undefined)?.format;
  if (asked === undefined && format.length > 0) return undefined;
  if (asked === undefined && isGithubActions()) return 'actions';
  const isTerminal = wrapColumns('stdout') !== undefined;
  return (asked ?? 'pretty') === 'pretty' && isTerminal && verbose !== true ? 'folded' : (asked ?? 'pretty');
}

/** `--quiet` is about what is shown: files have all findings. */
async function writeFiles(end: LintEnd, { format = [] }: LintReportFlags, place: Place): Promise<boolean> {
  const targets = format.flatMap(({ format: name, file }) => (file === undefined ? [] : [{ name, file }]));
  if (targets.length === 0) return true;
  const report = reportOf(end, place(end.diagnostics));
  const look = { ...lookOf('stdout', 'never'), isTerminal: false };
  let isWritten = true;
  for (const { name, file } of targets) {
    const problem = writeReportFile(file, await lintTextOf(name, report, look));
    if (problem === undefined) continue;
    tell('trouble', `${JSON.stringify(file)} was not written: ${problem}`);
    isWritten = false;
  }
  return isWritten;
}

function reportOf(end: LintEnd, findings: readonly Located[]): LintReport {
  const folder = process.cwd();
  return {
    ...end,
    findings,
    suppressed: suppressedIn(end),
    version: packageFile.version,
    startedAt: new Date(end.now).toISOString(),
    pathOf: repositoryPaths(folder, repositoryRoot(folder)),
  };
}

function suppressedIn({ suppressed, inBaseline = [], locate }: LintEnd): readonly Suppressed[] {
  const inSource = suppressed.flatMap(({ found, by: { reason } }) =>
    locateAll([found], locate).map(located => ({
      found: located,
      kind: 'inSource' as const,
      ...(reason === undefined ? {} : { reason }),
    })),
  );
  return [...inSource, ...locateAll(inBaseline, locate).map(found => ({ found, kind: 'external' as const }))];
}
