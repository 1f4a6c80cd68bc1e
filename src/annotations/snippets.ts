import type { Report } from '../diagnostics/diagnostic.ts';
import type { FieldRef } from '../diagnostics/place.ts';
import { listed } from '../diagnostics/words.ts';
import type { SnippetMode } from '../options/config.ts';
import type { Statement } from '../routing/snippets.ts';
import type { SnippetPlace } from '../snippets/directives.ts';
import { otherWay } from '../snippets/instead.ts';
import { placeIn } from '../snippets/parse.ts';
import { directivesIn, readSnippet } from '../snippets/read.ts';
import type { Problem } from '../snippets/lexer.ts';
import { forbiddenSnippet, snippetNotAllowed, snippetOutsideLanguage, snippetWithoutEffect } from './rules/snippets.ts';
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
  /** The object that has it, in words. */
  readonly owner: string;
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
  const { name, text, place, at, lost, owner, set } = snippet;
  if (mode === 'none') {
    report({ rule: notAllowed, message: `${name}: snippets are not allowed: ${lost}`, help: helpFor(snippet), at });
    return undefined;
  }
  const read = readSnippet(text, {
    place,
    takes: mode,
    source: `${name} of ${owner}`,
    ...(set === undefined ? {} : { set }),
  });
  const say = (rule: Rule, problems: readonly Problem[]): void => {
    for (const { offset, message, help } of problems) {
      const { line, column } = placeIn(text, offset);
      const where = text.trim().includes('\n') ? `line ${line}, column ${column}` : `column ${column}`;
      const said = { rule, message: `${name}: ${message} (${where})`, ...(help === undefined ? {} : { help }) };
      report({ ...said, at: { ...at, line } });
    }
  };
  if (read.ok) {
    say(snippetWithoutEffect, read.idle);
    return read.statements;
  }
  say(mode === 'all' ? forbiddenSnippet : snippetOutsideLanguage, read.problems);
  return undefined;
}

/** The statements of a snippet of the ConfigMap; what is wrong with it is said where its options are read. */
export function statementsOfOption(
  name: string,
  text: string,
  place: SnippetPlace,
  mode: SnippetMode,
): readonly Statement[] {
  return takenOfOption(name, text, place, mode) ?? [];
}

/** The same; undefined where it cannot be taken. */
export function takenOfOption(
  name: string,
  text: string,
  place: SnippetPlace,
  mode: SnippetMode,
): readonly Statement[] | undefined {
  if (mode === 'none') return undefined;
  const read = readSnippet(text, { place, takes: mode, source: `${name} of the ConfigMap of the controller` });
  return read.ok ? read.statements : undefined;
}

/**
 * What is taken of `global-auth-snippet` at least is what the language has: it only adds to the request to a service that
 * the same ConfigMap names, and the controller asks no permission for it.
 */
export function modeOfGlobalAuth(mode: SnippetMode): SnippetMode {
  return mode === 'none' ? 'safe' : mode;
}

/** What else does the same, directive by directive, and whether the language has all of it. */
function helpFor({ text, place, set }: WrittenSnippet): string {
  const safe = readSnippet(text, { place, takes: 'safe', source: '', ...(set === undefined ? {} : { set }) });
  const ways = directivesIn(text).flatMap(directive => {
    const way = otherWay(directive);
    return way === undefined ? [] : [`${way} for ${directive}`];
  });
  const use = ways.length === 0 ? [] : [`use ${listed(ways)}`];
  const flag = safe.ok ? ['--snippets safe, which takes all of it'] : ways.length === 0 ? ['--snippets all'] : [];
  const [first, second] = [...use, ...flag];
  return second === undefined ? (first ?? 'remove it') : `${first ?? ''}, or ${second}`;
}
