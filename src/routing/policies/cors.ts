/** Which scripts of other sites may read what the location answers. */
export interface Cors {
  /** Sites, by scheme, host and port, in lower case, sorted, without doubles, never empty; `*.` stands for one label. */
  readonly origins: 'any' | readonly string[];
  /** Values of headers, as written; none holds a control character. */
  readonly methods: string;
  readonly requestHeaders: string;
  /** Empty: those that every script may read. */
  readonly exposedHeaders: string;
  /** Whether requests may carry cookies. */
  readonly isCredentialed: boolean;
  /** How long browsers keep the answer to a preflight. */
  readonly maxAgeSeconds: number;
}
