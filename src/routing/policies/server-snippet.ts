import type { Statement } from '../snippets.ts';

/** What somebody wrote for nginx to do in a server, before it chooses a location, and in locations beside those of paths. */
export interface ServerSnippet {
  /** Never empty. */
  readonly statements: readonly Statement[];
}
