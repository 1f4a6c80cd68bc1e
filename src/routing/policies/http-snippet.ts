import type { Statement } from '../snippets.ts';

/** What somebody wrote for nginx to do on all hosts. */
export interface HttpSnippet {
  /** Headers of responses, and what stays as it is. */
  readonly statements: readonly Statement[];
}
