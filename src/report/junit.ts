import type { Located } from '../diagnostics/located.ts';
import { readable } from '../diagnostics/visible.ts';
import type { LintReport, Suppressed } from './lint-report.ts';
import { byFile, shownPath, templateEnd } from './lint-report.ts';
import { objectPrefix } from './object-text.ts';
import { SEVERITY_WORDS } from './summary.ts';
import { attributes, XML_HEAD, xmlText } from './xml.ts';

/**
 * A report of tests for Jenkins, GitLab and others: each file is a suite, each finding a case that fails. A note fails
 * nothing: it is a case that passes, as is a file without findings; what is suppressed is a case that was skipped. Fits
 * the schema of Jenkins and the stricter one of Ant.
 */
export function junitText(report: LintReport): string {
  const found = byFile(report.findings);
  const suppressed = bySuppressedFile(report.suppressed);
  const files = new Set<string | undefined>([...report.files, ...found.keys(), ...suppressed.keys()]);
  const suites = [...files].map((file, id) =>
    suiteOf({ file, id, findings: found.get(file) ?? [], suppressed: suppressed.get(file) ?? [] }, report),
  );
  return `${XML_HEAD}<testsuites>\n${suites.join('')}</testsuites>\n`;
}

function bySuppressedFile(suppressed: readonly Suppressed[]): ReadonlyMap<string | undefined, readonly Suppressed[]> {
  const groups = new Map<string | undefined, Suppressed[]>();
  for (const each of suppressed) {
    const group = groups.get(each.found.at?.file);
    if (group === undefined) groups.set(each.found.at?.file, [each]);
    else group.push(each);
  }
  return groups;
}

interface Suite {
  readonly file: string | undefined;
  readonly id: number;
  readonly findings: readonly Located[];
  readonly suppressed: readonly Suppressed[];
}

function suiteOf({ file, id, findings, suppressed }: Suite, report: LintReport): string {
  const name = file === undefined ? 'ingress2nginx' : shownPath(report, file);
  const cases = [
    ...findings.map(found => caseOf(found, name, outcomeOf(found, name))),
    ...suppressed.map(({ found, reason }) => caseOf(found, name, skipped(reason))),
  ];
  if (cases.length === 0) cases.push(`    <testcase${caseAttributes('no findings', name)}/>\n`);
  const values = {
    name,
    package: 'ingress2nginx',
    id,
    tests: cases.length,
    failures: findings.filter(({ severity }) => severity !== 'info').length,
    errors: 0,
    skipped: suppressed.length,
    time: 0,
    // Without a time zone, as Ant wants it.
    timestamp: report.startedAt.slice(0, 'YYYY-MM-DDTHH:MM:SS'.length),
    hostname: 'localhost',
  };
  const inside = `    <properties/>\n${cases.join('')}    <system-out/>\n    <system-err/>\n`;
  return `  <testsuite${attributes(values)}>\n${inside}  </testsuite>\n`;
}

function caseOf(found: Located, file: string, outcome: string): string {
  const { rule, at } = found;
  const place = at === undefined ? '' : ` ${at.line}:${at.column}`;
  // A note would look like any other case that passes.
  const note = found.severity === 'info' && outcome === '' ? ` ${readable(objectPrefix(found) + found.message)}` : '';
  const values = caseAttributes(`${rule.id} ${rule.name}${place}${note}`, file);
  return outcome === '' ? `    <testcase${values}/>\n` : `    <testcase${values}>\n${outcome}    </testcase>\n`;
}

function caseAttributes(name: string, classname: string): string {
  return attributes({ name, classname, time: 0 });
}

function outcomeOf(found: Located, file: string): string {
  const { severity, at, help, related } = found;
  if (severity === 'info') return '';
  const message = readable(objectPrefix(found) + found.message);
  const lines = [
    `${at === undefined ? '' : `${file}:${at.line}:${at.column}${templateEnd(at)}: `}${SEVERITY_WORDS[severity]}: ${message}`,
    ...related.map(other => `note: ${readable(other.message)}`),
    ...(help === undefined ? [] : [`help: ${readable(help)}`]),
  ];
  const values = attributes({ message, type: severity });
  return `      <failure${values}>${lines.map(xmlText).join('\n')}</failure>\n`;
}

function skipped(reason = 'suppressed'): string {
  return `      <skipped${attributes({ message: readable(reason) })}/>\n`;
}
