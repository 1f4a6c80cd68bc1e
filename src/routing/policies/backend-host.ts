/** What backends get as the host of a request. */
export interface BackendHost {
  /** `$name` and `${name}` are nginx variables, all known to exist and without control characters. Not empty. */
  readonly host: string;
}
