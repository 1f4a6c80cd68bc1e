import type { Unread } from '../answers/explain/incomplete.ts';
import type { BackendChoice, Outcome, SetHeader } from '../answers/explain/model.ts';
import type { PlacedExplanation } from '../answers/explain/placed.ts';
import type { ExplainedRequests } from './explain-text.ts';
import { visibleJson } from './plain-text.ts';

/** For programs: docs/schemas/explain.json describes it. */
export function explainJson({ explanations, end, incomplete = [] }: ExplainedRequests): string {
  const ended = end === undefined ? {} : { end };
  const unread = incomplete.length === 0 ? {} : { incomplete: incomplete.map(shownUnread) };
  const shown = { formatVersion: 1, ...ended, ...unread, explanations: explanations.map(shownExplanation) };
  return `${visibleJson(shown)}\n`;
}

function shownUnread({ at, ...rest }: Unread): object {
  return { ...at, ...rest };
}

function shownExplanation({ request, outcome, responseHeaders, advice, steps }: PlacedExplanation): object {
  const { clientIp, ...asked } = request;
  return {
    request: { ...asked, ...(clientIp === undefined ? {} : { clientIp }) },
    outcome: shownOutcome(outcome),
    responseHeaders: shownHeaders(responseHeaders),
    advice,
    steps,
  };
}

function shownOutcome(outcome: Outcome): object {
  if (outcome.kind === 'backend') return { ...outcome, choices: outcome.choices.map(shownChoice) };
  if (outcome.kind !== 'answer' || outcome.page === undefined) return outcome;
  return { ...outcome, page: shownChoice(outcome.page) };
}

function shownChoice({ headers, ...choice }: BackendChoice): object {
  return { ...choice, headers: shownHeaders(headers) };
}

/** `null` is a value that nginx alone knows. */
function shownHeaders(headers: readonly SetHeader[]): readonly object[] {
  return headers.map(({ name, value }) => ({ name, value: value ?? null }));
}
