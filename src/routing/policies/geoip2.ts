/** Where clients are, by the databases of MaxMind. */
export interface Geoip2 {
  /** After how many minutes nginx looks whether the databases have changed; 0 for never. */
  readonly reloadMinutes: number;
}
