import type { BackendChoice, Explanation, Outcome, SentHeader, SetHeader } from './model.ts';
import { shownHeaderValue } from './sent-secrets.ts';

type Sent = readonly SentHeader[];

/** For people and files: without the values of headers that may let somebody in, whoever sets or sends them. */
export function withoutSecretHeaders(explanation: Explanation): Explanation {
  const { request, outcome, responseHeaders } = explanation;
  return {
    ...explanation,
    request: { ...request, headers: request.headers.map(header => shownSent(header, request.headers)) },
    outcome: shownOutcome(outcome, request.headers),
    responseHeaders: responseHeaders.map(header => shownHeader(header, request.headers)),
  };
}

function shownSent(header: SentHeader, sent: Sent): SentHeader {
  return { name: header.name, value: shownHeaderValue(header, sent) };
}

function shownHeader({ name, value }: SetHeader, sent: Sent): SetHeader {
  return { name, value: value === undefined ? undefined : shownHeaderValue({ name, value }, sent) };
}

function shownChoice(choice: BackendChoice, sent: Sent): BackendChoice {
  return { ...choice, headers: choice.headers.map(header => shownHeader(header, sent)) };
}

function shownOutcome(outcome: Outcome, sent: Sent): Outcome {
  if (outcome.kind === 'backend') {
    const [first, ...others] = outcome.choices;
    return { ...outcome, choices: [shownChoice(first, sent), ...others.map(choice => shownChoice(choice, sent))] };
  }
  if (outcome.kind !== 'answer' || outcome.page === undefined) return outcome;
  return { ...outcome, page: shownChoice(outcome.page, sent) };
}
