import { visible } from '../diagnostics/visible.ts';
import { problemOfText } from '../routing/text.ts';

/** The brand exists in types only: an object with this key cannot be made outside this file. */
declare const quotedBrand: unique symbol;

/** Text that is safe where a template puts it: one nginx token, or the text of a comment. */
export type Quoted = string & { readonly [quotedBrand]: true };

declare const keyBrand: unique symbol;

/** A key of a map{}, with what tells nginx how to compare it. */
export type MapKey = Quoted & { readonly [keyBrand]: true };

/** Where a value can ask for what must be declared in http{} for it. */
export interface DollarDeclarer {
  readonly once: (template: 'literal-dollar.http.conf') => void;
}

/** nginx has no escape for a dollar where it evaluates variables, but values of geo{} are never evaluated. */
const LITERAL_DOLLAR = '${literal_dollar}';

/** Characters that are not worth counting as bytes. */
const SURELY_SHORT = 1000;
/** Not what GitHub takes for a command at the begin of a line: `::name`. */
const BARE = /^(?!::[A-Za-z])[\w./:[\]-]+$/;
const VARIABLE = /^[a-z_]\w*$/i;

/**
 * A token where nginx evaluates no variables: paths, names, regular expressions, map keys. Bare where that is safe.
 * Throws for what `problemOfText` refuses, about which earlier stages have asked.
 */
export function quote(text: string): Quoted {
  if (BARE.test(text) && text.length <= SURELY_SHORT) return brand(text);
  const problem = problemOfText(text);
  if (problem !== undefined) throw new Error(`cannot be quoted: ${JSON.stringify(text.slice(0, 100))} ${problem}`);
  return brand(BARE.test(text) ? text : `"${escape(text)}"`);
}

/** A token where nginx would evaluate variables, but every dollar is meant as text. */
export function quoteLiteral(text: string, declare: DollarDeclarer): Quoted {
  return quote(literalDollars(text, declare));
}

function literalDollars(text: string, declare: DollarDeclarer): string {
  if (!text.includes('$')) return text;
  declare.once('literal-dollar.http.conf');
  return text.replaceAll('$', () => LITERAL_DOLLAR);
}

/** A token in which `$1` to `$9`, `$name` and `${name}` are evaluated, and any other dollar is meant as text. */
export function quoteTemplate(text: string, declare: DollarDeclarer): Quoted {
  const token = text.replaceAll(/\$(?![1-9a-z_]|\{[a-z_]\w*\})/gi, () => LITERAL_DOLLAR);
  if (token !== text) declare.once('literal-dollar.http.conf');
  return quote(token);
}

/** Text, in which every dollar is meant as text, or a variable (without its dollar). */
export type TokenPart = { readonly text: string } | { readonly variable: string };

/** Both, one after the other, as one token. */
export function quoteParts(parts: readonly TokenPart[], declare: DollarDeclarer): Quoted {
  const [first] = parts;
  if (first !== undefined && 'variable' in first && parts.length === 1) return variable(first.variable);
  return quote(tokenOf(parts, declare));
}

/** The same of texts that may hold line ends and tabs, which nginx reads between quotes as `\n`, `\r` and `\t`. */
export function quoteLines(parts: readonly TokenPart[], declare: DollarDeclarer): Quoted {
  const lines = tokenOf(parts, declare).split(/([\n\r\t])/);
  const inner = lines.map(line => CONTROL.get(line) ?? quote(line).replace(/^"(.*)"$/s, '$1'));
  return brand(`"${inner.join('')}"`);
}

const CONTROL: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

function tokenOf(parts: readonly TokenPart[], declare: DollarDeclarer): string {
  const token = (part: TokenPart, index: number): string => {
    if ('text' in part) return literalDollars(part.text, declare);
    const next = parts[index + 1];
    const goesOn = next !== undefined && 'text' in next && /^\w/.test(next.text);
    const name = variable(part.variable);
    return goesOn ? `\${${name.slice(1)}}` : name;
  };
  return parts.map(token).join('');
}

/** A word that needs no quotes, because earlier stages let nothing else through. */
export function bareWord(text: string): Quoted {
  if (!BARE.test(text)) throw new Error(`not a bare word: ${JSON.stringify(text)}`);
  return quote(text);
}

/** The value of a variable, such as `$http_origin`. */
export function variable(name: string): Quoted {
  if (!VARIABLE.test(name)) throw new Error(`not the name of a variable: ${JSON.stringify(name)}`);
  return brand(`$${name}`);
}

/** The name of a location that only other locations lead to. */
export function atName(name: string): Quoted {
  if (!VARIABLE.test(name)) throw new Error(`not the name of a location: ${JSON.stringify(name)}`);
  return brand(`@${name}`);
}

/**
 * A key that is the whole text, whatever the case of its ASCII letters. Where the case counts, or for access control,
 * use a pattern.
 */
export function exactKey(text: string): MapKey {
  return brandKey(quote(/^[~\\]|^(?:default|include|hostnames|volatile)$/i.test(text) ? `\\${text}` : text));
}

