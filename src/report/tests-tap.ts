import type { TestResult } from '../answers/tests/results.ts';
import { readable } from '../diagnostics/visible.ts';
import { visibleJsonLine } from './plain-text.ts';
import type { TestReport } from './tests-report.ts';
import { mismatchText, notSeenText, reasonLines } from './tests-report.ts';

/**
 * TAP version 14: a line for each test, and below one that fails a block of YAML with the difference. What cannot be
 * seen from outside is skipped.
 * Source: testanything.org, tap-version-14-specification.
 */
export function testsTap(report: TestReport): string {
  const results = report.suites.flatMap(suite => suite.results);
  const lines = results.flatMap((result, index) => [
    `${result.outcome === 'failed' ? 'not ok' : 'ok'} ${index + 1} - ${described(result.name)}${directive(result)}`,
    ...(result.outcome === 'failed' ? blockOf(result, report) : []),
  ]);
  return ['TAP version 14', `1..${results.length}`, ...lines].map(line => `${line}\n`).join('');
}

/** A `#` would begin a directive. */
function described(name: string): string {
  return readable(name).replaceAll(/[\\#]/g, String.raw`\$&`);
}

function directive(result: TestResult): string {
  const unseen = result.outcome === 'not-seen' ? notSeenText(result) : undefined;
  return unseen === undefined ? '' : ` # SKIP ${described(unseen)}`;
}

/** YAML in which each value is a JSON text. */
function blockOf(result: TestResult, report: TestReport): readonly string[] {
  const { at, request, answer, mismatches } = result;
  const list = (key: string, texts: readonly string[]): readonly string[] =>
    texts.length === 0 ? [] : [`${key}:`, ...texts.map(text => `  - ${visibleJsonLine(text)}`)];
  const unseen = notSeenText(result);
  const lines = [
    `message: ${visibleJsonLine(mismatches.map(mismatchText).join('; '))}`,
    'severity: fail',
    'at:',
    `  file: ${visibleJsonLine(report.pathOf(at.file))}`,
    `  line: ${at.line}`,
    `  column: ${at.column}`,
    `request: ${visibleJsonLine(request)}`,
    `answer: ${visibleJsonLine(readable(answer))}`,
    'differences:',
    ...mismatches.flatMap(({ field, expected, got }) => [
      `  - field: ${visibleJsonLine(field)}`,
      `    expected: ${visibleJsonLine(readable(expected))}`,
      `    got: ${visibleJsonLine(readable(got))}`,
    ]),
    ...list('reason', reasonLines(result, report)),
    ...(unseen === undefined ? [] : [`note: ${visibleJsonLine(unseen)}`]),
  ];
  return ['---', ...lines, '...'].map(line => `  ${line}`);
}
