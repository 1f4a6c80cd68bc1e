/** Compares two names by their bytes, whatever the locale. UTF-8 keeps the order of code points, UTF-16 does not. */
export function inByteOrder(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** Whether a path that does not exist can be meant as a pattern. */
export function isGlob(path: string): boolean {
  return /[*?[]/.test(path);
}

/**
 * Matches a path with `*`, `?`, `[…]` (also `[!…]`) inside a step and `**` for any number of steps. Works step by step
 * and never goes back over more than one `*`, so no pattern takes longer than pattern times path.
 */
export function matchesGlob(pattern: string, path: string): boolean {
  return matchSteps(pattern.split('/'), path.split('/'));
}

function matchSteps(pattern: readonly string[], path: readonly string[]): boolean {
  let at = 0;
  let step = 0;
  let back: { readonly at: number; step: number } | undefined;
  while (step < path.length) {
    const expected = pattern[at];
    if (expected === '**') {
      back = { at, step };
      at++;
    } else if (expected !== undefined && matchesStep(expected, path[step] ?? '')) {
      at++;
      step++;
    } else if (back !== undefined) {
      back.step++;
      at = back.at + 1;
      step = back.step;
    } else return false;
  }
  return pattern.slice(at).every(rest => rest === '**');
}

function matchesStep(pattern: string, name: string): boolean {
  const tokens = pattern.match(/\[!?\]?[^\]]*\]|[^]/gu) ?? [];
  const letters = Array.from(name);
  let at = 0;
  let letter = 0;
  let back: { readonly at: number; letter: number } | undefined;
  while (letter < letters.length) {
    const token = tokens[at];
    if (token === '*') {
      back = { at, letter };
      at++;
    } else if (token !== undefined && matchesLetter(token, letters[letter] ?? '')) {
      at++;
      letter++;
    } else if (back !== undefined) {
      back.letter++;
      at = back.at + 1;
      letter = back.letter;
    } else return false;
  }
  return tokens.slice(at).every(rest => rest === '*');
}

function matchesLetter(token: string, letter: string): boolean {
  if (token === '?') return true;
  if (token.length === 1 || !token.startsWith('[')) return token === letter;
  const isNegated = token.startsWith('[!');
  const set = Array.from(token.slice(isNegated ? 2 : 1, -1));
  for (let at = 0; at < set.length; at++) {
    const low = set[at] ?? '';
    const isRange = set[at + 1] === '-' && at + 2 < set.length;
    const high = isRange ? (set[at + 2] ?? '') : low;
    if (low <= letter && letter <= high) return !isNegated;
    if (isRange) at += 2;
  }
  return isNegated;
}
