const SECRET = /auth|cookie|token|secret|passw|credential|api-?key|session/i;

/** What stands for a value that is not shown. */
export const NOT_SHOWN = '(not shown)';

/** Whether the value of a header may let somebody in, by its name. */
export function isSecretHeader(name: string): boolean {
  return SECRET.test(name);
}

/** The value of a header as it may be shown: one that may let somebody in is not. */
export function shownValue(name: string, value: string): string {
  return value !== '' && isSecretHeader(name) ? NOT_SHOWN : value;
}

/** Whether a variable of nginx has a part of a request that may let somebody in: `http_x_api_key`. */
export function isSecretVariable(name: string): boolean {
  const [, part = ''] = /^(?:http|cookie|arg)_(.+)$/i.exec(name) ?? [];
  return isSecretHeader(part.replaceAll('_', '-')) || /^cookie_/i.test(name);
}

/** The words of a directive as they may be shown: what stands behind the name of such a header is not. */
export function shownWords(words: readonly string[]): readonly string[] {
  const [directive = ''] = words;
  if (!/header|param/.test(directive)) return words;
  const at = words.findIndex(
    (word, index) => index > 0 && /^[\w-]+$/.test(word) && isSecretHeader(word.replaceAll('_', '-')),
  );
  return words.map((word, index) => {
    if (at !== -1 && index > at) return NOT_SHOWN;
    const [, name = '', rest = ''] = /^([\w-]+):(.*)$/s.exec(word) ?? [];
    return rest.trim() !== '' && isSecretHeader(name) ? `${name}: ${NOT_SHOWN}` : word;
  });
}
