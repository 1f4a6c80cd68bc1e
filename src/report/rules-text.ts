import type { Rule } from '../diagnostics/rule.ts';
import type { TextLayout } from './names-text.ts';
import { visibleJson } from './plain-text.ts';
import { ruleUrl, severityInLint } from './rule-page.ts';
import { SEVERITY_WORDS } from './summary.ts';
import { tableText, tableWidth } from './table-text.ts';
import { wrapText } from './wrap.ts';

const HEADINGS = ['ID', 'NAME', 'SEVERITY', 'MEANING'] as const;

/** A line for each rule, for people; a terminal that is too narrow gets a few lines for each. Ends in a newline. */
export function rulesTable(rules: readonly Rule[], { style, columns }: TextLayout): string {
  const rows = rules.map(rule => [rule.id, rule.name, SEVERITY_WORDS[severityInLint(rule)], rule.summary]);
  if (columns === undefined || tableWidth(HEADINGS, rows) <= columns) return tableText(HEADINGS, rows, style);
  const entries = rules.map(rule => {
    const meaning = wrapText(rule.summary, columns - 4, '').replaceAll('\n', '\n    ');
    return `${rule.id}  ${style.bold(rule.name)}  ${SEVERITY_WORDS[severityInLint(rule)]}\n    ${meaning}\n`;
  });
  return entries.join('');
}

/** For programs: docs/schemas/rules.json describes it. */
export function rulesJson(rules: readonly Rule[]): string {
  const listed = rules.map(rule => ({
    rule: rule.id,
    name: rule.name,
    severity: severityInLint(rule),
    severityElsewhere: rule.severity,
    canBeSuppressed: rule.canBeSuppressed !== false,
    summary: rule.summary,
    why: rule.why,
    docs: ruleUrl(rule),
  }));
  return `${visibleJson({ formatVersion: 1, rules: listed })}\n`;
}
