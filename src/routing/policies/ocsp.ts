/** What responders say of certificates is sent to clients with them. */
export interface Ocsp {
  readonly isStapled: true;
}
