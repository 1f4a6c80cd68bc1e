/** Which headers of requests nginx takes no notice of, and backends do not get. */
export interface HeaderNames {
  readonly allowsUnderscores: boolean;
  /** Whether those with other characters than letters, digits and `-` are dropped. */
  readonly dropsInvalid: boolean;
}
