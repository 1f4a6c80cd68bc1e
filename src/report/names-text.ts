import type { ChalkInstance } from 'chalk';

import type { Coverage, NameAnswer } from '../answers/names.ts';
import type { NamesKind } from './names-words.ts';
import { factsOf, STANDING_HEADS, STANDING_WORDS, standingsIn, summaryOf } from './names-words.ts';
import { visibleJson } from './plain-text.ts';
import { tableText, tableWidth } from './table-text.ts';
import { wrapText } from './wrap.ts';

const HEADINGS = ['NAME', 'HONOURED', 'SINCE', 'MEANING'] as const;

/** How a text is laid out. */
export interface TextLayout {
  readonly style: ChalkInstance;
  /** Columns of the terminal; undefined where there is none. */
  readonly columns: number | undefined;
}

/**
 * A line for each name, for people, and how many have which standing; a terminal that is too narrow gets a few lines for
 * each name. Ends in a newline.
 */
export function namesTable(answers: readonly NameAnswer[], coverage: Coverage, layout: TextLayout): string {
  const { style, columns } = layout;
  const cells = answers.map(answer => {
    const { name, standing, since = '' } = answer;
    return [name, STANDING_WORDS[standing], since, summaryOf(answer)];
  });
  const isTooWide = columns !== undefined && tableWidth(HEADINGS, cells) > columns;
  const counts = standingsIn([coverage]).map(standing => `${coverage[standing]} ${STANDING_HEADS[standing]}`);
  const sum = wrapText(counts.join(' · '), columns);
  return `${isTooWide ? stacked(answers, layout) : tableText(HEADINGS, cells, style)}\n${sum}\n`;
}

function stacked(answers: readonly NameAnswer[], { style, columns }: TextLayout): string {
  const room = columns === undefined ? undefined : columns - 4;
  const entries = answers.map(answer => {
    const lines = wrapText(summaryOf(answer), room, '').replaceAll('\n', '\n    ');
    return `${style.bold(answer.name)}  ${STANDING_WORDS[answer.standing]}\n    ${lines}\n`;
  });
  return entries.join('');
}

/** All that is known of some names, for people. Ends in a newline. */
export function detailsText(answers: readonly NameAnswer[], kind: NamesKind, layout: TextLayout): string {
  return answers.map(answer => detailText(answer, kind, layout)).join('\n');
}

function detailText(answer: NameAnswer, kind: NamesKind, { style, columns }: TextLayout): string {
  const facts = factsOf(answer, kind);
  const width = Math.max(...facts.map(([label]) => label.length));
  const indent = ' '.repeat(width + 4);
  const lines = facts.map(([label, text]) => {
    const room = columns === undefined ? undefined : Math.max(20, columns - indent.length);
    return `  ${label.padEnd(width)}  ${wrapText(text, room, '').replaceAll('\n', `\n${indent}`)}`;
  });
  const room = columns === undefined ? undefined : columns - 2;
  const summary = `  ${wrapText(summaryOf(answer), room, '').replaceAll('\n', '\n  ')}`;
  return `${style.bold(kind.prefix + answer.name)}\n${summary}\n\n${lines.join('\n')}\n`;
}

/** For programs: docs/schemas/names.json describes it. */
export function namesJson(answers: readonly NameAnswer[], coverage: Coverage, { several, prefix }: NamesKind): string {
  const names = answers.map(({ name, ...facts }) => ({
    name,
    ...(prefix === '' ? {} : { key: prefix + name }),
    ...facts,
  }));
  return `${visibleJson({ formatVersion: 1, coverage, [several]: names })}\n`;
}
