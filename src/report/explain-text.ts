import type { ChalkInstance } from 'chalk';

import { urlOf } from '../answers/explain/asked-url.ts';
import type { Unread } from '../answers/explain/incomplete.ts';
import type { BackendChoice } from '../answers/explain/model.ts';
import type { PlacedExplanation, PlacedStep } from '../answers/explain/placed.ts';
import { visible } from '../diagnostics/visible.ts';
import { listed, many } from '../diagnostics/words.ts';
import { causeText } from './explain-cause.ts';
import { reasonsOf } from './explain-reasons.ts';
import { wrapText } from './wrap.ts';

export interface ExplainLook {
  readonly style: ChalkInstance;
  /** Of the terminal; undefined where there is none: then no line is broken. */
  readonly columns: number | undefined;
}

/** What ended the redirects that were followed. */
export type FollowEnd = 'answered' | 'left' | 'loop' | 'unreadable';

export interface ExplainedRequests {
  readonly explanations: readonly [PlacedExplanation, ...PlacedExplanation[]];
  readonly end?: FollowEnd;
  /** What of the input could not be read. */
  readonly incomplete?: readonly Unread[];
}

/** The answer and its cause first, then each step; of several requests one after the other. Ends in a newline. */
export function explainText({ explanations, end, incomplete = [] }: ExplainedRequests, look: ExplainLook): string {
  const head = end === undefined ? [] : [followText(explanations, end, look), ''];
  const texts = explanations.map(explanation => oneText(explanation, incomplete, look));
  return [...head, texts.join('\n\n'), ''].join('\n');
}

function oneText(explanation: PlacedExplanation, incomplete: readonly Unread[], look: ExplainLook): string {
  const { steps, advice } = explanation;
  const { style } = look;
  const unread = incomplete.length === 0 ? [] : [style.yellow(plainLine('  ', incompleteText(incomplete), look))];
  const reasons = reasonsOf(explanation).map(line => plainLine('  ', line, look));
  const help = advice.map(line => plainLine('  ', `help: ${line}`, look));
  const isBackend = explanation.outcome.kind === 'backend';
  const top = isBackend
    ? [headline(explanation, look), ...unread, ...reasons]
    : [headline(explanation, look), ...unread, ...reasons, ...help];
  const names = Math.max(...steps.map(({ name }) => name.length));
  return [...top, style.dim(''), ...steps.map(step => stepText(step, names, look))].join('\n');
}

/** `incomplete: shop.yaml:4:3 could not be read (I2N107 broken-yaml): the answer may be another one` */
function incompleteText(incomplete: readonly Unread[]): string {
  const places = incomplete.map(({ at }) => (at === undefined ? 'a file' : `${at.file}:${at.line}:${at.column}`));
  const rules = new Set(incomplete.map(({ rule, name }) => `${rule} ${name}`));
  return `incomplete: ${listed(places)} could not be read (${listed([...rules])}): the answer may be another one`;
}

/** `404  GET http://shop.example/cart: no path of shop.example fits /cart` */
function headline({ request, outcome }: PlacedExplanation, look: ExplainLook): string {
  const { style } = look;
  const asked = `${request.method} ${urlOf(request)}`;
  switch (outcome.kind) {
    case 'backend': {
      const [only] = outcome.choices;
      const where = outcome.choices.map(choice => backendText(choice, outcome.choices.length > 1)).join(', or ');
      const uri = only.uri === undefined ? '' : `, which gets ${only.uri}`;
      return head(style.green.bold('backend'), 'backend', `${asked}: ${where}${uri}`, look);
    }
    case 'answer': {
      const { status, url, reason, page } = outcome;
      const to = url === undefined ? '' : ` to ${url}`;
      const by = page === undefined ? '' : `, with the page of ${backendText(page, false)}`;
      const paint = status < 400 ? style.yellow.bold : style.red.bold;
      return head(
        paint(status),
        String(status),
        `${asked}${to === '' ? '' : `: redirected${to}`}: ${reason}${by}`,
        look,
      );
    }
    case 'closed':
      return head(style.red.bold('closed'), 'closed', `${asked}: ${outcome.reason}`, look);
    case 'unclear':
      return head(style.yellow.bold('unclear'), 'unclear', `${asked}: it cannot be told: ${outcome.reason}`, look);
  }
}

function head(shown: string, word: string, text: string, { columns }: ExplainLook): string {
  const lines = wrapText(visible(text), columns === undefined ? undefined : columns - word.length - 2, '  ').split(
    '\n',
  );
  return lines.map((line, index) => (index === 0 ? `${shown}  ${line}` : `  ${line}`)).join('\n');
}

function backendText({ service, upstream, percent }: BackendChoice, showsPercent: boolean): string {
  const name = service === undefined ? upstream : `Service ${service}`;
  return showsPercent ? `${name} (${percent} %)` : name;
}

function plainLine(indent: string, text: string, { columns }: ExplainLook): string {
  const width = columns === undefined ? undefined : columns - indent.length;
  return wrapText(visible(text), width, '  ')
    .split('\n')
    .map(line => `${indent}${line}`)
    .join('\n');
}

/** A step: its name, what it does, what else there is to know, and who asked for it. */
function stepText({ name, verdict, text, details, causes }: PlacedStep, names: number, look: ExplainLook): string {
  const { style } = look;
  const indent = ' '.repeat(names + 4);
  const paint = verdict === 'answered' ? style.red : verdict === 'assumed' ? style.yellow : style.cyan;
  const mark = verdict === 'answered' ? '=' : verdict === 'assumed' ? '?' : ' ';
  const first = plainLine(indent, text, look).slice(indent.length);
  return [
    `${mark} ${paint(name.padEnd(names))}  ${first}`,
    ...details.map(line => style.dim(plainLine(indent, line, look))),
    ...causes.map(cause => style.dim(plainLine(indent, causeText(cause), look))),
  ].join('\n');
}

const ENDS: { readonly [E in FollowEnd]: string } = {
  answered: '',
  left: ', which leads to a host that is not in the manifests',
  loop: ', which leads back: the redirects loop',
  unreadable: ', whose Location is no URL of HTTP',
};

/** `followed 1 redirect: http://shop.example/ -> https://shop.example/` */
function followText(explanations: ExplainedRequests['explanations'], end: FollowEnd, look: ExplainLook): string {
  const urls = explanations.map(({ request }) => urlOf(request));
  const last = explanations.at(-1)?.outcome;
  const left = end !== 'answered' && last?.kind === 'answer' && last.url !== undefined ? [last.url] : [];
  const all = [...urls, ...left];
  const count = all.length - 1;
  const text = `${many(count, 'redirect')}: ${all.join(' -> ')}${ENDS[end]}`;
  const shown = plainLine('', text, look);
  return end === 'loop' ? look.style.red.bold(shown) : look.style.bold(shown);
}
