const MOST_LISTED = 3;

/**
 * A list in a sentence: `a`, `a and b`, `a, b and c`, `a, b, c and 4 more`.
 * @param most How many of them are named.
 * @param joint Before the last.
 */
export function listed(texts: readonly string[], most = MOST_LISTED, joint: 'and' | 'or' = 'and'): string {
  const named = texts.slice(0, most);
  const rest = texts.length - named.length;
  const last = rest > 0 ? `${rest} more` : (named.pop() ?? '');
  return named.length === 0 ? last : `${named.join(', ')} ${joint} ${last}`;
}

/** `1 route`, `27 routes` */
export function many(count: number, one: string, several = `${one}s`): string {
  return `${count} ${count === 1 ? one : several}`;
}
