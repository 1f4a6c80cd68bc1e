import type { Located } from '../diagnostics/located.ts';
import { countSeverities } from '../diagnostics/severities.ts';
import { readable, visible } from '../diagnostics/visible.ts';
import { many } from '../diagnostics/words.ts';
import type { LintReport } from './lint-report.ts';
import { bySeverity, templateEnd } from './lint-report.ts';
import { markdownTable, plainMarkdown } from './markdown.ts';
import { objectPrefix } from './object-text.ts';
import { ruleUrl } from './rule-page.ts';
import { foundText, SEVERITY_WORDS } from './summary.ts';

/** A comment of GitHub has 65,536 characters at most; some are left for what somebody puts around it. */
const LONGEST = 60_000;

const HEADS = ['severity', 'place', 'rule', 'message'];

/** A comment for a change: a table of the findings, errors first, as many as there is room for. */
export function findingsMarkdown(report: LintReport): string {
  const { findings, suppressed, counts } = report;
  const verdict = foundText({ ...countSeverities(findings), suppressed: suppressed.length });
  const title = `**ingress2nginx lint**: ${verdict} in ${many(counts.ingresses, 'Ingress', 'Ingresses')}`;
  if (findings.length === 0) return `${title}\n`;
  const rows: (readonly string[])[] = [];
  let room = LONGEST - title.length;
  for (const found of bySeverity(findings)) {
    const row = rowOf(found, report);
    room -= row.reduce((sum, cell) => sum + cell.length + ' | '.length, 0);
    if (room < 0) break;
    rows.push(row);
  }
  const rest = findings.length - rows.length;
  const more = rest === 0 ? '' : `\n\n… and ${many(rest, 'more finding')}: \`--format json\` has all of them.`;
  return `${title}\n\n${markdownTable(HEADS, rows)}${more}\n`;
}

function rowOf(found: Located, { pathOf }: LintReport): readonly string[] {
  const { severity, rule, at, help } = found;
  const place =
    at === undefined
      ? ''
      : `${plainMarkdown(visible(pathOf(at.file)))}:${at.line}:${at.column}${plainMarkdown(visible(templateEnd(at)))}`;
  const message = plainMarkdown(readable(objectPrefix(found) + found.message));
  const advice = help === undefined ? '' : `<br>help: ${plainMarkdown(readable(help))}`;
  return [SEVERITY_WORDS[severity], place, `[${rule.id} ${rule.name}](${ruleUrl(rule)})`, message + advice];
}
