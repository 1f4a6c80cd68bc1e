import type { Located } from '../../../src/diagnostics/located.ts';
import type { Origin } from '../../../src/diagnostics/place.ts';
import type { Rule, Severity } from '../../../src/diagnostics/rule.ts';
import type { LintReport } from '../../../src/report/lint-report.ts';

export const RULE: Rule = {
  id: 'I2N299',
  name: 'sample-rule',
  severity: 'warning',
  summary: 'A sample.',
  why: 'It shows how a finding looks.',
};

/** The value of a field in the object shop/web. */
export function placeOf(file: string, line: number, rest: Partial<Origin> = {}): Origin {
  const object = { kind: 'Ingress', namespace: 'shop', name: 'web' };
  return { file, line, column: 5, endLine: line, endColumn: 9, excerpt: '    text', object, ...rest };
}

export function foundAt(at: Origin | undefined, message: string, rest: Partial<Located> = {}): Located {
  return { rule: RULE, severity: 'warning', message, related: [], ...(at === undefined ? {} : { at }), ...rest };
}

export const withSeverity = (severity: Severity): Partial<Located> => ({ severity });

/** A report with these findings; the repository is /repo. */
export function reportWith(findings: readonly Located[], rest: Partial<LintReport> = {}): LintReport {
  return {
    findings,
    suppressed: [],
    files: [...new Set(findings.flatMap(({ at }) => (at === undefined ? [] : [at.file])))],
    counts: { files: 1, objects: 2, ingresses: 1, leftOut: 0, skipped: 0 },
    leftOut: [],
    notes: [],
    version: '1.2.3',
    startedAt: '2026-01-02T03:04:05.678Z',
    pathOf: file => file,
    fingerprintOf: ({ message }) => `print of ${message}`,
    fixOf: () => undefined,
    ...rest,
  };
}
