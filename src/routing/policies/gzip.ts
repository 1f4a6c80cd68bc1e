/** Responses that are compressed for clients that can read them so. */
export interface Gzip {
  /** 1 (fast) to 9 (small). */
  readonly level: number;
  /** Bytes that a response has at least. */
  readonly minLength: number;
  /** MIME types besides `text/html`, each once; `*` is every type. */
  readonly types: readonly string[];
  /** A regular expression; clients with such a User-Agent get what the backend sent. */
  readonly exceptAgents: string | undefined;
}
