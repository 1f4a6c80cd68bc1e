/** The page with nginx's counters, at `/nginx_status` of hosts that nobody names. */
export interface StatusPage {
  /** Addresses and networks that get it; others are refused. */
  readonly readers: readonly string[];
}
