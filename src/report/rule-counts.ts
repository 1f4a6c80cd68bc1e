import type { ChalkInstance } from 'chalk';

import type { Rule, Severity } from '../diagnostics/rule.ts';
import { many } from '../diagnostics/words.ts';
import { bySeverity } from './lint-report.ts';
import { SEVERITY_WORDS } from './summary.ts';
import { tableText } from './table-text.ts';

/** How many findings a rule has. */
export interface RuleCount {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly count: number;
}

/** More rules than these would take the screen again. */
const MOST_LISTED = 20;

/** The rules of the findings, errors first, and of one severity those with the most findings. */
export function countRules(
  findings: readonly { readonly rule: Rule; readonly severity: Severity }[],
): readonly RuleCount[] {
  const counts = new Map<string, { rule: Rule; severity: Severity; count: number }>();
  for (const { rule, severity } of findings) {
    const key = `${rule.id} ${severity}`;
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { rule, severity, count: 1 });
    else known.count += 1;
  }
  return bySeverity([...counts.values()].toSorted((a, b) => b.count - a.count || (a.rule.id < b.rule.id ? -1 : 1)));
}

/** A table of them, for people. Ends in a newline. */
export function ruleCountsText(counts: readonly RuleCount[], style: ChalkInstance): string {
  const listed = counts.slice(0, MOST_LISTED);
  const rest = counts.slice(MOST_LISTED);
  const texts = listed.map(({ count }) => grouped(count));
  const width = Math.max('COUNT'.length, ...texts.map(text => text.length));
  const rows = listed.map(({ rule, severity }, index) => [
    rule.id,
    rule.name,
    SEVERITY_WORDS[severity],
    (texts[index] ?? '').padStart(width),
  ]);
  const sum = rest.reduce((total, { count }) => total + count, 0);
  const more =
    rest.length === 0
      ? ''
      : `… and ${many(rest.length, 'more rule')} with ${sum === 1 ? '1 finding' : `${grouped(sum)} findings`}\n`;
  return tableText(['RULE', 'NAME', 'SEVERITY', 'COUNT'.padStart(width)], rows, style) + more;
}

/** `9,540` */
export function grouped(count: number): string {
  return String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
}
