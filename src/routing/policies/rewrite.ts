/** How the path of a request is rewritten before it goes to the backend. */
export interface Rewrite {
  /** The path of the rule, a PCRE that matches anywhere in the request path, case-insensitively. */
  readonly pattern: string;
  /** The new path; `$1` to `$9` are groups of the pattern, other `$name` are nginx variables, all known to exist. */
  readonly target: string;
  /** The target is a URL: clients are redirected to it (302) instead of a backend asked. */
  readonly isRedirect: boolean;
  /** What the backend gets as X-Forwarded-Prefix, with groups and variables as the target has them; not empty. */
  readonly prefix?: string;
}
