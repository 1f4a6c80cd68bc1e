import { problemOfText } from './text.ts';
import type { TextPart } from './variable-text.ts';
import { decodedIn, readVariableText } from './variable-text.ts';

/** A header whose value is made for each request; of an empty one nothing is sent. */
export interface HeaderText {
  /** Letters, digits, `-`, `_` and `.`. */
  readonly name: string;
  readonly value: readonly TextPart[];
}

/** What nginx makes by itself, or takes away wherever another location asks for it: it stays as it is. */
const OF_NGINX: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'content-type',
  'date',
  'etag',
  'keep-alive',
  'last-modified',
  'server',
  'transfer-encoding',
]);

/** Whether a header of responses is one of nginx's own. */
export function isMadeByNginx(name: string): boolean {
  return OF_NGINX.has(name.toLowerCase());
}

/** More than anybody needs, and half of what nginx takes as one word. */
const LONGEST_VALUE = 2048;

/** `problem` continues a sentence that begins with the name of the header. */
export type ReadHeader =
  | { readonly ok: true; readonly value: readonly TextPart[] }
  | { readonly ok: false; readonly problem: string; readonly help: string };

/** Reads the value of a header in which variables of nginx are replaced. */
export function readHeaderValue(text: string): ReadHeader {
  if (text.length > LONGEST_VALUE) {
    return { ok: false, problem: `is longer than ${LONGEST_VALUE} characters`, help: 'shorten it' };
  }
  if (/[\r\n]/.test(text)) {
    const help = /^[^\r\n]*\s+$/.test(text) ? 'write `|-` instead of `|`, or the value in the same line' : 'remove it';
    return { ok: false, problem: 'has a line end, which would end the header', help };
  }
  // As long as it gets when the names of its variables are written in braces.
  const broken = problemOfText(text.replaceAll('$', '${}'));
  if (broken !== undefined) return { ok: false, problem: broken, help: 'write visible characters and blanks' };
  const read = readVariableText(text);
  if (!read.ok) {
    const help = 'write ${literal_dollar} for a dollar, or the name of a variable of nginx';
    return { ok: false, problem: read.problem, help };
  }
  const decoded = decodedIn(read.parts);
  if (decoded === undefined) return { ok: true, value: read.parts };
  return {
    ok: false,
    problem: `has $${decoded}, in which clients could put further headers`,
    help: 'write a variable that is not decoded, such as $request_uri',
  };
}
