import { commandIn } from '../diagnostics/visible.ts';

/** Bytes that nginx takes between two quotes. */
const TOKEN_BYTES = 4094;

/** Nothing of which can be wrong with a text. */
const SURELY_RIGHT = /^[\w./:*~ -]{0,1000}$/;

/**
 * Why a text cannot stand as one token in an nginx configuration; undefined if it can. What it says continues the
 * sentence `"…" `. Quotes, braces, `$` and all else have a safe form; control characters and very long texts have none, nor
 * has what would deceive or command whoever prints the configuration.
 * Source: measured on nginx 1.22, 1.26 and 1.30 (ngx_conf_read_token).
 *
 * @param prefix what is put before the text in the token, such as `^` before a regular expression
 */
export function problemOfText(text: string, prefix = ''): string | undefined {
  if (SURELY_RIGHT.test(text) && prefix.length < 100) return undefined;
  const control = /\p{Cc}/u.exec(text);
  if (control !== null) {
    return `has a control character (code ${control[0].charCodeAt(0)}) at position ${control.index + 1}`;
  }
  // Half a character becomes the same replacement bytes as any other half: two paths would turn into one.
  if (/\p{Surrogate}/u.test(text)) return 'has half of a surrogate pair';
  const turn = /[\u202a-\u202e\u2066-\u2069]/u.exec(text);
  if (turn !== null) return `turns the direction of writing at position ${turn.index + 1}`;
  const command = commandIn(text);
  if (command !== undefined) return `contains "${command}", which CI systems run as a command wherever it is printed`;
  const escaped = prefix.length + Buffer.byteLength(text.replace(/[\\"]/g, '\\$&'));
  return escaped > TOKEN_BYTES ? `is longer than the ${TOKEN_BYTES} bytes that nginx allows` : undefined;
}
