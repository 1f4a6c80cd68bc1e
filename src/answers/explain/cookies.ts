/** A character that ends what nginx skips. */
const ENDS = /[;,]/;

/**
 * The value of a cookie as `$cookie_name` has it: of the first of that name, in any case. A comma parts only what has
 * another name, so `a=b,c` is `b,c` for `a`. Source: nginx, ngx_http_parse_multi_header_lines.
 *
 * @param header the value of Cookie
 */
export function cookieIn(header: string, name: string): string | undefined {
  const wanted = name.toLowerCase();
  let at = 0;
  while (at < header.length) {
    if (header.slice(at, at + name.length).toLowerCase() === wanted) {
      at = behindBlanks(header, at + name.length);
      if (header[at] === '=') return header.slice(behindBlanks(header, at + 1)).replace(/;.*$/s, '');
      // What stands there instead is skipped unread, even if it is a `;`.
      at += 1;
    }
    const length = header.slice(at).search(ENDS);
    if (length === -1) return undefined;
    at = behindBlanks(header, at + length + 1);
  }
  return undefined;
}

function behindBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ') at += 1;
  return at;
}
