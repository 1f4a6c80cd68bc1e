import type { Routing } from '../../routing/model.ts';
import { explain } from '../explain/explain.ts';
import { followRedirects } from '../explain/follow.ts';
import type { Explanation } from '../explain/model.ts';
import { compareAnswer } from './compare.ts';
import type { RouteTest, Verdict } from './model.ts';

/** What came of a test, and the explanations that it was held against: of each request where redirects are followed. */
export interface TestAnswer {
  readonly verdict: Verdict;
  readonly explanations: readonly [Explanation, ...Explanation[]];
}

/** Holds a test against what would become of its request. */
export function answerTest(routing: Routing, { request, follows, expected }: RouteTest): TestAnswer {
  const explanations = follows
    ? followRedirects(routing, request).explanations
    : ([explain(routing, request)] as const);
  const last = explanations.at(-1) ?? explanations[0];
  return { verdict: compareAnswer(expected, last), explanations };
}
