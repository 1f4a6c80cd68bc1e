import { bytesOf } from '../../routing/bytes.ts';
import { compilePcre } from '../../routing/pcre-match.ts';
import { captureInArgs, unescapeRedirect } from '../../routing/request-uri.ts';
import { isSecretVariable, NOT_SHOWN, shownWords } from '../../routing/secret-headers.ts';
import type {
  Condition,
  IfStatement,
  RewriteStatement,
  Statement,
  Template,
  TemplatePart,
} from '../../routing/snippets.ts';
import type { Asking } from './variables.ts';
import { snippetValueOf, templateText, templateValueOf } from './variables.ts';

/** How a request leaves the statements of a snippet. */
export interface Left {
  readonly path: string;
  readonly query: string | undefined;
  /** A `rewrite` has changed the path. */
  readonly isRewritten: boolean;
  /** A `break` or a `last` has kept nginx from what stands behind it. */
  readonly isStopped: boolean;
  /** A `break` keeps it from choosing the location anew, too. */
  readonly isFinal: boolean;
  /** The `if` that held last, whose headers count; missing where none did. */
  readonly branch: IfStatement | undefined;
  readonly answer: SnippetAnswer | undefined;
  /** Why nobody can tell without nginx what comes of it. */
  readonly unclear: string | undefined;
  readonly own: ReadonlyMap<string, string | undefined>;
  readonly groups: readonly (string | undefined)[];
}

export interface SnippetAnswer {
  readonly status: number;
  /** The URL of a redirect. */
  readonly url?: string;
  /** Whether it comes with a body of its own. */
  readonly hasBody: boolean;
  /** The directive, as somebody may have written it. */
  readonly said: string;
}

/** A request as it comes to a snippet. */
export function entering(
  at: Asking,
  names: Readonly<Record<string, string>> = {},
  groups: readonly (string | undefined)[] = [],
): Left {
  const { path, query } = at;
  const nothing = {
    isRewritten: false,
    isStopped: false,
    isFinal: false,
    branch: undefined,
    answer: undefined,
    unclear: undefined,
  };
  return { path, query, ...nothing, own: new Map(Object.entries(names)), groups };
}

/** Runs statements in their order, as nginx's rewrite module does. */
export function runStatements(statements: readonly Statement[], from: Left, at: Asking): Left {
  let left = from;
  for (const statement of statements) {
    if (isOver(left)) break;
    left = runOne(statement, left, { ...at, path: left.path, query: left.query });
  }
  return left;
}

function isOver({ answer, unclear, isStopped }: Left): boolean {
  return answer !== undefined || unclear !== undefined || isStopped;
}

function runOne(statement: Statement, left: Left, at: Asking): Left {
  switch (statement.kind) {
    case 'return': {
      const { code, text, isRedirect } = statement;
      const said = `return ${code}${text === undefined ? '' : ` ${templateText(text)}`}`;
      if (!isRedirect || text === undefined)
        return { ...left, answer: { status: code, hasBody: text !== undefined, said } };
      const url = templateValueOf(text, left, at, 'all');
      return { ...left, answer: { status: code, hasBody: true, said, ...(url === undefined ? {} : { url }) } };
    }
    case 'rewrite':
      return runRewrite(statement, left, at);
    case 'set': {
      const { name, of } = statement.variable;
      const isQuery = of === 'nginx' && name === 'args';
      const value = templateValueOf(statement.to, left, at, isQuery ? 'all' : 'none');
      if (isQuery) {
        if (value !== undefined) return { ...left, query: value };
        return { ...left, unclear: `what "set $args ${templateText(statement.to)}" sets is known to nginx alone` };
      }
      return { ...left, own: new Map([...left.own, [name, value]]) };
    }
    case 'break':
      return { ...left, isStopped: true, isFinal: true };
    case 'if':
      return runIf(statement, left, at);
    case 'auth-variable':
      return { ...left, own: new Map([...left.own, [statement.variable.name, undefined]]) };
    case 'other':
      return decides(statement.words[0] ?? '') ? { ...left, unclear: otherText(statement.words) } : left;
    case 'access':
    case 'limit-except':
    case 'location':
    case 'request-header':
    case 'response-header':
    case 'setting':
      return left;
  }
}

/** Directives that may answer a request, or lead it elsewhere. */
const DECIDING =
  /^(?:if|return|rewrite|break|set|try_files|error_page|auth_\w+|satisfy|internal|root|alias|index|autoindex|allow|deny|limit_except|stub_status|empty_gif|\w+_pass|location|\w+_by_lua\w*|js_\w+|perl)$/;

function decides(directive: string): boolean {
  return DECIDING.test(directive);
}

function otherText(words: readonly string[]): string {
  return `a snippet says "${shownWords(words).join(' ')}", which only nginx can run`;
}

