import { readFileSync } from 'node:fs';

import type { Failure } from '../diagnostics/failure.ts';
import { failure } from '../diagnostics/failure.ts';
import { locateAll } from '../diagnostics/located.ts';
import { belongsInBaseline, entryOf } from '../findings/baseline.ts';
import { baselineText, readBaseline } from '../findings/baseline-file.ts';
import type { ReadBaseline } from '../findings/baseline-file.ts';
import { reasonOf } from '../input/reason.ts';
import { writeReportFile } from '../output/report-file.ts';
import type { LintFindings } from './lint-report.ts';
import type { Loaded } from './loaded.ts';

/** Reads the file of a baseline. */
export function readBaselineFile(
  file: string,
): ReadBaseline | { readonly kind: 'unreadable'; readonly problem: string } {
  try {
    return readBaseline({ name: file, text: readFileSync(file, 'utf8').replace(/^\uFEFF/, '') });
  } catch (error) {
    return { kind: 'unreadable', problem: `${JSON.stringify(file)} cannot be read: ${reasonOf(error)}` };
  }
}

export interface BaselineRequest {
  readonly loaded: Loaded;
  readonly findings: LintFindings;
  readonly file: string;
  readonly pathOf: (file: string) => string;
}

export type WrittenBaseline =
  /** What is left to report, since it cannot be in a baseline, is still reported. */
  { readonly kind: 'written'; readonly findings: LintFindings } | Failure;

/** Writes all findings of a lint to a file. */
export function writeBaselineFile({ loaded, findings, file, pathOf }: BaselineRequest): WrittenBaseline {
  const all = [...findings.reported, ...findings.inBaseline];
  const inBaseline = all.filter(belongsInBaseline);
  const entries = inBaseline.map(found => entryOf(found, locateAll([found], loaded.locate)[0]?.at, pathOf));
  const problem = writeReportFile(file, baselineText(entries));
  if (problem !== undefined) return failure(`${file} was not written: ${problem}`);
  const reported = all.filter(found => !belongsInBaseline(found));
  return { kind: 'written', findings: { ...findings, reported, inBaseline } };
}
