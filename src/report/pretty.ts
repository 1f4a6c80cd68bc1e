import type { ChalkInstance } from 'chalk';

import type { Origin } from '../diagnostics/place.ts';
import type { Severity } from '../diagnostics/rule.ts';
import { readable, visible } from '../diagnostics/visible.ts';
import { excerptOf } from './excerpt.ts';
import type { Located } from '../diagnostics/located.ts';
import { objectPrefix } from './object-text.ts';
import { SEVERITY_WORDS } from './summary.ts';
import type { Token } from './wrap.ts';
import { wordsOf, wrapTokens } from './wrap.ts';

/** How a terminal wants its text. */
export interface Look {
  readonly style: ChalkInstance;
  /** Width of the terminal, in columns. */
  readonly columns: number;
  /** Lines are broken between words there; what is read by programs has one line for each thing. */
  readonly isTerminal: boolean;
}

const COLOURS = { error: 'red', warning: 'yellow', info: 'blue' } as const satisfies Readonly<Record<Severity, string>>;

const NO_ENDINGS: ReadonlyMap<Located, string> = new Map();

/**
 * For people: each finding with its line, a caret and what to do, grouped by file. Ends in a newline unless empty.
 *
 * @param endings lines behind findings
 */
export function prettyText(findings: readonly Located[], look: Look, endings = NO_ENDINGS): string {
  const texts = findings.map((found, index) => {
    const ending = endings.get(found);
    const text = `${separator(findings[index - 1], found)}${prettyOne(found, look)}\n`;
    return ending === undefined ? text : `${text}${ending}\n`;
  });
  return texts.join('');
}

/** An empty line between files, and around everything that takes more than one line. */
function separator(earlier: Located | undefined, found: Located): string {
  if (earlier === undefined) return '';
  const isSameFile = earlier.at?.file === found.at?.file;
  return isSameFile && isOneLine(earlier) && isOneLine(found) ? '' : '\n';
}

function isOneLine(found: Located): boolean {
  return found.help === undefined && found.related.length === 0 && found.at?.excerpt === undefined;
}

function prettyOne(found: Located, look: Look): string {
  const { style } = look;
  const { id, name } = found.rule;
  const word = SEVERITY_WORDS[found.severity];
  const head: readonly Token[] = [
    ...placeTokens(found.at, style),
    { gap: '  ', text: word, shown: paint(found.severity, style)(word) },
    { gap: '  ', text: id },
    { gap: ' ', text: name, shown: style.dim(name) },
    ...wordsOf(readable(objectPrefix(found) + found.message), '  '),
  ];
  const related = found.related.map(({ at, message }) => {
    const label = { gap: '', text: '    note:', shown: `    ${style.cyan('note:')}` };
    const place = placeTokens(at, style);
    return [label, ...place, ...wordsOf(readable(message), place.length === 0 ? ' ' : '  ')];
  });
  const label = { gap: '', text: '    help:', shown: `    ${style.green('help:')}` };
  const help = found.help === undefined ? [] : [[label, ...wordsOf(readable(found.help), ' ')]];
  const columns = look.isTerminal ? look.columns : undefined;
  const below = [...related, ...help].flatMap(tokens => wrapTokens(tokens, columns, ' '.repeat(10)));
  return [...wrapTokens(head, columns, '    '), ...excerptLines(found, look), ...below].join('\n');
}

function placeTokens(at: Origin | undefined, style: ChalkInstance): readonly Token[] {
  if (at === undefined) return [];
  const place = { gap: ' ', text: placeText(at), shown: style.bold(placeText(at)) };
  return at.template === undefined ? [place] : [place, { gap: ' ', text: templateText(at.template) }];
}

function excerptLines({ at, severity }: Located, { style, columns }: Look): readonly string[] {
  if (at === undefined) return [];
  const number = String(at.line);
  const gutter = ' '.repeat(number.length);
  const excerpt = excerptOf(at, Math.max(40, columns) - number.length - 9);
  if (excerpt === undefined) return [];
  return [
    `    ${style.dim(`${number} |`)} ${excerpt.line}`,
    `    ${style.dim(`${gutter} |`)} ${paint(severity, style)(excerpt.carets)}`,
  ];
}

function paint(severity: Severity, style: ChalkInstance): ChalkInstance {
  return style[COLOURS[severity]];
}

/** `(shop/templates/ingress.yaml)` */
export function templateText(template: string): string {
  return `(${visible(template)})`;
}

/** `shop/web.yaml:12:7`, the form that terminals and editors make a link of. */
export function placeText({ file, line, column }: Origin): string {
  return `${visible(file)}:${line}:${column}`;
}
