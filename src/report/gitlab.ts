import type { Located } from '../diagnostics/located.ts';
import type { Severity } from '../diagnostics/rule.ts';
import { readable } from '../diagnostics/visible.ts';
import type { LintReport } from './lint-report.ts';
import { sentenceOf } from './lint-report.ts';
import { visibleJson } from './plain-text.ts';

const SEVERITIES = { error: 'major', warning: 'minor', info: 'info' } as const satisfies Readonly<
  Record<Severity, string>
>;

/** A Code Quality report of GitLab. It wants a place for each; a finding without one gets the folder. */
export function gitlabText(report: LintReport): string {
  const used = new Map<string, number>();
  return `${visibleJson(report.findings.map(found => issueOf(found, report, used)))}\n`;
}

function issueOf(found: Located, { pathOf, fingerprintOf }: LintReport, used: Map<string, number>) {
  const { rule, severity, at } = found;
  const line = at?.line ?? 1;
  return {
    description: readable(sentenceOf(found)),
    check_name: `${rule.id} ${rule.name}`,
    fingerprint: uniqueIn(used, fingerprintOf(found)),
    severity: SEVERITIES[severity],
    location: {
      path: at === undefined ? '.' : pathOf(at.file),
      lines: { begin: line, end: at?.endLine ?? line },
    },
  };
}

/** GitLab drops all but one of those that have the same. */
function uniqueIn(used: Map<string, number>, fingerprint: string): string {
  const count = (used.get(fingerprint) ?? 0) + 1;
  used.set(fingerprint, count);
  return count === 1 ? fingerprint : `${fingerprint}-${count}`;
}
