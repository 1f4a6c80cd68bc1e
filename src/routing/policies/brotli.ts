/** Compression with Brotli. */
export interface Brotli {
  /** From 0 to 11. */
  readonly level: number;
  /** Bytes below which responses are not compressed. */
  readonly minLength: number;
  /** In small letters, besides `text/html`; `*` is every type. */
  readonly types: readonly string[];
}
