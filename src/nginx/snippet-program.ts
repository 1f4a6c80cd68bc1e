import { branchVariable, headersOf } from './snippet-headers.ts';
import {
  bodyToken,
  headerToken,
  ifWords,
  queryToken,
  setOwn,
  targetToken,
  urlToken,
  valueToken,
  variableToken,
} from './snippet-text.ts';
import { bareWord, comment, condition, directive, EMPTY, quote, quoteBody, quoteLiteral, variable } from './quote.ts';

import type { Quoted } from './quote.ts';
import type { SnippetTools } from './snippet-text.ts';
import type { SnippetHeaders } from './snippet-headers.ts';
import { namesOfLocation } from '../routing/snippet-variables.ts';
import type { AccessStatement, OtherStatement, Statement } from '../routing/snippets.ts';

/** What statements of one block come to, by the way in which nginx reads it. */
export interface Program extends SnippetHeaders {
  /** In their order: what may answer or go elsewhere, up to the first that may keep nginx from what stands behind it. */
  readonly first: readonly Quoted[];
  readonly resumed: readonly Quoted[];
  readonly access: readonly Quoted[];
}

export interface ProgramContext extends SnippetTools {
  /** What the variables of the controller are that a location says. */
  readonly names?: Readonly<Record<string, string>>;
}

/** The lines of statements, but for locations. */
export function programOf(statements: readonly Statement[], tools: ProgramContext): Program {
  const headers = headersOf(statements, tools);
  const running = [...statements.filter(isSetting), ...statements.filter(runs)];
  const stop = running.findIndex(mayStop);
  let number = 0;
  const linesOf = (statement: Statement): readonly Quoted[] => {
    if (statement.kind !== 'if') return lineOf(statement, tools);
    number += 1;
    const branch = headers.dependsOnIf ? [setBranch(bareWord(String(number)), tools)] : [];
    const body = statement.body.flatMap(each => lineOf(each, tools));
    return [directive(ifWords(statement.condition, tools), [...branch, ...body])];
  };
  const lines = running.map(linesOf);
  const cut = stop === -1 ? lines.length : stop;
  const begin = [
    ...(headers.dependsOnIf ? [setBranch(EMPTY, tools)] : []),
    ...(statements.some(setsOfAuth) ? OF_AUTH : []),
    ...namesOfLocation(statements).map(name =>
      setOwn(name, quoteLiteral(tools.names?.[name] ?? '', tools.declare), tools),
    ),
  ];
  return {
    ...headers,
    first: [...begin, ...lines.slice(0, cut).flat()],
    resumed: lines.slice(cut).flat(),
    access: accessLines(statements, tools),
  };
}

/** Whether a block has an `auth_request_set`, so that nginx forgets those of http{}. */
function setsOfAuth(statement: Statement): boolean {
  return statement.kind === 'other' ? statement.words[0] === 'auth_request_set' : statement.kind === 'auth-variable';
}

/** Those of templates/policies/external-auth.http.conf. */
const OF_AUTH: readonly Quoted[] = (
  [
    ['check_headers', EMPTY],
    ['auth_cookie', variable('upstream_http_set_cookie')],
  ] as const
).map(([name, value]) => directive([bareWord('auth_request_set'), variable(name), value]));

function setBranch(value: Quoted, tools: SnippetTools): Quoted {
  return directive([bareWord('set'), branchVariable(tools), value]);
}

/**
 * Ends what a server runs where nginx asks for something beside the request (an auth service, a mirror), to which it
 * would lead elsewhere: the names of such locations begin with no slash.
 */
export function forRequestsAlone(lines: readonly Quoted[]): readonly Quoted[] {
  if (lines.length === 0) return lines;
  const isAside = condition(variable('uri'), '!~', quote('^/'));
  return [directive([bareWord('if'), isAside], [directive([bareWord('break')])]), ...lines];
}

/** Whether it may stand anywhere in its block. */
function isSetting({ kind }: Statement): boolean {
  return kind === 'setting' || kind === 'auth-variable';
}

/** Whether a statement stands among those that nginx runs in their order. */
function runs({ kind }: Statement): boolean {
  return ['return', 'rewrite', 'set', 'break', 'if', 'other'].includes(kind);
}

/** Whether a statement may end all that nginx would run behind it, and the request goes on nevertheless. */
function mayStop(statement: Statement): boolean {
  if (statement.kind === 'rewrite') return statement.flag === 'break' || statement.flag === 'last';
  if (statement.kind === 'if') return statement.body.some(mayStop);
  if (statement.kind === 'other') return ['if', 'break', 'rewrite'].includes(statement.words[0] ?? '');
  return statement.kind === 'break';
}

function lineOf(statement: Statement, tools: SnippetTools): readonly Quoted[] {
  switch (statement.kind) {
    case 'return': {
      const code = bareWord(String(statement.code));
      const { text, isRedirect } = statement;
      const own = text && (isRedirect ? headerToken(text, tools) : bodyToken(text, tools));
      return [directive([bareWord('return'), code, ...(own === undefined ? [] : [own])])];
    }
    case 'rewrite': {
      const { pattern, to, flag, isRedirect } = statement;
      const target = isRedirect ? urlToken(to, tools) : targetToken(to, tools);
      const flags = flag === undefined ? [] : [bareWord(flag)];
      return [directive([bareWord('rewrite'), quote(pattern), target, ...flags])];
    }
    case 'set':
    case 'auth-variable': {
      const name = bareWord(statement.kind === 'set' ? 'set' : 'auth_request_set');
      const { variable: set, to } = statement;
      const value = set.of === 'nginx' && set.name === 'args' ? queryToken(to, tools) : valueToken(to, tools);
      return [directive([name, variableToken(set, tools), value])];
    }
    case 'break':
      return [directive([bareWord('break')])];
    case 'setting':
      return [directive([bareWord(statement.name), quote(statement.value)])];
    case 'other':
      return plainLines(statement);
    case 'access':
    case 'if':
    case 'limit-except':
    case 'location':
    case 'request-header':
    case 'response-header':
      return [];
  }
}

/** The lines of what stays as it is. */
export function plainLines(statement: Statement): readonly Quoted[] {
  if (statement.kind !== 'other') return [];
  const { source } = statement;
  return [...(source === undefined ? [] : [comment(source)]), otherLines(statement)];
}

/** What stays as it is, each word in quotes of its own. */
function otherLines({ words, body }: OtherStatement): Quoted {
  return directive(
    words.map(word => (/[\n\r\t]/.test(word) ? quoteBody(word) : quote(word))),
    body?.map(otherLines),
  );
}

/** A location with rules of its own has none of http{}, which come before them here. */
function accessLines(statements: readonly Statement[], { facts }: ProgramContext): readonly Quoted[] {
  const rules = statements.flatMap(each => (each.kind === 'access' ? [each] : []));
  const limits = statements.flatMap(each => (each.kind === 'limit-except' ? [each] : []));
  const denied = (facts.http.sourceRange?.asks.denied ?? []).map((network): AccessStatement => ({
    kind: 'access',
    isAllowed: false,
    network,
  }));
  const linesOf = (own: readonly AccessStatement[]): readonly Quoted[] =>
    own.length === 0 ? [] : [...denied, ...own].map(accessLine);
  return [
    ...linesOf(rules),
    ...limits.map(({ methods, rules: own }) =>
      directive([bareWord('limit_except'), ...methods.map(bareWord)], linesOf(own)),
    ),
  ];
}

function accessLine({ isAllowed, network }: AccessStatement): Quoted {
  return directive([bareWord(isAllowed ? 'allow' : 'deny'), bareWord(network)]);
}
