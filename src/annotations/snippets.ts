import type { Report } from '../diagnostics/diagnostic.ts';
import type { FieldRef } from '../diagnostics/place.ts';
import { listed } from '../diagnostics/words.ts';
import type { SnippetMode } from '../options/config.ts';
import type { Statement } from '../routing/snippets.ts';
import type { SnippetPlace } from '../snippets/directives.ts';
import { otherWay } from '../snippets/instead.ts';
import { placeIn } from '../snippets/parse.ts';
import { directivesIn, readSnippet } from '../snippets/read.ts';
import { forbiddenSnippet, snippetNotAllowed, snippetOutsideLanguage } from './rules/snippets.ts';
import type { Rule } from '../diagnostics/rule.ts';

/** A snippet, and where it stands. */
export interface WrittenSnippet {
  /** Of the annotation or option. */
  readonly name: string;
  readonly text: string;
  readonly place: SnippetPlace;
  readonly at: FieldRef;
  /** What happens without it. */
  readonly lost: string;
  /** Variables that other snippets set which hold here, in lower case. */
  readonly set?: ReadonlySet<string>;
}

/** The statements of a snippet; undefined where it cannot be taken, which is reported. */
export function takeSnippet(
  snippet: WrittenSnippet,
  mode: SnippetMode,
  report: Report,
  notAllowed: Rule = snippetNotAllowed,
): readonly Statement[] | undefined {
  const { name, text, place, at, lost, set } = snippet;
  if (mode === 'none') {
    report({ rule: notAllowed, message: `${name}: snippets are not allowed: ${lost}`, help: helpFor(snippet), at });
    return undefined;
  }
  const read = readSnippet(text, { place, takes: mode, ...(set === undefined ? {} : { set }) });
  if (read.ok) return read.statements;
  const rule = mode === 'all' ? forbiddenSnippet : snippetOutsideLanguage;
  for (const { offset, message, help } of read.problems) {
    const { line, column } = placeIn(text, offset);
    const where = text.trim().includes('\n') ? `line ${line}, column ${column}` : `column ${column}`;
    report({ rule, message: `${name}: ${message} (${where})`, at, ...(help === undefined ? {} : { help }) });
  }
  return undefined;
}

/** What else does the same, directive by directive, and whether the language has all of it. */
function helpFor({ text, place, set }: WrittenSnippet): string {
  const safe = readSnippet(text, { place, takes: 'safe', ...(set === undefined ? {} : { set }) });
  const ways = directivesIn(text).flatMap(directive => {
    const way = otherWay(directive);
    return way === undefined ? [] : [`${way} for ${directive}`];
  });
  const use = ways.length === 0 ? [] : [`use ${listed(ways)}`];
  const flag = safe.ok ? ['--snippets safe, which takes all of it'] : ways.length === 0 ? ['--snippets all'] : [];
  const [first, second] = [...use, ...flag];
  return second === undefined ? (first ?? 'remove it') : `${first ?? ''}, or ${second}`;
}
