/** The options that hold where an expression is read. */
export interface Flags {
  readonly isCaseless: boolean;
  readonly isMultiline: boolean;
  readonly isDotAll: boolean;
  readonly isUngreedy: boolean;
}

/** What `(?set-unset)` makes of them. */
export function changedFlags(flags: Flags, set: string, unset: string): Flags {
  const value = (letter: string, before: boolean): boolean =>
    !unset.includes(letter) && (before || set.includes(letter));
  return {
    isCaseless: value('i', flags.isCaseless),
    isMultiline: value('m', flags.isMultiline),
    isDotAll: value('s', flags.isDotAll),
    isUngreedy: value('U', flags.isUngreedy),
  };
}
