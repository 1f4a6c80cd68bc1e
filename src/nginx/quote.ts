/** The brand exists in types only: an object with this key cannot be made outside this file. */
declare const quotedBrand: unique symbol;

/** Text that is safe where a template puts it: one nginx token, or the text of a comment. */
export type Quoted = string & { readonly [quotedBrand]: true };

/** What a value asks of http{}: a variable that must be declared there. Views add to it as they are made. */
export type HttpNeeds = Set<'backendAuthorization' | 'httpsUrl' | 'literalDollar'>;

/**
 * nginx reads its configuration through a buffer of 4096 bytes that must hold a token, its quotes and one more byte.
 * Measured on 1.22, 1.26 and 1.30; the escaped form counts.
 */
const LONGEST_TOKEN_BYTES = 4094;

/** Leaves room in a token for what we put around a text, such as `(?i)`. */
const LONGEST_TEXT_BYTES = 4000;

/** nginx has no escape for a dollar where it evaluates variables, but values of geo{} are never evaluated. */
const LITERAL_DOLLAR = '${literal_dollar}';

const BARE = /^[\w./:[\]-]+$/;
const CONTROL = /\p{Cc}/u;
const LONE_SURROGATE = /\p{Surrogate}/u;
const NOT_IN_COMMENT = /[\p{Cc}\p{Surrogate}\u2028\u2029]/gu;
const WORDS_OF_MAP = new Set(['default', 'hostnames', 'include', 'volatile']);

/**
 * Why a text cannot stand in a configuration, in words that complete 'the value …'; undefined when it can. Stages
 * before rendering ask this about every text of a manifest that they put into a Routing.
 */
export function canQuote(text: string): string | undefined {
  if (CONTROL.test(text)) return 'holds a control character';
  if (LONE_SURROGATE.test(text)) return 'holds half of a surrogate pair';
  if (byteLength(escape(withLiteralDollars(text))) > LONGEST_TEXT_BYTES) {
    return `is longer than ${LONGEST_TEXT_BYTES} bytes when quoted`;
  }
  return undefined;
}

/** A token where nginx evaluates no variables: paths, names, regular expressions, map keys. Bare where that is safe. */
export function quote(text: string): Quoted {
  if (CONTROL.test(text) || LONE_SURROGATE.test(text)) throw new Error(`cannot be quoted: ${JSON.stringify(text)}`);
  const token = BARE.test(text) ? text : `"${escape(text)}"`;
  if (token.length * 3 > LONGEST_TOKEN_BYTES && byteLength(token) > LONGEST_TOKEN_BYTES) {
    throw new Error(`too long for one token: ${token.slice(0, 80)}`);
  }
  return brand(token);
}

/** A token where nginx would evaluate variables, but every dollar is meant as text. */
export function quoteLiteral(text: string, needs: HttpNeeds): Quoted {
  if (text.includes('$')) needs.add('literalDollar');
  return quote(withLiteralDollars(text));
}

/** A token in which `$1` to `$9`, `$name` and `${name}` are evaluated, and any other dollar is meant as text. */
export function quoteTemplate(text: string, needs: HttpNeeds): Quoted {
  const token = text.replaceAll(/\$(?![1-9a-z_]|\{[a-z_]\w*\})/gi, () => LITERAL_DOLLAR);
  if (token !== text) needs.add('literalDollar');
  return quote(token);
}

/** The key of a map{} that compares (case-insensitively) with this very text. */
export function mapKey(text: string): Quoted {
  const isSpecial = text.startsWith('~') || text.startsWith('\\') || WORDS_OF_MAP.has(text);
  return quote(isSpecial ? `\\${text}` : text);
}

/** A word that needs no quotes, because earlier stages let nothing else through. */
export function bareWord(text: string): Quoted {
  if (!BARE.test(text)) throw new Error(`not a bare word: ${JSON.stringify(text)}`);
  return quote(text);
}

/** Text for a comment, which nothing but the end of the line ends. At most 200 characters. */
export function commentText(text: string): Quoted {
  const line = text.replaceAll(NOT_IN_COMMENT, '?');
  return brand(line.length > 200 ? `${line.slice(0, 199)}…`.replaceAll(NOT_IN_COMMENT, '?') : line);
}

/** Makes text stand for itself in a PCRE. */
export function escapeRegex(text: string): string {
  return text.replaceAll(/[\\^$.|?*+()[\]{}]/g, '\\$&');
}

/** In quotes nginx removes a backslash before these characters only; before others it stays as it is. */
function escape(text: string): string {
  return text.replaceAll(/\\(?=["'\\trn]|$)|"/g, '\\$&');
}

function withLiteralDollars(text: string): string {
  return text.replaceAll('$', () => LITERAL_DOLLAR);
}

function byteLength(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}

function brand(text: string): Quoted {
  return text as Quoted;
}
