import type { Statement } from '../snippets.ts';

/** What somebody wrote for nginx to do in a location. */
export interface ConfigurationSnippet {
  /** Never empty. */
  readonly statements: readonly Statement[];
  /** Of the variables that the controller sets in a location, those that the statements use. */
  readonly names?: Readonly<Record<string, string>>;
}
