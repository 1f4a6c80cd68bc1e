import type { Located } from '../diagnostics/located.ts';
import { readable } from '../diagnostics/visible.ts';
import type { LintReport } from './lint-report.ts';
import { byFile, sentenceOf, shownPath } from './lint-report.ts';
import { attributes, XML_HEAD } from './xml.ts';

/** A report of checkstyle, which most CI systems read: a file with all of its findings. */
export function checkstyleText(report: LintReport): string {
  const groups = byFile(report.findings);
  const unplaced = groups.get(undefined) ?? [];
  const files = report.files.map(file => [shownPath(report, file), groups.get(file) ?? []] as const);
  const listed = new Set(report.files);
  // What could not be read is no text, but has a finding.
  for (const [file, findings] of groups) {
    if (file !== undefined && !listed.has(file)) files.push([shownPath(report, file), findings]);
  }
  if (unplaced.length > 0) files.push(['ingress2nginx', unplaced]);
  const elements = files.map(
    ([name, findings]) => `  <file${attributes({ name })}>\n${findings.map(errorOf).join('')}  </file>\n`,
  );
  return `${XML_HEAD}<checkstyle version="4.3">\n${elements.join('')}</checkstyle>\n`;
}

function errorOf(found: Located): string {
  const { at, severity, rule } = found;
  const values = {
    line: at?.line ?? 1,
    column: at?.column,
    severity,
    message: readable(sentenceOf(found)),
    source: `ingress2nginx.${rule.id}.${rule.name}`,
  };
  return `    <error${attributes(values)}/>\n`;
}
