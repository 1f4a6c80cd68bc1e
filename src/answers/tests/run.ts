import type { Routing } from '../../routing/model.ts';
import type { AskedRequest, Explanation } from '../explain/model.ts';
import { MOST_REDIRECTS, redirected } from '../explain/redirected.ts';
import { compareAnswer } from './compare.ts';
import type { RouteTest, Verdict } from './model.ts';

export type Explain = (routing: Routing, request: AskedRequest) => Explanation;

/** What came of a test, and the explanation that it was held against. */
export interface TestAnswer {
  readonly verdict: Verdict;
  /** The answers to the request and, where redirects are followed, to those that come of it. */
  readonly explanations: readonly [Explanation, ...Explanation[]];
}

/** Holds a test against what would become of its request. */
export function answerTest(routing: Routing, test: RouteTest, explain: Explain): TestAnswer {
  const first = explain(routing, test.request);
  const explanations: [Explanation, ...Explanation[]] = [first];
  let last = first;
  while (test.follows && explanations.length <= MOST_REDIRECTS) {
    const next = nextRequest(last);
    if (next === undefined) break;
    last = explain(routing, next);
    explanations.push(last);
  }
  return { verdict: compareAnswer(test.expected, last), explanations };
}

function nextRequest({ request, outcome }: Explanation): AskedRequest | undefined {
  return outcome.kind === 'answer' && outcome.url !== undefined
    ? redirected(request, outcome.status, outcome.url)
    : undefined;
}
