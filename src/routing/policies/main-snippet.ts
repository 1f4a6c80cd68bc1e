import type { Statement } from '../snippets.ts';

/** What somebody wrote for nginx itself. */
export interface MainSnippet {
  readonly statements: readonly Statement[];
}
