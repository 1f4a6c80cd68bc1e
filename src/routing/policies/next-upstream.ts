/** When another endpoint gets the request. */
export interface NextUpstream {
  /** In the words of nginx: `error`, `http_502`; `off` alone for never. Not empty, without doubles. */
  readonly failures: readonly string[];
  /** For how long others are tried, in seconds; 0 for as long as it takes. */
  readonly seconds: number;
  /** How many are tried, the first included; 0 for all. */
  readonly tries: number;
}
