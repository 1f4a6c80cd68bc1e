/** Blanks that take the place of `drop` characters at `at`, an offset in the original text. */
export interface Edit {
  readonly at: number;
  readonly drop: number;
  readonly add: number;
}

/** A copy of a text with other blanks, and the way back from offsets in it. */
export interface Edited {
  readonly text: string;
  /** The offset in the original text; inside added blanks, where they were added. */
  readonly original: (offset: number) => number;
}

/**
 * Applies edits.
 *
 * @param edits in the order of their places
 */
export function withEdits(text: string, edits: readonly Edit[]): Edited {
  const parts: string[] = [];
  /** Of each edit: where it ends in the copy, and in the original text. */
  const ends: number[] = [];
  const sources: number[] = [];
  let from = 0;
  let length = 0;
  for (const { at, drop, add } of edits) {
    parts.push(text.slice(from, at), ' '.repeat(add));
    length += at - from + add;
    from = at + drop;
    ends.push(length);
    sources.push(from);
  }
  parts.push(text.slice(from));
  const original = (offset: number): number => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    const moved = offset - (ends[low - 1] ?? 0) + (sources[low - 1] ?? 0);
    return Math.min(moved, edits[low]?.at ?? moved);
  };
  return { text: parts.join(''), original };
}
