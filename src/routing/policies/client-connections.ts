/** How connections of clients, and the heads of their requests, are read. Sizes are in the form of nginx: `8k`. */
export interface ClientConnections {
  /** After so many idle seconds a connection is closed; 0: after each response. */
  readonly idleSeconds: number;
  /** After so many a connection is closed. */
  readonly requests: number;
  readonly headerBuffer: string;
  /** For what does not fit there: their number, and the size of each. */
  readonly largeBuffers: readonly string[];
  readonly headerSeconds: number;
  /** Between two reads. */
  readonly bodySeconds: number;
}
