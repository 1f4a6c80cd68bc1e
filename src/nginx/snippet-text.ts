import { bareWord, condition, directive, EMPTY, exactKey, patternKey, quote, quoteBody, variable } from './quote.ts';

import { asAsked } from './as-asked.ts';
import type { Tools } from './parts.ts';
import type { Quoted } from './quote.ts';
import type { Condition, Template, TemplatePart, VariablePart } from '../routing/snippets.ts';

/** What statements are written with. */
export type SnippetTools = Pick<Tools, 'declare' | 'facts'>;

/** Variables that the controller has for what it is asked, and nginx under another name here. */
function sameHere(name: string, { facts }: SnippetTools): Quoted | undefined {
  const { host, scheme, port } = asAsked(facts);
  switch (name) {
    case 'best_http_host':
      return host;
    case 'pass_access_scheme':
      return scheme;
    case 'pass_port':
    case 'pass_server_port':
      return port;
    case 'req_id':
      return variable('req_id');
    case 'the_real_ip':
      return variable('remote_addr');
    default:
      return undefined;
  }
}

const LONGEST_NAME = 30;

/** A variable that snippets alone set: its name is none that anything else has, and it is empty until it is set. */
function ownVariable(name: string, tools: SnippetTools): Quoted {
  const own = `snippet_${name}`.slice(0, LONGEST_NAME);
  return tools.declare.map({ name: own, of: quote(name), rows: [], otherwise: EMPTY });
}

/** A variable of a snippet, as nginx knows it here. */
export function variableToken({ of, name }: VariablePart, tools: SnippetTools): Quoted {
  switch (of) {
    case 'nginx':
      return variable(name);
    case 'snippet':
      return ownVariable(name, tools);
    case 'controller':
      return sameHere(name, tools) ?? ownVariable(name, tools);
  }
}

/** Which values could end the line of a header, so that they are taken as empty then. */
type Cleaned = 'all' | 'variables' | 'none';

/** The text of a template, in which nginx evaluates variables and groups. */
function textOf(template: Template, tools: SnippetTools, cleaned: Cleaned): string {
  return joined(template, part => textOfPart(part, tools, cleaned));
}

function joined(template: Template, textOfOne: (part: TemplatePart, index: number) => string): string {
  const texts = template.map(textOfOne);
  return texts
    .map((text, index) => {
      const isVariable = template[index]?.kind !== 'text' && !/^\$\d$/.test(text);
      const goesOn = isVariable && /^\w/.test(texts[index + 1] ?? '');
      return goesOn ? `\${${text.slice(1)}}` : text;
    })
    .join('');
}

function textOfPart(part: TemplatePart, tools: SnippetTools, cleaned: Cleaned): string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'group':
      return cleaned === 'all' ? inALine(quote(`$${part.number}`), tools) : `$${part.number}`;
    case 'variable': {
      const token = variableToken(part, tools);
      return cleaned !== 'none' && part.isRaw === true ? inALine(token, tools) : token;
    }
  }
}

function inALine(value: Quoted, tools: SnippetTools): Quoted {
  const rows = [[patternKey(String.raw`[\x00-\x1f\x7f]`), EMPTY]] as const;
  return tools.declare.map({ name: 'snippet_in_a_line', of: value, rows, otherwise: value, isVolatile: true });
}

/** The value of a header, or the URL of a redirect. */
export function headerToken(template: Template, tools: SnippetTools): Quoted {
  return template.length === 0 ? EMPTY : quote(textOf(template, tools, 'all'));
}

/** The URL of a rewrite that redirects: nginx escapes its groups. */
export function urlToken(template: Template, tools: SnippetTools): Quoted {
  return quote(textOf(template, tools, 'variables'));
}

/** Where a rewrite leads: nginx escapes the path and groups, but no variable of the query. */
export function targetToken(template: Template, tools: SnippetTools): Quoted {
  const query = template.findIndex(part => part.kind === 'text' && part.text.includes('?'));
  const end = query === -1 ? template.length : query;
  return quote(joined(template, (part, index) => textOfPart(part, tools, index < end ? 'none' : 'variables')));
}

/** The query of a request to a backend, which nginx writes as it is. */
export function queryToken(template: Template, tools: SnippetTools): Quoted {
  return headerToken(template, tools);
}

/** A value that nginx keeps to itself. */
export function valueToken(template: Template, tools: SnippetTools): Quoted {
  return template.length === 0 ? EMPTY : quote(textOf(template, tools, 'none'));
}

/** The body of a response. */
export function bodyToken(template: Template, tools: SnippetTools): Quoted {
  return template.length === 0 ? EMPTY : quoteBody(textOf(template, tools, 'none'));
}

/** The begin of an `if`. */
export function ifWords(of: Condition, tools: SnippetTools): readonly Quoted[] {
  const token = variableToken(of.variable, tools);
  const word = bareWord('if');
  switch (of.kind) {
    case 'holds':
      return [word, condition(token)];
    case 'equals':
      return [word, condition(token, of.isNegated ? '!=' : '=', valueToken(of.to, tools))];
    case 'matches': {
      const operator = of.isCaseless ? (['!~*', '~*'] as const) : (['!~', '~'] as const);
      return [word, condition(token, operator[of.isNegated ? 0 : 1], quote(of.regex))];
    }
  }
}

/** `set`, of a variable that snippets alone set. */
export function setOwn(name: string, value: Quoted, tools: SnippetTools): Quoted {
  return directive([bareWord('set'), ownVariable(name, tools), value]);
}

/** What a value is with some statuses, and with all others. */
export function byStatus(statuses: readonly number[], value: Quoted, otherwise: Quoted, tools: SnippetTools): Quoted {
  const rows = [[patternKey(`^(?:${statuses.join('|')})$`), value]] as const;
  return tools.declare.map({ name: 'snippet_by_status', of: variable('status'), rows, otherwise, isVolatile: true });
}

/** What a value is where the client sends a header, and empty where it does not. */
export function ifSent(header: Quoted, value: Quoted, tools: SnippetTools): Quoted {
  return tools.declare.map({ name: 'snippet_if_sent', of: header, rows: [[exactKey(''), EMPTY]], otherwise: value });
}
