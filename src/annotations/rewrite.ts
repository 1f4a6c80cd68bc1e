/** How the path of a request is rewritten before it goes to the backend. */
export interface RewritePolicy {
  /** The path of the rule, a PCRE that matches anywhere in the request path, case-insensitively. */
  readonly pattern: string;
  /** The new path; `$1` to `$9` are groups of the pattern, other `$name` are nginx variables, all known to exist. */
  readonly target: string;
}
