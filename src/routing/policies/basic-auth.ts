/** Who may enter a location, by user name and password. */
export interface BasicAuth {
  /** Shown by browsers; may be empty; never `off`. Holds no quote and no backslash. */
  readonly realm: string;
  /** The id of a file of the routing, of the kind `passwords`. */
  readonly users: string;
}
