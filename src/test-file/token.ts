const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

/** Whether a text can be a method or the name of a header: a token of RFC 9110. */
export function isToken(text: string): boolean {
  return TOKEN.test(text);
}
