import { shownValue } from '../../routing/secret-headers.ts';
import type { BackendChoice, Explanation, Outcome, SentHeader, SetHeader } from './model.ts';

/** For people and files: without the values of headers that may let somebody in, whoever sets or sends them. */
export function withoutSecretHeaders(explanation: Explanation): Explanation {
  const { request, outcome, responseHeaders } = explanation;
  return {
    ...explanation,
    request: { ...request, headers: request.headers.map(shownSent) },
    outcome: shownOutcome(outcome),
    responseHeaders: responseHeaders.map(shownHeader),
  };
}

function shownSent({ name, value }: SentHeader): SentHeader {
  return { name, value: shownValue(name, value) };
}

function shownHeader({ name, value }: SetHeader): SetHeader {
  return { name, value: value === undefined ? undefined : shownValue(name, value) };
}

function shownChoice(choice: BackendChoice): BackendChoice {
  return { ...choice, headers: choice.headers.map(shownHeader) };
}

function shownOutcome(outcome: Outcome): Outcome {
  if (outcome.kind === 'backend') {
    const [first, ...others] = outcome.choices;
    return { ...outcome, choices: [shownChoice(first), ...others.map(shownChoice)] };
  }
  if (outcome.kind !== 'answer' || outcome.page === undefined) return outcome;
  return { ...outcome, page: shownChoice(outcome.page) };
}
