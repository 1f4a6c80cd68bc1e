import type { Origin } from '../diagnostics/place.ts';
import type { Located } from '../diagnostics/located.ts';
import { countSeverities } from '../diagnostics/severities.ts';
import type { RunCounts } from '../jobs/counts.ts';
import type { LintReport, ShownFix } from './lint-report.ts';
import { visibleJsonLine } from './plain-text.ts';
import { ruleUrl } from './rule-page.ts';

export interface RunFacts {
  readonly counts: RunCounts;
  /** The Ingresses that are none of ours, and why. */
  readonly leftOut: readonly { readonly ingress: string; readonly reason: string }[];
  /** What was done, a line each. */
  readonly notes: readonly string[];
  /** Why nothing was written or served, if the input is the reason. */
  readonly withheld?: string;
  /** What failed, if something else is. */
  readonly problem?: string | undefined;
}

/**
 * For programs, on one line: docs/schemas/diagnostics.json describes it. Holds no time, so equal input gives equal
 * bytes.
 */
export function jsonText(findings: readonly Located[], run: RunFacts): string {
  return textOf(findings.map(findingFields), run, { ...readFields(run.counts), ...countFields(findings) });
}

/** The same for `lint`, which also knows findings again, and what was suppressed. */
export function lintJson(report: LintReport): string {
  const { findings, suppressed } = report;
  const fieldsOf = (found: Located) => ({
    ...findingFields(found),
    fingerprint: report.fingerprintOf(found),
    fix: fixFields(report.fixOf(found)),
  });
  return textOf(
    findings.map(fieldsOf),
    report,
    { ...readFields(report.counts), ...countFields(findings), suppressed: suppressed.length },
    suppressed.map(({ found, kind, reason }) => ({ ...fieldsOf(found), suppressedBy: kind, reason })),
  );
}

function textOf(
  diagnostics: readonly object[],
  run: RunFacts,
  summary: object,
  suppressed?: readonly object[],
): string {
  const { leftOut, notes, withheld, problem } = run;
  return `${visibleJsonLine({ formatVersion: 1, diagnostics, suppressed, leftOut, notes, withheld, problem, summary })}\n`;
}

function readFields({ needs, ...counts }: RunCounts) {
  if (needs === undefined) return counts;
  return { ...counts, needs: { ...needs, byClass: Object.fromEntries(needs.byClass) } };
}

function countFields(findings: readonly Located[]) {
  const { error, warning, info } = countSeverities(findings);
  return { errors: error, warnings: warning, infos: info };
}

function findingFields(found: Located) {
  return {
    ...placeFields(found.at),
    rule: found.rule.id,
    name: found.rule.name,
    severity: found.severity,
    object: found.at?.object,
    message: found.message,
    help: found.help,
    docs: ruleUrl(found.rule),
    related: found.related.map(({ at, message }) => ({ ...placeFields(at), object: at?.object, message })),
  };
}

function fixFields(fix: ShownFix | undefined) {
  if (fix === undefined) return undefined;
  const { title, effect, edits } = fix;
  return { title, effect, edits: edits.map(({ at, text }) => ({ ...placeFields(at), text })) };
}

function placeFields(at: Origin | undefined) {
  if (at === undefined) return {};
  const { file, line, column, endLine = line, endColumn, template } = at;
  return { file, line, column, ...(endColumn === undefined ? {} : { endLine, endColumn }), template };
}
