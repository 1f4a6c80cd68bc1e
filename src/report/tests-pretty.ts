import type { ChalkInstance } from 'chalk';

import type { Mismatch } from '../answers/tests/model.ts';
import type { TestResult } from '../answers/tests/results.ts';
import { countTests } from '../answers/tests/results.ts';
import { readable } from '../diagnostics/visible.ts';
import { placeText } from './pretty.ts';
import type { Look } from './pretty.ts';
import type { TestReport } from './tests-report.ts';
import { notSeenText, reasonLines, summaryOfTests, unseenWarning } from './tests-report.ts';
import { wordsOf, wrapTokens } from './wrap.ts';

/** For people: what failed, with what was expected and what came instead; all tests where `verbose` asks for them. */
export function testsPretty(report: TestReport, look: Look, wanted: 'all' | 'failed'): string {
  const results = report.suites.flatMap(suite => suite.results);
  const shown = results.filter(({ outcome }) => wanted === 'all' || outcome !== 'passed');
  const texts = shown.map((result, index) => {
    const isApart = index > 0 && (isLong(result) || isLong(shown[index - 1]));
    return `${isApart ? '\n' : ''}${resultText(result, look)}`;
  });
  const counts = countTests(report.suites);
  const summary = paint(counts.failed > 0 ? 'failed' : 'passed', look.style)(summaryOfTests(counts, report.suites));
  const where = report.live === undefined ? '' : ` at ${readable(report.live)}`;
  const unseen = unseenWarning(report);
  const warning =
    unseen === undefined
      ? ''
      : `${look.style.bold.yellow(wrapTokens(wordsOf(unseen), widthOf(look), '  ').join('\n'))}\n`;
  return `${texts.join('')}${texts.length === 0 ? '' : '\n'}${warning}${summary}${where}\n`;
}

function isLong(result: TestResult | undefined): boolean {
  return result !== undefined && result.mismatches.length > 0;
}

const WORDS = { passed: 'ok', failed: 'FAILED', 'not-seen': 'not seen' } as const;

function resultText(result: TestResult, look: Look): string {
  const { style } = look;
  const { outcome, name, at, request, mismatches, answer } = result;
  const place = placeText(at);
  const head = [
    { gap: '', text: place, shown: style.bold(place) },
    { gap: '  ', text: WORDS[outcome], shown: paint(outcome, style)(WORDS[outcome]) },
    ...wordsOf(readable(name), '  '),
  ];
  const lines = [...wrapTokens(head, widthOf(look), '    ')];
  const unseen = notSeenText(result);
  if (outcome !== 'passed' && request !== name) lines.push(`    ${readable(request)}`);
  if (mismatches.length > 0) {
    lines.push(...differenceLines(mismatches, look), ...wrapped(`answer: ${readable(answer)}`, look));
    lines.push(...reasonLines(result, { pathOf: file => file }).flatMap(line => wrapped(line, look)));
  }
  if (unseen !== undefined) lines.push(...wrapped(unseen, look));
  return lines.map(line => `${line}\n`).join('');
}

/** Expected and got, one below the other, so that the eye finds what differs. */
function differenceLines(mismatches: readonly Mismatch[], { style }: Look): readonly string[] {
  const rows = mismatches.map(mismatch => ({ ...mismatch, field: readable(mismatch.field) }));
  const width = Math.max(...rows.map(({ field }) => field.length));
  return rows.flatMap(({ field, expected, got }) => [
    `    ${field.padEnd(width)}  expected  ${style.green(readable(expected))}`,
    `    ${' '.repeat(width)}  got       ${style.red(readable(got))}`,
  ]);
}

function wrapped(line: string, look: Look): readonly string[] {
  const [, indent = '', text = ''] = /^( *)(.*)$/s.exec(line) ?? [];
  const columns = widthOf(look);
  const room = columns === undefined ? undefined : columns - 4 - indent.length;
  return wrapTokens(wordsOf(text), room, '  ').map(each => `    ${indent}${each}`);
}

function widthOf({ isTerminal, columns }: Look): number | undefined {
  return isTerminal ? columns : undefined;
}

function paint(outcome: TestResult['outcome'], style: ChalkInstance): ChalkInstance {
  return outcome === 'passed' ? style.green : outcome === 'failed' ? style.red : style.yellow;
}
