import type { ChalkInstance } from 'chalk';

import type { Origin } from '../diagnostics/place.ts';
import type { Severity } from '../diagnostics/rule.ts';
import { visible } from '../diagnostics/visible.ts';
import { excerptOf } from './excerpt.ts';
import type { Located } from './located.ts';
import { objectPrefix } from './object-text.ts';
import { readable } from './plain-text.ts';

/** How a terminal wants its text. */
export interface Look {
  readonly style: ChalkInstance;
  /** Width of the terminal, in columns. */
  readonly columns: number;
}

const COLOURS = { error: 'red', warning: 'yellow', info: 'blue' } as const satisfies Readonly<Record<Severity, string>>;

/** For people: each finding with its line, a caret and what to do, grouped by file. Ends in a newline unless empty. */
export function prettyText(findings: readonly Located[], look: Look): string {
  return findings.map((found, index) => `${separator(findings[index - 1], found)}${prettyOne(found, look)}\n`).join('');
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
  const place = found.at === undefined ? [] : [style.bold(placeText(found.at))];
  const rule = `${found.rule.id} ${style.dim(found.rule.name)}`;
  const head = [
    ...place,
    paint(found.severity, style)(found.severity),
    rule,
    readable(objectPrefix(found) + found.message),
  ].join('  ');
  const related = found.related.map(other => {
    const where = other.at === undefined ? '' : `${style.bold(placeText(other.at))}  `;
    return `    ${style.cyan('note:')} ${where}${readable(other.message)}`;
  });
  const help = found.help === undefined ? [] : [`    ${style.green('help:')} ${readable(found.help)}`];
  return [head, ...excerptLines(found, look), ...related, ...help].join('\n');
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

/** `shop/web.yaml:12:7`, the form that terminals and editors make a link of. */
export function placeText({ file, line, column }: Origin): string {
  return `${visible(file)}:${line}:${column}`;
}
