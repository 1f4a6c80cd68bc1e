import type { TestResult } from '../answers/tests/results.ts';
import { countTests } from '../answers/tests/results.ts';
import { readable, visible } from '../diagnostics/visible.ts';
import { commandText, MOST_SHOWN } from './github.ts';
import type { TestReport } from './tests-report.ts';
import { mismatchText, notSeenText, reasonLines, summaryOfTests } from './tests-report.ts';

/** Workflow commands of GitHub Actions, which make annotations beside the tests that fail. */
export function testsGithub(report: TestReport): string {
  const results = report.suites.flatMap(suite => suite.results);
  const commands = [
    ...results.filter(({ outcome }) => outcome === 'failed').map(result => failureOf(result, report)),
    ...results.filter(({ outcome }) => outcome === 'not-seen').map(result => noticeOf(result, report)),
  ];
  const counts = countTests(report.suites);
  const isCut = Math.max(counts.failed, counts.notSeen) > MOST_SHOWN;
  const text = `${summaryOfTests(counts, report.suites)}; GitHub shows ${MOST_SHOWN} of each kind, the log of the step has all`;
  return `${commands.join('')}${isCut ? commandText('notice', { title: 'ingress2nginx' }, text) : ''}`;
}

function failureOf(result: TestResult, report: TestReport): string {
  const { name, request, mismatches } = result;
  const lines = [
    `${placeText(result, report)}${readable(name)}`,
    ...(request === name ? [] : [readable(request)]),
    ...mismatches.map(mismatchText),
    ...reasonLines(result, report),
  ];
  return commandText('error', propertiesOf(result, report), lines.join('\n'));
}

function noticeOf(result: TestResult, report: TestReport): string {
  const text = `${placeText(result, report)}${readable(result.name)}: ${notSeenText(result) ?? ''}`;
  return commandText('notice', propertiesOf(result, report), text);
}

/** The log shows nothing but the text. */
function placeText({ at }: TestResult, { pathOf }: TestReport): string {
  return `${visible(pathOf(at.file))}:${at.line}:${at.column}: `;
}

function propertiesOf({ at, name }: TestResult, { pathOf }: TestReport): Readonly<Record<string, string>> {
  const line = String(at.line);
  return { file: pathOf(at.file), line, endLine: line, col: String(at.column), title: readable(name) };
}
