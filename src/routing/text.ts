/** Bytes that nginx takes between two quotes. */
const TOKEN_BYTES = 4094;

/**
 * Why a text cannot stand as one token in an nginx configuration; undefined if it can. What it says continues the
 * sentence `"…" `. Quotes, braces, `$` and all else have a safe form; control characters and very long texts have none.
 * Source: measured on nginx 1.22, 1.26 and 1.30 (ngx_conf_read_token).
 *
 * @param prefix what is put before the text in the token, such as `^` before a regular expression
 */
export function problemOfText(text: string, prefix = ''): string | undefined {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  const control = /[\u0000-\u001f\u007f]/.exec(text);
  if (control !== null) {
    return `has a control character (code ${control[0].charCodeAt(0)}) at position ${control.index + 1}`;
  }
  // Half a character becomes the same replacement bytes as any other half: two paths would turn into one.
  if (/\p{Surrogate}/u.test(text)) return 'has half of a character';
  const escaped = prefix.length + Buffer.byteLength(text.replace(/[\\"]/g, '\\$&'));
  return escaped > TOKEN_BYTES ? `is longer than the ${TOKEN_BYTES} bytes that nginx takes` : undefined;
}
