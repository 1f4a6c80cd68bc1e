import { visible } from '../diagnostics/visible.ts';
import { problemOfText } from '../routing/text.ts';

/** The brand exists in types only: an object with this key cannot be made outside this file. */
declare const quotedBrand: unique symbol;

/** Text that is safe where a template puts it: one nginx token, or the text of a comment. */
export type Quoted = string & { readonly [quotedBrand]: true };

/** What a value asks of http{}: a variable that must be declared there. Views add to it as they are made. */
export type HttpNeeds = Set<'backendAuthorization' | 'httpsUrl' | 'literalDollar' | 'serverRedirect' | 'uriInALine'>;

/** nginx has no escape for a dollar where it evaluates variables, but values of geo{} are never evaluated. */
const LITERAL_DOLLAR = '${literal_dollar}';

/** Characters that are not worth counting as bytes. */
const SURELY_SHORT = 1000;
/** Not what GitHub takes for a command at the begin of a line: `::name`. */
const BARE = /^(?!::[A-Za-z])[\w./:[\]-]+$/;

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
export function quoteLiteral(text: string, needs: HttpNeeds): Quoted {
  if (text.includes('$')) needs.add('literalDollar');
  return quote(text.replaceAll('$', () => LITERAL_DOLLAR));
}

/** A token in which `$1` to `$9`, `$name` and `${name}` are evaluated, and any other dollar is meant as text. */
export function quoteTemplate(text: string, needs: HttpNeeds): Quoted {
  const token = text.replaceAll(/\$(?![1-9a-z_]|\{[a-z_]\w*\})/gi, () => LITERAL_DOLLAR);
  if (token !== text) needs.add('literalDollar');
  return quote(token);
}

/** A word that needs no quotes, because earlier stages let nothing else through. */
export function bareWord(text: string): Quoted {
  if (!BARE.test(text)) throw new Error(`not a bare word: ${JSON.stringify(text)}`);
  return quote(text);
}

/** Text for a comment, which nothing but the end of the line ends. At most 200 characters; what cannot be seen is shown. */
export function commentText(text: string): Quoted {
  const line = visible(text);
  return brand(line.length > 200 ? visible(`${line.slice(0, 199)}…`) : line);
}

/** Makes text stand for itself in a PCRE. */
export function escapeRegex(text: string): string {
  return text.replaceAll(/[\\^$.|?*+()[\]{}]/g, '\\$&');
}

/** In quotes nginx removes a backslash before these characters only; before others it stays as it is. */
function escape(text: string): string {
  return text.replaceAll(/\\(?=["'\\trn]|$)|"/g, '\\$&');
}

/** Stands for text that is put there later: no value holds this character. */
export const PLACE: Quoted = brand('\u0000');

function brand(text: string): Quoted {
  return text as Quoted;
}
