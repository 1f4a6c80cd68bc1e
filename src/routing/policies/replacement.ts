/** What is replaced in a text of a backend. */
export interface Replacement {
  /** The begin of the text; after `~` an expression. It has neither white space nor a dollar. */
  readonly from: string;
  readonly to: string;
}
