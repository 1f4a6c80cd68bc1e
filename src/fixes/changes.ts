/** A part of a text that gets another text; `end` is exclusive. */
export interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Whether two changes of one text leave each other alone. An insertion at the beginning of what is replaced does, since
 * it stands before it; two insertions at one place do not, since neither is first.
 */
export function areApart(one: Change, other: Change): boolean {
  const [first, second] =
    one.start < other.start || (one.start === other.start && one.end <= other.end) ? [one, other] : [other, one];
  if (first.start === second.start) return first.end === first.start && second.end > second.start;
  return first.end <= second.start;
}

export function inOrder(changes: readonly Change[]): readonly Change[] {
  return changes.toSorted((a, b) => a.start - b.start || a.end - b.end);
}

/** Makes changes that leave each other alone. */
export function changed(text: string, changes: readonly Change[]): string {
  let from = 0;
  let result = '';
  for (const { start, end, text: added } of inOrder(changes)) {
    result += text.slice(from, start) + added;
    from = end;
  }
  return result + text.slice(from);
}
