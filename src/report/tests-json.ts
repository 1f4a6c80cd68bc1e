import type { TestResult } from '../answers/tests/results.ts';
import { countTests } from '../answers/tests/results.ts';
import { visibleJsonLine } from './plain-text.ts';
import type { TestReport } from './tests-report.ts';

/** For programs, on one line: docs/schemas/test-results.json describes it. Holds no time. */
export function testsJson({ suites, live }: TestReport): string {
  const files = suites.map(({ file, results }) => ({ file, tests: results.map(resultFields) }));
  return `${visibleJsonLine({ formatVersion: 1, live, files, summary: countTests(suites) })}\n`;
}

function resultFields({ name, at, request, outcome, mismatches, answer, wrongStep, advice, notSeen }: TestResult) {
  return {
    name,
    line: at.line,
    column: at.column,
    request,
    outcome,
    answer,
    differences: mismatches,
    step: wrongStep,
    advice,
    notSeen,
  };
}
