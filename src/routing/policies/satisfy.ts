/** How the checks of a location go together: lists of addresses, passwords, the answer of another service. */
export interface Satisfy {
  /** Who passes one of them gets in; else all must be passed. */
  readonly isOneEnough: boolean;
}
