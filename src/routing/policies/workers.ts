/** The worker processes of nginx. */
export interface Workers {
  /** How long old workers go on after a reload, as nginx writes it: `240s`, `1h30m`. */
  readonly shutdownTimeout: string;
}
