/**
 * The path of a rule as the Path of a cookie: encoded as browsers send it, since that is what they compare. A semicolon
 * would end the attribute: such a path stands for its folder.
 */
export function cookiePathOf(path: string): string {
  const [text = ''] = path.split(';', 1);
  const whole = text === path ? path : text.slice(0, text.lastIndexOf('/') + 1);
  return whole.replaceAll(/[^!-~]|["%<>`{}#?]/gu, found => encodeURIComponent(found));
}
