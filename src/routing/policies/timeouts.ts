/** How many seconds a backend has. 0 leaves it no time: requests fail with 504. */
export interface Timeouts {
  /** To accept a connection. */
  readonly connect: number;
  /** Between two parts of a request that it takes. */
  readonly send: number;
  /** Between two parts of a response. */
  readonly read: number;
}
