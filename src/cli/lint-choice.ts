import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import { readBaselineFile, writeBaselineFile } from '../jobs/baseline.ts';
import { readChange } from '../jobs/changed-since.ts';
import type { Linted } from '../jobs/lint.ts';
import type { LintChoice } from '../jobs/lint-report.ts';
import type { LoadedTexts } from '../jobs/load.ts';
import { countSeverities } from '../diagnostics/severities.ts';
import { many } from '../diagnostics/words.ts';
import { reportPathProblem } from '../output/report-file.ts';
import { placeText } from '../report/pretty.ts';
import { repositoryPaths } from '../report/repository-path.ts';
import { excludeOf } from './exclude-flags.ts';
import type { ExcludeFlags } from './exclude-flags.ts';
import type { ExitCode } from './face.ts';
import { tell } from './face.ts';
import type { InputRequest } from './input-flags.ts';
import { interruptible } from './interrupt.ts';
import type { ReportChoiceFlags } from './report-choice-flags.ts';
import { repositoryRoot } from './repository.ts';

/** What is wrong has been said. */
export interface Refused {
  readonly kind: 'refused';
  readonly code: ExitCode;
}

export interface OpenedChoice {
  readonly kind: 'open';
  /** Asks Git, if a change is asked for. */
  readonly choiceFor: (
    loading: LoadedTexts,
  ) => Promise<{ readonly kind: 'choice'; readonly choice: LintChoice } | Refused>;
}

/** Says why no baseline can be written where the command line wants one; asked before anything is read. */
export function refuseBaselineTarget({ writeBaseline: file }: ReportChoiceFlags): ExitCode | undefined {
  const problem = file === undefined ? undefined : reportPathProblem(file);
  if (problem === undefined) return undefined;
  tell('error', `--write-baseline: ${problem}`);
  return 2;
}

/** Reads the baseline, before anything else is done. */
export function openLintChoice(input: InputRequest, flags: ReportChoiceFlags & ExcludeFlags): OpenedChoice | Refused {
  if (flags.changedSince !== undefined && input.paths.includes('-')) {
    tell('error', '--changed-since needs files: what is piped in has no history');
    return { kind: 'refused', code: 2 };
  }
  const read = flags.baseline === undefined || isToBeWritten(flags) ? undefined : readBaselineFile(flags.baseline);
  if (read !== undefined && read.kind !== 'baseline') {
    tell('error', `--baseline: ${read.kind === 'broken' ? `${placeText(read.at)}: ` : ''}${read.problem}`);
    return { kind: 'refused', code: 2 };
  }
  const folder = process.cwd();
  const root = repositoryRoot(folder);
  const choice = { root, folder, pathOf: repositoryPaths(folder, root), baseline: read?.baseline };
  return {
    kind: 'open',
    choiceFor: loading =>
      choiceFor({ ...choice, files: loading.sources.map(({ name }) => name) }, { input, loading, flags }),
  };
}

/** The first time there is none yet. */
function isToBeWritten({ baseline, writeBaseline }: ReportChoiceFlags): boolean {
  if (baseline === undefined || writeBaseline === undefined) return false;
  return resolve(baseline) === resolve(writeBaseline) && !existsSync(baseline);
}

interface Asked {
  readonly input: InputRequest;
  readonly loading: LoadedTexts;
  readonly flags: ReportChoiceFlags & ExcludeFlags;
}

async function choiceFor(
  choice: LintChoice,
  { input: { paths }, loading, flags }: Asked,
): Promise<{ readonly kind: 'choice'; readonly choice: LintChoice } | Refused> {
  const { changedSince: ref } = flags;
  if (ref === undefined) return { kind: 'choice', choice };
  const change = await interruptible(signal => readChange({ ref, paths, exclude: excludeOf(flags), loading, signal }));
  switch (change.kind) {
    case 'change':
      return { kind: 'choice', choice: { ...choice, change } };
    case 'refused':
      tell('error', `--changed-since: ${change.problem}`);
      return { kind: 'refused', code: 2 };
    case 'failed':
      tell('trouble', `--changed-since: ${change.problem}`);
      return { kind: 'refused', code: 3 };
    case 'interrupted':
      return { kind: 'refused', code: 1 };
  }
}

export type AfterBaseline =
  | { readonly kind: 'done'; readonly linted: Linted; readonly notes: readonly string[] }
  | Refused;

/** Writes the baseline that the command line asks for; what is in it is not reported. */
export function withBaselineWritten(
  linted: Linted,
  { pathOf }: LintChoice,
  { writeBaseline: file }: ReportChoiceFlags,
): AfterBaseline {
  if (file === undefined || linted.trouble !== undefined) return { kind: 'done', linted, notes: [] };
  const written = writeBaselineFile({ ...linted, file, pathOf });
  if (written.kind === 'failed') {
    tell('trouble', `--write-baseline: ${written.problem}`);
    return { kind: 'refused', code: 3 };
  }
  const { findings } = written;
  const left = findings.reported.length === 0 ? '' : `; ${findings.reported.length} cannot be in a baseline`;
  const note = `${file}: ${many(findings.inBaseline.length, 'finding')} written${left}`;
  return { kind: 'done', linted: { ...linted, findings }, notes: [note] };
}

/** What to say when there are more warnings than the command line allows; undefined when there are not. */
export function tooManyWarnings(
  { findings: { reported } }: Linted,
  { maxWarnings: most }: ReportChoiceFlags,
): string | undefined {
  const { warning } = countSeverities(reported);
  if (most === undefined || warning <= most) return undefined;
  return `too many warnings: ${warning}, and --max-warnings ${most} allows ${most === 0 ? 'none' : `no more than ${most}`}`;
}
