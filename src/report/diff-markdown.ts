import type { PlacedChange, PlacedDiff, PlacedSide, UnreadSides } from '../answers/diff/placed.ts';
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
import { markdownTable, plainMarkdown } from './markdown.ts';

/** A comment of GitHub has 65,536 characters at most; some are left for what somebody puts around it. */
const LONGEST = 60_000;

const HEADS = ['risk', 'change', 'where', 'before', 'now'];
const MARKS = { high: '🔴 high', medium: '🟠 medium', low: '🟢 low' } as const;
const MOST_ROUTES = 3;
/** Of one text of a manifest, and of the routes of one change. */
const LONGEST_TEXT = 400;
const MOST_FOLDED = 100;

/** A comment for a pull request: one line that says it all, tables, the less risky folded, as much as there is room for. */
export function diffMarkdown(diff: PlacedDiff): string {
  const title = titleOf(verdictWords(diff), diff);
  const gaps = gapWords(diff).map(text => `> ⚠️ ${plain(text)}`);
  const head = [title, ...(gaps.length === 0 ? [] : [gaps.join('\n>\n')])];
  const tail = [...notesOf(diff), plain(countWords(diff))];
  const taken = fitting(diff.changes, LONGEST - [...head, ...tail].join('\n\n').length);
  const rest = diff.changes.length - taken.length;
  const more = rest === 0 ? [] : [`… and ${many(rest, 'more change')}: \`--format json\` has all of them.`];
  const isLow = ({ change }: Row): boolean => change.risk === 'low';
  const parts = [...head, ...table(taken.filter(row => !isLow(row))), ...folded(taken.filter(isLow)), ...more, ...tail];
  return `${parts.join('\n\n')}\n`;
}

/** The comment where nothing is compared. */
export function unreadMarkdown(sides: UnreadSides): string {
  return `${titleOf('not compared', sides)}\n\n> ⚠️ ${plain(unreadWords(sides))}\n`;
}

function titleOf(verdict: string, { old, new: now }: UnreadSides): string {
  return `**ingress2nginx diff**: ${verdict} (${plain(old.name)} → ${plain(now.name)})`;
}

interface Row {
  readonly change: PlacedChange;
  readonly cells: readonly string[];
}

function fitting(changes: readonly PlacedChange[], room: number): readonly Row[] {
  const rows: Row[] = [];
  let left = room;
  for (const change of changes) {
    const cells = cellsOf(change);
    left -= cells.reduce((sum, cell) => sum + cell.length + ' | '.length, 0);
    if (left < 500) break;
    rows.push({ change, cells });
  }
  return rows;
}

function table(rows: readonly Row[]): readonly string[] {
  return rows.length === 0
    ? []
    : [
        markdownTable(
          HEADS,
          rows.map(({ cells }) => cells),
        ),
      ];
}

function folded(rows: readonly Row[]): readonly string[] {
  return table(rows).map(text => details(many(rows.length, 'low risk change'), text));
}

function details(summary: string, text: string): string {
  return `<details><summary>${summary}</summary>\n\n${text}\n\n</details>`;
}

function notesOf({ notes }: PlacedDiff): readonly string[] {
  if (notes.length === 0) return [];
  const lines = notes.slice(0, MOST_ROUTES).map(({ text, routes }) => {
    return `- ${plain(text)}: ${plain(listed(routes.map(routeWords), 1))}`;
  });
  const rest = notes.length - lines.length;
  return [[...lines, ...(rest > 0 ? [`- … and ${many(rest, 'more note')}`] : [])].join('\n')];
}

function cellsOf(change: PlacedChange): readonly string[] {
  const { risk, kind, before, after, example } = change;
  const shown = example === undefined ? '' : `<br>${plain(exampleWords(example))}`;
  return [MARKS[risk], `\`${kind}\`${shown}`, whereCell(change), sideCell(before), sideCell(after)];
}

function whereCell(change: PlacedChange): string {
  const subject = subjectWords(change);
  const routes = change.routes.slice(0, MOST_FOLDED).map(route => plain(routeWords(route)));
  const left = change.routes.length - routes.length;
  const more = left > 0 ? `<br>and ${many(left, 'more route')}` : '';
  const isLong = routes.length > MOST_ROUTES;
  const list = isLong
    ? `<details><summary>${many(change.routes.length, 'route')}</summary>${routes.join('<br>')}${more}</details>`
    : routes.join('<br>');
  return [subject === undefined ? '' : plain(subject), list].filter(text => text !== '').join('<br>');
}

function sideCell(side: PlacedSide | undefined): string {
  if (side === undefined) return '—';
  const causes = side.causes.map(cause => `<br><sub>${plain(causeWords(cause))}</sub>`);
  return `${plain(side.text)}${causes.join('')}`;
}

/** Text of strangers, without any markup. */
function plain(text: string): string {
  return plainMarkdown(visible(text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text));
}
