/** How the redirects that nginx makes by itself are written, such as those to a path. */
export interface Redirects {
  /** The `Location` has neither scheme nor host. */
  readonly isRelative?: true;
  /** It names the port on which nginx listens. */
  readonly namesPort?: true;
}
