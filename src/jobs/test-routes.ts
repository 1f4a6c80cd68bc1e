import type { Explanation } from '../answers/explain/model.ts';
import { placeStep } from '../answers/explain/placed.ts';
import { ONLY_LIVE } from '../answers/tests/results.ts';
import type { TestResult } from '../answers/tests/results.ts';
import { answerTest } from '../answers/tests/answer.ts';
import { withoutSecrets } from '../answers/tests/secret-headers.ts';
import { outcomeText } from '../answers/tests/said.ts';
import { requestLine } from '../test-file/read.ts';
import type { Loaded } from './loaded.ts';
import type { PlacedTest } from './test-files.ts';

/** Answers tests from manifests. Places are looked up only for what fails. */
export function testRoutes(tests: readonly PlacedTest[], { routing, locate }: Loaded): readonly TestResult[] {
  return tests.map(test => {
    const { verdict, explanations } = answerTest(routing, test);
    const last = explanations.at(-1) ?? explanations[0];
    const { mismatches, wrongStep } = verdict;
    const isPassed = mismatches.length === 0;
    const isSeen = Object.keys(test.expected).some(field => field !== ONLY_LIVE);
    const result: TestResult = {
      name: test.name,
      at: test.at,
      request: requestLine(test.request),
      outcome: isSeen ? (isPassed ? 'passed' : 'failed') : 'not-seen',
      mismatches,
      answer: answerText(explanations),
      ...(wrongStep === undefined ? {} : { wrongStep: placeStep(wrongStep.step, locate) }),
      advice: isPassed ? [] : last.advice,
      notSeen: isSeen ? [] : [ONLY_LIVE],
    };
    return withoutSecrets(result, test.request.headers);
  });
}

function answerText(explanations: readonly Explanation[]): string {
  const [first, ...others] = explanations.map(outcomeText);
  return [first, ...others.map(text => `then ${text}`)].join(', ');
}
