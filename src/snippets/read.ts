import { checkDirectives } from './check.ts';
import { parseSnippet } from './parse.ts';

import type { Statement } from '../routing/snippets.ts';
import type { SnippetPlace } from './directives.ts';
import type { Problem } from './lexer.ts';
import type { Directive } from './parse.ts';

/** What a snippet is read with. */
export interface SnippetSettings {
  readonly place: SnippetPlace;
  /** `safe`: the language alone. `all`: what else nginx takes stays as it is. */
  readonly takes: 'safe' | 'all';
  /** Where it was written, in words: `server-snippet of Ingress shop/web`. */
  readonly source: string;
  /** Variables that other snippets set which hold here, in lower case. */
  readonly set?: ReadonlySet<string>;
}

export type ReadSnippet =
  | {
      readonly ok: true;
      readonly statements: readonly Statement[];
      /** What has no effect. */
      readonly idle: readonly Problem[];
    }
  | { readonly ok: false; readonly problems: readonly [Problem, ...Problem[]] };

const NONE: ReadonlySet<string> = new Set();

/** Reads the text of a snippet: all of it is taken, or nothing. */
export function readSnippet(source: string, { place, takes, source: from, set = NONE }: SnippetSettings): ReadSnippet {
  const parsed = parseSnippet(source);
  if (!parsed.ok) return { ok: false, problems: [parsed.problem] };
  const known = { set: new Set([...set, ...setBy(parsed.directives)]), isOpen: takes === 'all' };
  const takesOthers = takes === 'all';
  const { statements, problems, idle } = checkDirectives(parsed.directives, { place, known, takesOthers });
  const [first, ...more] = problems;
  return first === undefined
    ? { ok: true, statements: statements.map(each => named(each, from)), idle }
    : { ok: false, problems: [first, ...more] };
}

function named(statement: Statement, source: string): Statement {
  return statement.kind === 'other' ? { ...statement, source } : statement;
}

/** The names of the directives of a snippet, each once; empty where nginx could not read it. */
export function directivesIn(source: string): readonly string[] {
  const parsed = parseSnippet(source);
  return parsed.ok ? [...new Set(parsed.directives.map(({ name }) => name.text))] : [];
}

/** The variables that a snippet sets, in lower case. */
export function variablesSetIn(source: string): ReadonlySet<string> {
  const parsed = parseSnippet(source);
  return new Set(parsed.ok ? setBy(parsed.directives) : []);
}

function setBy(directives: readonly Directive[]): readonly string[] {
  return directives.flatMap(({ name, args, body }) => {
    const sets = name.text === 'set' || name.text === 'auth_request_set';
    const own = sets && args[0]?.text.startsWith('$') === true ? [args[0].text.slice(1).toLowerCase()] : [];
    return [...own, ...setBy(body ?? [])];
  });
}
