/** What becomes of connections to backends after a response. */
export interface BackendConnections {
  /** How many idle ones a worker keeps of each upstream; 0: all are closed at once. */
  readonly kept: number;
  /** After what time one is closed, however busy it is, as nginx writes it: `1h`. */
  readonly lifetime: string;
  readonly idleSeconds: number;
  /** After so many a connection is closed. */
  readonly requests: number;
}
