import { Chalk } from 'chalk';

import { explain } from '../answers/explain/explain.ts';
import { urlOf } from '../answers/explain/asked-url.ts';
import type { AskedRequest, Outcome } from '../answers/explain/model.ts';
import { placeCauses } from '../answers/explain/placed.ts';
import type { PlacedExplanation, PlacedStep } from '../answers/explain/placed.ts';
import type { Routing } from '../routing/model.ts';
import { causeText } from '../report/explain-cause.ts';
import { explainText } from '../report/explain-text.ts';
import { el, list, section } from './dom.ts';
import type { Details } from './details.ts';
import type { PlaceOf } from './places.ts';
import type { RouteRecord } from './records.ts';

const PLAIN = { style: new Chalk({ level: 0 }), columns: undefined };

/** A request as it is explained, for the panel, and which paths of rules take it. */
export interface Explained {
  readonly details: Details;
  readonly isTakenBy: (record: RouteRecord) => boolean;
}

interface Asking {
  readonly routing: Routing;
  readonly placeOf: PlaceOf;
  /** Goes on with another URL, to which a client is redirected. */
  readonly explainUrl: (url: string) => void;
}

/** What happens to a request: the answer, what would have to be there, each step, and the text of the command. */
export function explained(request: AskedRequest, { routing, placeOf, explainUrl }: Asking): Explained {
  const answer = explain(routing, request);
  const explanation = placeCauses(answer, placeOf);
  const text = explainText({ explanations: [explanation] }, PLAIN);
  const details = {
    kind: 'Explained from the manifests',
    title: `${request.method} ${urlOf(request)}`,
    parts: [
      answerElement(explanation, explainUrl),
      explanation.advice.length === 0 ? undefined : section('What would help', [adviceList(explanation.advice)]),
      section('Step by step', [el('ol', { class: 'steps' }, explanation.steps.map(stepElement))]),
      el('details', { class: 'as-text' }, [
        el('summary', { text: 'As the command prints it' }),
        el('pre', { class: 'excerpt', lines: text, attributes: { id: 'explain-text' } }),
      ]),
    ],
  };
  const causes = answer.steps.flatMap(step => (step.name === 'location' ? step.causes : []));
  const from = new Set(causes.flatMap(cause => (cause.kind === 'field' ? [cause.at] : [])));
  return { details, isTakenBy: ({ branch }) => branch.from.some(each => from.has(each)) };
}

function adviceList(advice: readonly string[]): HTMLElement {
  return list(
    advice.map(text => el('span', { text })),
    { class: 'advice' },
  );
}

function answerElement({ outcome }: PlacedExplanation, explainUrl: Asking['explainUrl']): HTMLElement {
  const { tone, title, lines } = answerOf(outcome);
  const url = outcome.kind === 'answer' ? outcome.url : undefined;
  return el('div', { class: `answer ${tone}` }, [
    el('p', { class: 'answer-title', text: title }),
    ...lines.map(text => el('p', { text })),
    url === undefined
      ? undefined
      : el('button', {
          class: 'link',
          text: 'Follow the redirect',
          attributes: { type: 'button' },
          onClick: () => explainUrl(url),
        }),
  ]);
}

interface Answer {
  readonly tone: 'good' | 'moved' | 'bad';
  readonly title: string;
  readonly lines: readonly string[];
}

function answerOf(outcome: Outcome): Answer {
  switch (outcome.kind) {
    case 'backend': {
      const lines = outcome.choices.flatMap(({ service, upstream, percent, uri }) => [
        `${service ?? upstream}${percent === 100 ? '' : ` (${percent}%)`}`,
        ...(uri === undefined ? [] : [`gets ${uri}`]),
      ]);
      return { tone: 'good', title: 'A backend answers', lines };
    }
    case 'answer': {
      const { status, url, reason } = outcome;
      const tone = status < 400 ? 'moved' : 'bad';
      const to = url === undefined ? [] : [`to ${url}`];
      return { tone, title: `nginx answers ${status}`, lines: [...to, reason] };
    }
    case 'closed':
      return { tone: 'bad', title: 'The connection is closed', lines: [outcome.reason] };
    case 'unclear':
      return { tone: 'moved', title: 'It cannot be told', lines: [outcome.reason] };
  }
}

function stepElement({ name, verdict, text, details, causes }: PlacedStep): HTMLElement {
  return el('li', { class: `step ${verdict}` }, [
    el('p', { class: 'step-name' }, [
      el('span', { text: name }),
      // What chose something says so itself.
      verdict === 'chose' ? undefined : el('span', { class: 'verdict', text: verdict }),
    ]),
    el('p', { text }),
    ...details.map(line => el('p', { class: 'detail', text: line })),
    ...causes.map(cause => el('p', { class: 'place', text: causeText(cause) })),
  ]);
}
