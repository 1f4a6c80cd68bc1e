/** Requests that get 403 on all hosts, by what they say of themselves. */
export interface Blocked {
  readonly userAgents: readonly HeaderTest[];
  readonly referers: readonly HeaderTest[];
  /** All are. */
  readonly isEverybody: boolean;
}

/** A header that is this text, whatever the case of its letters, or in which this expression is found. */
export type HeaderTest =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'regex'; readonly regex: string; readonly isCaseSensitive: boolean };
