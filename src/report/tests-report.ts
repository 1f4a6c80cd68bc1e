import type { PlacedCause } from '../answers/explain/placed.ts';
import type { Mismatch } from '../answers/tests/model.ts';
import { countTests, ONLY_LIVE } from '../answers/tests/results.ts';
import type { TestCounts, TestResult, TestSuite } from '../answers/tests/results.ts';
import { readable } from '../diagnostics/visible.ts';
import { many } from '../diagnostics/words.ts';
import { causeText } from './explain-cause.ts';

/** What every format of `test` is made of. */
export interface TestReport {
  readonly suites: readonly TestSuite[];
  /** The address of a running nginx that was asked; undefined: the manifests were. */
  readonly live: string | undefined;
  /** When the run began, in ISO 8601; only formats that ask for a time have it. */
  readonly startedAt: string;
  /** The path of a file as the repository names it. */
  readonly pathOf: (file: string) => string;
}

/** `12 passed, 1 failed, 2 not seen` */
function countsText({ passed, failed, notSeen }: TestCounts): string {
  return [
    ...(passed === 0 ? [] : [`${passed} passed`]),
    ...(failed === 0 ? [] : [`${failed} failed`]),
    ...(notSeen === 0 ? [] : [`${notSeen} not seen`]),
  ].join(', ');
}

/** `12 passed, 1 failed (13 tests in 2 files)` */
export function summaryOfTests(counts: TestCounts, suites: readonly TestSuite[]): string {
  const tests = counts.passed + counts.failed + counts.notSeen;
  return `${countsText(counts)} (${many(tests, 'test')} in ${many(suites.length, 'file')})`;
}

/** `service: expected shop/web:80, got shop/cart:80` */
export function mismatchText({ field, expected, got }: Mismatch): string {
  return readable(`${field}: expected ${expected}, got ${got}`);
}

/** A host can have hundreds of locations that lost. */
const MOST_DETAILS = 6;

/** What decided, who asked for it, and what to do: a line each. */
export function reasonLines(
  { wrongStep, advice }: TestResult,
  { pathOf }: Pick<TestReport, 'pathOf'>,
): readonly string[] {
  if (wrongStep === undefined) return advice.map(readable);
  const { name, text, details, causes } = wrongStep;
  return [
    `${name}: ${readable(text)}`,
    ...details.slice(0, MOST_DETAILS).map(detail => `  ${readable(detail)}`),
    ...(details.length > MOST_DETAILS ? [`  and ${many(details.length - MOST_DETAILS, 'other')}`] : []),
    ...causes.map(cause => `  by ${placedText(cause, pathOf)}`),
    ...advice.map(each => `help: ${readable(each)}`),
  ];
}

function placedText(cause: PlacedCause, pathOf: (file: string) => string): string {
  const { at } = cause;
  return readable(causeText(at === undefined ? cause : { ...cause, at: { ...at, file: pathOf(at.file) } }));
}

/**
 * That most tests of a running server prove nothing of it; undefined where most do. A server that answers 404 to
 * everything would pass all of them.
 */
export function unseenWarning({ suites, live }: TestReport): string | undefined {
  const { passed, failed, notSeen } = countTests(suites);
  if (live === undefined || notSeen <= passed + failed) return undefined;
  const count = `${notSeen} of ${many(passed + failed + notSeen, 'test')}`;
  return `WARNING: ${count} could not be seen from outside: an answer does not tell which backend it comes from; add \`live:\` (status, headers or body) to them`;
}

/** What was not compared, and why; undefined where everything was. What came is said where nothing else is. */
export function notSeenText({ notSeen, outcome, answer }: TestResult): string | undefined {
  if (notSeen.length === 0) return undefined;
  if (notSeen.includes(ONLY_LIVE)) return 'not seen in manifests: live; it needs a running server (--live)';
  const came = outcome === 'not-seen' ? `; answer: ${answer}` : '';
  return readable(`not seen from outside: ${notSeen.join(', ')}${came}`);
}
