import type { PlacedChange, PlacedDiff, PlacedSide, UnreadSides } from '../answers/diff/placed.ts';
import type { Risk } from '../answers/diff/kinds.ts';
import { CHANGE_KINDS } from '../answers/diff/kinds.ts';
import { visible } from '../diagnostics/visible.ts';
import { listed, many } from '../diagnostics/words.ts';
import {
  causeWords,
  countWords,
  exampleWords,
  gapWords,
  routeWords,
  subjectWords,
  unreadWords,
  verdictWords,
} from './diff-words.ts';
import type { TextLayout } from './names-text.ts';
import { wordsOf, wrapText, wrapTokens } from './wrap.ts';

const MOST_ROUTES = 5;

/** For people: what changes, the most risky first, with both places. Ends in a newline. */
export function diffText(diff: PlacedDiff, layout: TextLayout): string {
  const line = (text: string, indent: string): string => wrapText(text, layout.columns, indent);
  const gaps = gapWords(diff).map(text => layout.style.yellow(line(`incomplete: ${text}`, '  ')));
  const notes = diff.notes.map(({ text, routes }) => {
    return line(`note: ${visible(text)}: ${listed(routes.map(routeWords), 1)}`, '  ');
  });
  const head = `${visible(diff.old.name)} -> ${visible(diff.new.name)}: ${verdictWords(diff)}`;
  const parts = [
    [layout.style.bold(line(head, '  ')), ...gaps],
    ...diff.changes.map(change => changeLines(change, layout)),
    [...notes, line(countWords(diff), '  ')],
  ];
  return `${parts.map(lines => lines.join('\n')).join('\n\n')}\n`;
}

/** Why there is no difference to show. Ends in a newline. */
export function unreadText(sides: UnreadSides, { columns, style }: TextLayout): string {
  const text = `${visible(sides.old.name)} -> ${visible(sides.new.name)}: ${unreadWords(sides)}`;
  return `${style.bold(wrapText(text, columns, '  '))}\n`;
}

/** The changes alone; empty if there is none. Ends in a newline otherwise. */
export function changesText(changes: readonly PlacedChange[], layout: TextLayout): string {
  return changes.map(change => `${changeLines(change, layout).join('\n')}\n`).join('\n');
}

function changeLines(change: PlacedChange, { style, columns }: TextLayout): readonly string[] {
  const { routes, before, after, example } = change;
  const subject = subjectWords(change);
  const shown = routes.slice(0, MOST_ROUTES).map(routeWords);
  const more = routes.length - shown.length;
  const where = [
    ...(subject === undefined ? [] : [subject]),
    ...shown,
    ...(more > 0 ? [`and ${many(more, 'more route')}`] : []),
  ];
  const wrapped = (text: string, indent: string): readonly string[] =>
    wrapText(text, columns === undefined ? undefined : columns - indent.length, '  ')
      .split('\n')
      .map(each => `${indent}${each}`);
  return [
    ...headLines(change, { style, columns }),
    ...where.flatMap(text => wrapped(text, '      ')),
    ...sideLines('-', before, wrapped).map(text => style.red(text)),
    ...sideLines('+', after, wrapped).map(text => style.green(text)),
    ...(example === undefined ? [] : wrapped(`example: ${exampleWords(example)}`, '      ')),
  ];
}

function headLines({ kind, risk }: PlacedChange, { style, columns }: TextLayout): readonly string[] {
  const padded = risk.padEnd('medium'.length);
  const tokens = [
    { gap: '', text: padded, shown: painter(style, risk)(padded) },
    { gap: '  ', text: kind, shown: style.bold(kind) },
    ...wordsOf(CHANGE_KINDS[kind].summary, '  '),
  ];
  return wrapTokens(tokens, columns, '        ');
}

function sideLines(
  sign: string,
  side: PlacedSide | undefined,
  wrapped: (text: string, indent: string) => readonly string[],
): readonly string[] {
  if (side === undefined) return [];
  return [
    ...wrapped(`${sign} ${visible(side.text)}`, '      '),
    ...side.causes.flatMap(cause => wrapped(causeWords(cause), '        ')),
  ];
}

function painter(style: TextLayout['style'], risk: Risk): (text: string) => string {
  const paints = { high: style.red, medium: style.yellow, low: style.cyan } as const;
  return paints[risk];
}
