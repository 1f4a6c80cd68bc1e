/** How much of a request body is held in memory; the rest goes to a file before a backend gets it. */
export interface BodyBuffer {
  /** As nginx writes it: `8k`, `1m`, `8192`; not 0. */
  readonly size: string;
}
