/** Tells browsers to use HTTPS only, with every HTTPS response. */
export interface Hsts {
  /** The complete value of the header. */
  readonly value: string;
}
