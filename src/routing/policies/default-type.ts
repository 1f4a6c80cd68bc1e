/** What responses are that nothing else gives a type: those of nginx itself with a text. */
export interface DefaultType {
  /** A MIME type. */
  readonly type: string;
}
