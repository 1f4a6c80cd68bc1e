/** How much of requests and responses nginx holds. Only what nginx takes together. */
export interface Buffering {
  /** Whether responses are read ahead of their clients. */
  readonly readsAhead: boolean;
  /** Whether a request body is there as a whole before a backend gets it. */
  readonly holdsRequests: boolean;
  /** For a response: the head must fit into one of them. At least two. */
  readonly buffers: { readonly count: number; readonly size: string };
  /** How much of them may be on its way to the client; undefined for two buffers. */
  readonly busySize: string | undefined;
  /** How much of a response may go to a file; `0` for nothing. */
  readonly fileSize: string;
}