/** A key that is a PCRE, which matches anywhere in the text, with `i` whatever the case. */
export function patternKey(regex: string, flags: '' | 'i' = ''): MapKey {
  return brandKey(quote(`~${flags === 'i' ? '*' : ''}${regex}`));
}

/** The text of a template, in which nothing is put but what is safe there; without the end of its last line. */
export function templateText(text: string): Quoted {
  return brand(text.endsWith('\n') ? text.slice(0, -1) : text);
}

/** The begin of a directive, and what its last word goes on with. */
export function joinWord(begin: Quoted, end: Quoted): Quoted {
  if (!end.startsWith('"')) return brand(`${begin}${end}`);
  const start = begin.lastIndexOf(' ') + 1;
  return brand(`${begin.slice(0, start)}"${begin.slice(start)}${end.slice(1)}`);
}

/** Text of several lines as one token, where nginx evaluates no variables. */
export function quotePlainLines(text: string): Quoted {
  const lines = text.split(/\r?\n/).map(line => line.replaceAll('\t', ' '));
  for (const line of lines) quote(line);
  return brand(`"${lines.map(escape).join('\\n')}"`);
}

/** Lines, one below the other; undefined where there are none. */
export function joinLines(lines: readonly Quoted[]): Quoted | undefined {
  return lines.length < 2 ? lines[0] : brand(lines.join('\n'));
}

/** Columns of what stands with others in a line. */
const SHORT_LINE = 120;

/** Lines as a part of one line; undefined where it would be long, or a comment would end it. */
export function inLine(lines: Quoted, columns: number = SHORT_LINE): Quoted | undefined {
  const line = lines.trim().replaceAll(/\n\s*/g, ' ');
  return line.length > columns || line.includes('#') ? undefined : brand(line);
}

/** The lines of a location as those of the server around it. */
export function outdented(lines: Quoted): Quoted {
  return brand(lines.replaceAll(/^ {2}/gm, ''));
}

const LINE_ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A token in which nginx evaluates variables, and in which line ends and tabs may be: none of a header. */
export function quoteBody(text: string): Quoted {
  const problem = problemOfText(text.replaceAll(/[\n\r\t]/g, '  '));
  if (problem !== undefined) throw new Error(`cannot be quoted: ${JSON.stringify(text.slice(0, 100))} ${problem}`);
  const pieces = text.split(/([\n\r\t])/).map(piece => LINE_ESCAPES[piece] ?? escape(piece));
  return brand(`"${pieces.join('')}"`);
}

/** A directive of these tokens, with what stands in its block. */
export function directive(words: readonly Quoted[], body?: readonly Quoted[]): Quoted {
  const head = words.join(' ');
  if (body === undefined) return brand(`${head};`);
  if (body.length === 0) return brand(`${head} {}`);
  return brand(`${head} {\n${body.map(lines => lines.replaceAll(/^/gm, '  ')).join('\n')}\n}`);
}

/** The begin of a location, with what tells nginx how to compare its path. */
export function locationHead(match: '' | '=' | '^~' | '~' | '~*', path: Quoted): Quoted {
  return brand(match === '' ? `location ${path}` : `location ${match} ${path}`);
}

/** The condition of an `if`. */
export function condition(
  of: Quoted,
  operator?: '=' | '!=' | '~' | '~*' | '!~' | '!~*',
  value: Quoted = EMPTY,
): Quoted {
  return brand(operator === undefined ? `(${of})` : `(${of} ${operator} ${value})`);
}

const DEPTHS = { main: '', http: '  ', server: '    ', location: '      ' } as const;

/** Lines as deep as those of a block; undefined where there are none. */
export function indented(lines: readonly Quoted[], block: keyof typeof DEPTHS): Quoted | undefined {
  return lines.length === 0 ? undefined : brand(lines.join('\n').replaceAll(/^/gm, DEPTHS[block]));
}

/** Text for a comment, which nothing but the end of the line ends. At most 200 characters; what cannot be seen is shown. */
export function commentText(text: string): Quoted {
  const line = visible(text);
  return brand(line.length > 200 ? visible(`${line.slice(0, 199)}…`) : line);
}

/** A comment with a line of its own. */
export function comment(text: string): Quoted {
  return brand(`# ${commentText(text)}`);
}

/** Makes text stand for itself in a PCRE. */
export function escapeRegex(text: string): string {
  return text.replaceAll(/[\\^$.|?*+()[\]{}]/g, '\\$&');
}

/** In quotes nginx removes a backslash before these characters only; before others it stays as it is. */
function escape(text: string): string {
  return text.replaceAll(/\\(?=["'\\trn]|$)|"/g, '\\$&');
}

/** No text at all, as a token. */
export const EMPTY: Quoted = brand('""');

/** Stands for text that is put there later: no value holds this character. */
export const PLACE: Quoted = brand('\u0000');

function brand(text: string): Quoted {
  return text as Quoted;
}

function brandKey(text: Quoted): MapKey {
  return text as MapKey;
}
