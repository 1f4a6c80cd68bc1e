import type { Located } from '../diagnostics/located.ts';
import type { Origin } from '../diagnostics/place.ts';
import type { Severity } from '../diagnostics/rule.ts';
import { countSeverities } from '../diagnostics/severities.ts';
import { readable, visible } from '../diagnostics/visible.ts';
import type { LintReport } from './lint-report.ts';
import { bySeverity, templateEnd } from './lint-report.ts';
import { objectPrefix } from './object-text.ts';
import { foundText } from './summary.ts';

const COMMANDS = { error: 'error', warning: 'warning', info: 'notice' } as const satisfies Readonly<
  Record<Severity, string>
>;

/** GitHub shows so many annotations of a kind for each step. */
export const MOST_SHOWN = 10;

/**
 * Workflow commands of GitHub Actions, which make annotations beside the lines of a change: errors first, since only the
 * first of each kind are shown.
 */
export function githubText(report: LintReport): string {
  return bySeverity(report.findings)
    .map(found => commandOf(found, report))
    .join('')
    .concat(summaryOf(report.findings));
}

function commandOf(found: Located, report: LintReport): string {
  const { rule, at, message, help } = found;
  const title = `title=${property(`${rule.id} ${rule.name}`)}`;
  const properties = at === undefined ? [title] : [...placeProperties(at, report.pathOf(at.file)), title];
  // The log shows nothing but the text.
  const place =
    at === undefined ? '' : `${visible(report.pathOf(at.file))}:${at.line}:${at.column}${visible(templateEnd(at))}: `;
  const lines = [
    `${place}${readable(objectPrefix(found) + message)}`,
    ...found.related.map(other => `note: ${relatedPlace(other.at, report)}${readable(other.message)}`),
    ...(help === undefined ? [] : [`help: ${readable(help)}`]),
  ];
  return `::${COMMANDS[found.severity]} ${properties.join(',')}::${data(lines.join('\n'))}\n`;
}

function placeProperties({ line, column, endLine = line, endColumn }: Origin, path: string): readonly string[] {
  // Columns count within one line only.
  const isOneLine = endLine === line;
  return [
    `file=${property(path)}`,
    `line=${line}`,
    `endLine=${endLine}`,
    ...(isOneLine ? [`col=${column}`] : []),
    ...(isOneLine && endColumn !== undefined ? [`endColumn=${endColumn}`] : []),
  ];
}

function relatedPlace(at: Origin | undefined, { pathOf }: LintReport): string {
  return at === undefined ? '' : `${visible(pathOf(at.file))}:${at.line}:${at.column}: `;
}

/** What was not shown, where something was not. */
function summaryOf(findings: readonly Located[]): string {
  const counts = countSeverities(findings);
  if (Math.max(counts.error, counts.warning, counts.info) <= MOST_SHOWN) return '';
  const text = `${foundText(counts)}; GitHub shows ${MOST_SHOWN} of each kind, the log of the step has all`;
  return `::notice title=ingress2nginx::${data(text)}\n`;
}

/** A command with properties, in their order. */
export function commandText(
  command: 'error' | 'warning' | 'notice',
  properties: Readonly<Record<string, string>>,
  text: string,
): string {
  const written = Object.entries(properties).map(([name, value]) => `${name}=${property(value)}`);
  return `::${command} ${written.join(',')}::${data(text)}\n`;
}

/**
 * What the runner turns back into the text.
 * Source: actions/toolkit, packages/core/src/command.ts.
 */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(visible(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
