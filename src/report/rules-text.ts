import type { Rule, Severity } from '../diagnostics/rule.ts';
import type { TextLayout } from './names-text.ts';
import { visibleJson } from './plain-text.ts';
import { ruleUrl, severityInLint } from './rule-page.ts';
import { SEVERITY_WORDS } from './summary.ts';
import { tableText, tableWidth } from './table-text.ts';
import { wrapText } from './wrap.ts';

const HEADINGS = ['ID', 'NAME', 'SEVERITY', 'MEANING'] as const;

/** How severe a rule is for whoever asks; `off` says nothing. */
export type LevelOf = (rule: Rule) => Severity | 'off';

/** A line for each rule, for people; a terminal that is too narrow gets a few lines for each. Ends in a newline. */
export function rulesTable(rules: readonly Rule[], levelOf: LevelOf, { style, columns }: TextLayout): string {
  const rows = rules.map(rule => [rule.id, rule.name, wordOf(levelOf(rule)), rule.summary]);
  if (columns === undefined || tableWidth(HEADINGS, rows) <= columns) return tableText(HEADINGS, rows, style);
  const entries = rules.map(rule => {
    const meaning = wrapText(rule.summary, columns - 4, '').replaceAll('\n', '\n    ');
    return `${rule.id}  ${style.bold(rule.name)}  ${wordOf(levelOf(rule))}\n    ${meaning}\n`;
  });
  return entries.join('');
}

function wordOf(level: Severity | 'off'): string {
  return level === 'off' ? level : SEVERITY_WORDS[level];
}

/** For programs: docs/schemas/rules.json describes it. */
export function rulesJson(rules: readonly Rule[], levelOf: LevelOf): string {
  const listed = rules.map(rule => ({
    rule: rule.id,
    name: rule.name,
    severity: levelOf(rule),
    defaultSeverity: severityInLint(rule),
    severityElsewhere: rule.severity,
    canBeSuppressed: rule.canBeSuppressed !== false,
    summary: rule.summary,
    why: rule.why,
    docs: ruleUrl(rule),
  }));
  return `${visibleJson({ formatVersion: 1, rules: listed })}\n`;
}
