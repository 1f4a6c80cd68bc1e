import type { HeaderText } from '../header-text.ts';

/** What all backends get besides what tells them of the client. */
export interface RequestHeaders {
  /** Sorted by name, each once; they replace what would be sent under their names. */
  readonly headers: readonly HeaderText[];
  /** Whether a request that names no X-Request-ID gets one. */
  readonly generatesId: boolean;
  /** Whether X-Original-URI tells the URI before any rewrite. */
  readonly hasOriginalUri: boolean;
}