function runIf(statement: IfStatement, left: Left, at: Asking): Left {
  const found = holds(statement.condition, left, at);
  if (found === 'unclear') {
    const isHarmless = statement.body.every(({ kind }) => kind === 'response-header' || kind === 'request-header');
    const unclear = `whether ${conditionText(statement.condition)} holds is known to nginx alone`;
    return isHarmless ? left : { ...left, unclear };
  }
  if (found === false) return left;
  const groups = found === true ? left.groups : found;
  return runStatements(statement.body, { ...left, branch: statement, groups }, at);
}

/** Whether a condition holds; of an expression that fits, its groups. */
function holds(condition: Condition, left: Left, at: Asking): boolean | 'unclear' | Left['groups'] {
  const value = snippetValueOf(condition.variable, left, at);
  if (value === undefined) return 'unclear';
  switch (condition.kind) {
    case 'holds':
      return value !== '' && value !== '0';
    case 'equals': {
      const to = templateValueOf(condition.to, left, at, 'none');
      return to === undefined ? 'unclear' : (value === to) !== condition.isNegated;
    }
    case 'matches': {
      const found = compilePcre(condition.regex, { isCaseless: condition.isCaseless }).match(
        bytesOfPart(condition.variable, value),
      );
      if (found === 'unclear') return 'unclear';
      if (condition.isNegated) return found === undefined;
      return found === undefined ? false : found.groups;
    }
  }
}

/** A condition as somebody may have written it. */
export function conditionText(condition: Condition): string {
  const name = `$${condition.variable.name}`;
  const isSecret = isSecretVariable(condition.variable.name);
  switch (condition.kind) {
    case 'holds':
      return `if (${name})`;
    case 'equals':
      return `if (${name} ${condition.isNegated ? '!=' : '='} ${isSecret ? NOT_SHOWN : templateText(condition.to)})`;
    case 'matches':
      return `if (${name} ${condition.isNegated ? '!' : ''}~${condition.isCaseless ? '*' : ''} ${isSecret ? NOT_SHOWN : condition.regex})`;
  }
}

/** Source: nginx, ngx_http_script_regex_start_code and ngx_http_script_regex_end_code. */
function runRewrite(statement: RewriteStatement, left: Left, at: Asking): Left {
  const { pattern, to, flag, isRedirect } = statement;
  const found = compilePcre(pattern, { isCaseless: false }).match(left.path);
  if (found === undefined) return left;
  const said = `rewrite ${pattern} ${templateText(to)}${flag === undefined ? '' : ` ${flag}`}`;
  if (found === 'unclear') return { ...left, unclear: `whether "${said}" fits the path is known to nginx alone` };
  const inner = { ...left, groups: found.groups };
  const target = targetOf(to, inner, at, isRedirect);
  if (target === undefined) return { ...left, unclear: `where "${said}" leads is known to nginx alone` };
  const { path, args, keepsQuery } = target;
  const query = [args ?? '', keepsQuery || args === undefined ? (left.query ?? '') : ''].filter(text => text !== '');
  const joined = query.length === 0 ? undefined : query.join('&');
  if (isRedirect) {
    const url = joined === undefined ? path : `${path}?${joined}`;
    const status = flag === 'permanent' ? 301 : 302;
    return { ...inner, answer: { status, url, hasBody: true, said } };
  }
  const isFinal = flag === 'break';
  return { ...inner, path, query: joined, isRewritten: true, isStopped: isFinal || flag === 'last', isFinal };
}

/** Variables of the URI hold bytes, and so do groups; all else is text. */
const OF_URI: ReadonlySet<string> = new Set(['uri', 'document_uri', 'args', 'query_string']);

function bytesOfPart(part: TemplatePart, value: string): string {
  return part.kind === 'group' || (part.kind === 'variable' && OF_URI.has(part.name)) ? value : bytesOf(value);
}

interface Target {
  readonly path: string;
  /** What follows its `?`. */
  readonly args: string | undefined;
  /** A `?` at its end drops the query of the request. */
  readonly keepsQuery: boolean;
}

function targetOf(to: Template, left: Left, at: Asking, isRedirect: boolean): Target | undefined {
  const sent = { isQuoted: /^[^?]*%/.test(at.request.target), hasPlus: left.path.includes('+') };
  let text = '';
  let isInArgs = false;
  for (const part of to) {
    const value = templateValueOf([part], left, at, isRedirect || isInArgs ? 'variables' : 'none');
    if (value === undefined) return undefined;
    text += part.kind === 'group' && (isRedirect || isInArgs) ? captureInArgs(value, sent) : bytesOfPart(part, value);
    isInArgs ||= part.kind === 'text' && part.text.includes('?');
  }
  const keepsQuery = !text.endsWith('?');
  const whole = keepsQuery ? text : text.slice(0, -1);
  const url = isRedirect ? unescapeRedirect(whole) : whole;
  const end = isInArgs || isRedirect ? url.indexOf('?') : -1;
  if (end === -1) return { path: url, args: keepsQuery ? undefined : '', keepsQuery };
  return { path: url.slice(0, end), args: url.slice(end + 1), keepsQuery };
}
