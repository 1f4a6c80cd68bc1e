import type { Origin } from '../diagnostics/place.ts';
import type { Located } from '../diagnostics/located.ts';
import { countSeverities } from '../diagnostics/severities.ts';
import type { RunCounts } from '../jobs/counts.ts';
import { visibleJsonLine } from './plain-text.ts';

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
  const severities = countSeverities(findings);
  const report = {
    formatVersion: 1,
    diagnostics: findings.map(found => ({
      ...placeFields(found.at),
      rule: found.rule.id,
      name: found.rule.name,
      severity: found.severity,
      object: found.at?.object,
      message: found.message,
      help: found.help,
      related: found.related.map(({ at, message }) => ({ ...placeFields(at), object: at?.object, message })),
    })),
    leftOut: run.leftOut,
    notes: run.notes,
    withheld: run.withheld,
    problem: run.problem,
    summary: { ...run.counts, errors: severities.error, warnings: severities.warning, infos: severities.info },
  };
  return `${visibleJsonLine(report)}\n`;
}

function placeFields(at: Origin | undefined) {
  if (at === undefined) return {};
  const { file, line, column, endLine = line, endColumn, template } = at;
  return { file, line, column, ...(endColumn === undefined ? {} : { endLine, endColumn }), template };
}
