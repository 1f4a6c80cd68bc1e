import { reasonOfAll } from '../compile/selection.ts';
import { Chalk } from 'chalk';

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Locate, Located } from '../diagnostics/located.ts';
import { locateAll } from '../diagnostics/located.ts';
import type { SeverityCounts } from '../diagnostics/severities.ts';
import { countSeverities } from '../diagnostics/severities.ts';
import { readable } from '../diagnostics/visible.ts';
import type { Suppressed } from '../findings/choose.ts';
import type { RunCounts } from '../jobs/counts.ts';
import type { Threshold } from '../jobs/hold.ts';
import { many } from '../diagnostics/words.ts';
import { summaryLine } from '../report/summary.ts';
import type { NotReported } from '../report/summary.ts';
import { wrapText } from '../report/wrap.ts';
import type { Look } from '../report/pretty.ts';
import type { ColourChoice, ExitCode } from './face.ts';
import { columnsOfTerminal, isColoured, say, wrapColumns } from './face.ts';
import type { FindingFlags, ReportFlags } from './flags.ts';
import { isAt } from './severity.ts';

/** What a run has to say about its input when it ends. */
export interface RunEnd extends RunOutcome {
  readonly diagnostics: readonly Diagnostic[];
  readonly suppressed: readonly Suppressed[];
  /** Findings that a baseline has. */
  readonly inBaseline?: readonly Diagnostic[];
  /** Findings that do not come of the change that was asked for. */
  readonly unchanged?: readonly Diagnostic[];
  /** Findings that are counted, and not shown. */
  readonly folded?: readonly Diagnostic[];
  readonly locate: Locate;
  readonly counts: RunCounts;
  readonly leftOut: readonly { readonly ingress: string; readonly reason: string }[];
  readonly excluded: readonly Excluded[];
}

/** A file or folder that was found, and not read. */
interface Excluded {
  readonly path: string;
  readonly isFolder: boolean;
  readonly reason: string;
}

/** What was done with the input. All texts are lines without their ends. */
export interface RunOutcome {
  /** Lines before the summary. */
  readonly notes: readonly string[];
  /** That nothing was written or served because of the input, and why; said with `--quiet`, too. */
  readonly withheld?: string;
  /** What failed outside of the input. */
  readonly problem?: string | undefined;
}

/** Says it all, and gives the exit code that the findings ask for. With `--format json` it is one line of JSON. */
export async function reportFindings(end: RunEnd, flags: ReportFlags): Promise<ExitCode> {
  const findings = locateAll(wantedOf(end.diagnostics, flags), end.locate);
  const severities = countSeverities([...findings, ...wantedOf(end.folded ?? [], flags)]);
  say(await textOf(findings, end, flags));
  if (flags.format !== 'json') sayEnd(end, severities, flags);
  return isOver(severities, flags.failOn) ? 1 : 0;
}

/** What is not shown need not be looked up: that takes a second parse of its document. */
export function wantedOf(diagnostics: readonly Diagnostic[], { quiet, failOn }: FindingFlags): readonly Diagnostic[] {
  if (quiet !== true) return diagnostics;
  return diagnostics.filter(({ severity }) => severity === 'error' || isAt(severity, failOn));
}

/** Says what stands below the findings, on stderr. The summary is the last line of a run. */
export function sayEnd(end: RunEnd, severities: SeverityCounts, flags: FindingFlags): void {
  const lines = flags.quiet === true ? withheldLines(end) : closingLines(end, severities, flags);
  const columns = wrapColumns('stderr');
  say([...lines, ...problemLines(end)].map(line => `${wrapText(readable(line), columns)}\n`).join(''));
}

function withheldLines({ withheld }: RunEnd): readonly string[] {
  return withheld === undefined ? [] : [withheld];
}

function problemLines({ problem }: RunEnd): readonly string[] {
  return problem === undefined ? [] : [`ingress2nginx: ${problem}`];
}

async function textOf(findings: readonly Located[], end: RunEnd, flags: ReportFlags): Promise<string> {
  switch (flags.format) {
    case 'pretty': {
      const { prettyText } = await import('../report/pretty.ts');
      const text = prettyText(findings, lookOf('stderr', flags.color));
      return text === '' ? '' : `${text}\n`;
    }
    case 'compact': {
      const { compactText } = await import('../report/compact.ts');
      return compactText(findings);
    }
    case 'json': {
      const { jsonText } = await import('../report/json.ts');
      return jsonText(findings, end);
    }
  }
}

/** How a stream wants text for people. */
export function lookOf(stream: 'stdout' | 'stderr', color: ColourChoice): Look {
  return {
    style: new Chalk({ level: isColoured(stream, color) ? 1 : 0 }),
    columns: columnsOfTerminal(stream),
    isTerminal: wrapColumns(stream) !== undefined,
  };
}

function closingLines(end: RunEnd, severities: SeverityCounts, flags: FindingFlags): readonly string[] {
  const { counts, leftOut, excluded, notes } = end;
  const ingresses = many(counts.leftOut, 'Ingress', 'Ingresses');
  const hidden =
    counts.leftOut === 0 ? [] : [`${ingresses} skipped (${reasonOfAll(leftOut)}); list them with --verbose`];
  const listed = leftOut.map(({ ingress, reason }) => `skipped: ${ingress}: ${reason}`);
  const skipped = counts.skipped === 0 ? [] : [`skipped: ${many(counts.skipped, 'object')} of kinds that are not used`];
  return [
    ...excludedLines(excluded, flags),
    ...(flags.verbose === true ? [...listed, ...skipped] : hidden),
    ...notes,
    ...withheldLines(end),
    summaryLine(counts, { ...severities, ...hiddenCounts(end) }, process.uptime()),
  ];
}

function hiddenCounts({ suppressed, inBaseline = [], unchanged = [] }: RunEnd): NotReported {
  return { suppressed: suppressed.length, inBaseline: inBaseline.length, unchanged: unchanged.length };
}

function excludedLines(excluded: readonly Excluded[], { verbose }: FindingFlags): readonly string[] {
  if (verbose === true) {
    return excluded.map(({ path, isFolder, reason }) => `excluded: ${path}${isFolder ? '/' : ''} (${reason})`);
  }
  const folders = excluded.filter(({ isFolder }) => isFolder).length;
  const files = excluded.length - folders;
  const counted = [
    ...(files === 0 ? [] : [many(files, 'file')]),
    ...(folders === 0 ? [] : [many(folders, 'directory', 'directories')]),
  ];
  return counted.length === 0 ? [] : [`${counted.join(' and ')} excluded; list them with --verbose`];
}

export function isOver(severities: SeverityCounts, threshold: Threshold): boolean {
  return (['error', 'warning', 'info'] as const).some(
    severity => severities[severity] > 0 && isAt(severity, threshold),
  );
}
