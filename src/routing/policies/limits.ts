/** How much a client may ask for at once. */
export interface Limits {
  /** What is counted together: the requests for this Ingress, `namespace/name`. */
  readonly scope: string;
  /** The nginx variable that tells clients apart, without `$`. Whom it is empty for is not limited. */
  readonly client: string;
  /** Addresses and networks whose clients are not limited. */
  readonly exempt: readonly string[];
  /** Requests in progress; 0 for any number. */
  readonly connections: number;
  readonly requests: readonly RequestLimit[];
}

export interface RequestLimit {
  readonly per: 'second' | 'minute';
  readonly most: number;
  /** So many more may come at once. */
  readonly burst: number;
}

/** The answers to those that are over a limit. */
export interface LimitStatuses {
  readonly ofRequests: number;
  readonly ofConnections: number;
}
