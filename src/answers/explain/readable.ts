import type { BackendChoice, Explanation, Outcome, SetHeader, Step } from './model.ts';

/** Two or more characters that are bytes beyond ASCII, or letters of Latin-1. */
const BYTES = /[\u0080-\u00ff]{2,}/g;

/** A text in which paths may be bytes, a character for each: those that are UTF-8 as a person reads them. */
function readableText(text: string): string {
  return text.replaceAll(BYTES, found => {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(found, byte => byte.charCodeAt(0)));
    } catch {
      return found;
    }
  });
}

function readableHeaders(headers: readonly SetHeader[]): readonly SetHeader[] {
  return headers.map(({ name, value }) => ({ name, value: value === undefined ? undefined : readableText(value) }));
}

function readableChoice(choice: BackendChoice): BackendChoice {
  const { uri, host, headers } = choice;
  return {
    ...choice,
    uri: uri === undefined ? undefined : readableText(uri),
    host: host === undefined ? undefined : readableText(host),
    headers: readableHeaders(headers),
  };
}

function readableOutcome(outcome: Outcome): Outcome {
  switch (outcome.kind) {
    case 'backend': {
      const [first, ...others] = outcome.choices;
      return { ...outcome, choices: [readableChoice(first), ...others.map(readableChoice)] };
    }
    case 'answer': {
      const { url, page, reason } = outcome;
      return {
        ...outcome,
        reason: readableText(reason),
        ...(url === undefined ? {} : { url: readableText(url) }),
        ...(page === undefined ? {} : { page: readableChoice(page) }),
      };
    }
    case 'closed':
    case 'unclear':
      return outcome;
  }
}

function readableStep(step: Step): Step {
  return { ...step, text: readableText(step.text), details: step.details.map(readableText) };
}

/** The same for a person: nginx compares bytes, and so does what leads here. */
export function readable(explanation: Explanation): Explanation {
  const { steps, outcome, responseHeaders, advice } = explanation;
  return {
    ...explanation,
    steps: steps.map(readableStep),
    outcome: readableOutcome(outcome),
    responseHeaders: readableHeaders(responseHeaders),
    advice: advice.map(readableText),
  };
}
