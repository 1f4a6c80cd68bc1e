/** IP addresses and networks (`10.0.0.1`, `2001:db8::/32`) whose clients get in. Others get 403. */
export interface SourceRange {
  /** Whom these have get in as little, whatever else is said. */
  readonly denied: readonly string[];
  /** Those alone get in; missing: everybody else. */
  readonly allowed?: readonly string[];
}
