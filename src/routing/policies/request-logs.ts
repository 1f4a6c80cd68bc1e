/** What is written of requests, where it differs from what usually is. */
export interface RequestLogs {
  /** Nothing goes to the access log. */
  readonly isSilent: boolean;
  /** Rewrites go to the error log, as notices. */
  readonly hasRewrites: boolean;
}
