import { problemOfText } from '../routing/text.ts';
import { variableOf } from './variables.ts';

import type { KnownVariables } from './variables.ts';
import type { Word } from './lexer.ts';
import type { Template, TemplatePart } from '../routing/snippets.ts';
import type { Refused } from './refused.ts';
import { refused } from './refused.ts';

/** What a text may hold where it stands. */
export interface TemplateRules {
  readonly known: KnownVariables;
  /** Groups of the last expression that fitted. */
  readonly groups: 'yes' | 'no';
  /** Line ends and tabs: as they are, made blanks, or refused. */
  readonly lines: 'kept' | 'joined' | 'none';
}

const DOLLAR = /\$(?:\{(?<inBraces>\w+)\}|(?<plain>[1-9]|\w+))?/y;
const LINE_ENDS = /[ \t]*[\r\n]+[ \t]*/g;

/** Bytes that nginx takes between two quotes, and those that the longest name of a variable here may have. */
const TOKEN_BYTES = 4094;
const NAME_BYTES = 60;

/** Whether a word is too long for nginx once its variables have the names that they have here. */
function isTooLong({ text }: Word): boolean {
  const variables = text.split('$').length - 1;
  return Buffer.byteLength(text) + variables * NAME_BYTES > TOKEN_BYTES;
}

/** Reads a word in which nginx evaluates variables. */
export function readTemplate(word: Word, rules: TemplateRules): Template | Refused {
  if (isTooLong(word)) return refused(word, `${shown(word)} is too long for nginx`, 'shorten it');
  const text = rules.lines === 'joined' ? word.text.replaceAll(LINE_ENDS, ' ').replaceAll('\t', ' ') : word.text;
  const problem = problemOfText(rules.lines === 'kept' ? text.replaceAll(/[\t\r\n]/g, '  ') : text);
  if (problem !== undefined)
    return refused(word, `${shown(word)} ${problem}`, 'shorten it, or write it in another way');
  const parts: TemplatePart[] = [];
  let position = 0;
  while (position < text.length) {
    const next = text.indexOf('$', position);
    const end = next === -1 ? text.length : next;
    if (end > position) parts.push({ kind: 'text', text: text.slice(position, end) });
    if (next === -1) break;
    DOLLAR.lastIndex = next;
    const found = DOLLAR.exec(text);
    const part = partOf(found?.groups ?? {}, word, rules);
    if ('refused' in part) return part;
    parts.push(part);
    position = next + (found?.[0].length ?? 1);
  }
  return parts;
}

function partOf(
  { inBraces, plain }: { readonly [name: string]: string | undefined },
  word: Word,
  { known, groups }: TemplateRules,
): TemplatePart | Refused {
  const name = inBraces ?? plain;
  if (name === undefined) {
    return refused(word, `${shown(word)} has a "$" that begins no variable`, 'nginx has no way to write it: remove it');
  }
  if (plain !== undefined && /^[1-9]$/.test(plain)) {
    if (groups === 'yes') return { kind: 'group', number: Number(plain) };
    return refused(word, `$${plain} cannot stand here`, `write "set $group $${plain};" before it, and $group here`);
  }
  return variableOf(name.toLowerCase(), known) ?? refused(word, `there is no variable $${name} here`, helpFor(name));
}

function helpFor(name: string): string {
  return `set it before with "set $${name} ...;", or use a variable of nginx`;
}

/** A word as messages show it. */
export function shown({ text }: Word): string {
  const short = text.length > 60 ? `${text.slice(0, 59)}…` : text;
  return `"${short.replaceAll(/\s+/g, ' ')}"`;
}
