/** Compares two names by their bytes, whatever the locale. UTF-8 keeps the order of code points, UTF-16 does not. */
export function inByteOrder(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** Whether a path that does not exist can be meant as a pattern. */
export function isGlob(path: string): boolean {
  return /[*?[]/.test(path);
}

/** What a step of a pattern asks of a name; `**` stands for any number of names. */
export type Step = '**' | ((name: string) => boolean);

/** What a pattern asks of a letter: that very one, whatever the function takes, or with `*` any number of any letters. */
export type Letter = { readonly is: string } | ((letter: string) => boolean) | '*';

/** Matches a path with `*`, `?`, `[…]` (also `[!…]`) inside a step and `**` for any number of steps. */
export function matchesGlob(pattern: string, path: string): boolean {
  return matchSteps(pattern.split('/').map(globStep), path.split('/'));
}

function globStep(text: string): Step {
  return text === '**' ? text : stepOf((text.match(/\[!?\]?[^\]]*\]|[^]/gu) ?? []).map(globLetter));
}

function globLetter(token: string): Letter {
  if (token === '*') return token;
  if (token === '?') return () => true;
  if (token.length === 1 || !token.startsWith('[')) return { is: token };
  const isNegated = token.startsWith('[!');
  const set = Array.from(token.slice(isNegated ? 2 : 1, -1));
  return letter => isInSet(set, letter) !== isNegated;
}

function isInSet(set: readonly string[], letter: string): boolean {
  for (let at = 0; at < set.length; at++) {
    const low = set[at] ?? '';
    const isRange = set[at + 1] === '-' && at + 2 < set.length;
    const high = isRange ? (set[at + 2] ?? '') : low;
    if (low <= letter && letter <= high) return true;
    if (isRange) at += 2;
  }
  return false;
}

/** A step that takes the names which these letters stand for. */
export function stepOf(letters: readonly Letter[]): Step {
  const text = letters.map(letter => (typeof letter === 'object' ? letter.is : '*')).join('');
  const isPlain = letters.every(letter => typeof letter === 'object');
  return isPlain ? name => name === text : name => matchesLetters(letters, Array.from(name));
}

/**
 * Whether the steps of a pattern stand for a path. Works step by step and never goes back over more than one `**`, nor
 * within a step over more than one `*`, so no pattern takes longer than pattern times path.
 */
export function matchSteps(pattern: readonly Step[], path: readonly string[]): boolean {
  let at = 0;
  let step = 0;
  let back: { readonly at: number; step: number } | undefined;
  while (step < path.length) {
    const expected = pattern[at];
    if (expected === '**') {
      back = { at, step };
      at++;
    } else if (expected !== undefined && expected(path[step] ?? '')) {
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

function matchesLetters(pattern: readonly Letter[], letters: readonly string[]): boolean {
  let at = 0;
  let letter = 0;
  let back: { readonly at: number; letter: number } | undefined;
  while (letter < letters.length) {
    const expected = pattern[at];
    if (expected === '*') {
      back = { at, letter };
      at++;
    } else if (expected !== undefined && matchesLetter(expected, letters[letter] ?? '')) {
      at++;
      letter++;
    } else if (back !== undefined) {
      back.letter++;
      at = back.at + 1;
      letter = back.letter;
    } else return false;
  }
  return pattern.slice(at).every(rest => rest === '*');
}

function matchesLetter(expected: Exclude<Letter, '*'>, letter: string): boolean {
  return typeof expected === 'object' ? expected.is === letter : expected(letter);
}
