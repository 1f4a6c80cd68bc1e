import type { TestResult, TestSuite } from '../answers/tests/results.ts';
import { countTests } from '../answers/tests/results.ts';
import { readable, visible } from '../diagnostics/visible.ts';
import type { TestReport } from './tests-report.ts';
import { mismatchText, notSeenText, reasonLines } from './tests-report.ts';
import { attributes, XML_HEAD, xmlText } from './xml.ts';

/** A report for Jenkins, GitLab and others: each file is a suite. Fits the schema of Jenkins and the stricter one of Ant. */
export function testsJunit(report: TestReport): string {
  const suites = report.suites.map((suite, id) => suiteOf(suite, id, report));
  return `${XML_HEAD}<testsuites>\n${suites.join('')}</testsuites>\n`;
}

function suiteOf(suite: TestSuite, id: number, report: TestReport): string {
  const name = visible(report.pathOf(suite.file));
  const { failed, notSeen } = countTests([suite]);
  const values = {
    name,
    package: 'ingress2nginx',
    id,
    tests: suite.results.length,
    failures: failed,
    errors: 0,
    skipped: notSeen,
    time: 0,
    // Without a time zone, as Ant wants it.
    timestamp: report.startedAt.slice(0, 'YYYY-MM-DDTHH:MM:SS'.length),
    hostname: 'localhost',
  };
  const cases = suite.results.map(result => caseOf(result, name, report)).join('');
  const inside = `    <properties/>\n${cases}    <system-out/>\n    <system-err/>\n`;
  return `  <testsuite${attributes(values)}>\n${inside}  </testsuite>\n`;
}

function caseOf(result: TestResult, file: string, report: TestReport): string {
  const values = attributes({ name: readable(result.name), classname: file, time: 0 });
  switch (result.outcome) {
    case 'passed':
      return `    <testcase${values}/>\n`;
    case 'not-seen': {
      const message = attributes({ message: notSeenText(result) });
      return `    <testcase${values}>\n      <skipped${message}/>\n    </testcase>\n`;
    }
    case 'failed':
      return `    <testcase${values}>\n${failureOf(result, file, report)}    </testcase>\n`;
  }
}

function failureOf(result: TestResult, file: string, report: TestReport): string {
  const { at, request, answer, mismatches } = result;
  const message = mismatches.map(mismatchText).join('; ');
  const lines = [
    `${file}:${at.line}:${at.column}: ${readable(request)}`,
    ...mismatches.map(mismatchText),
    `answer: ${readable(answer)}`,
    ...reasonLines(result, report),
  ];
  return `      <failure${attributes({ message, type: 'failure' })}>${lines.map(xmlText).join('\n')}</failure>\n`;
}
