/** A text to parse, under the name that messages call it by. */
export interface SourceText {
  /** The path as the user gave it (below a directory: joined with `/`), or `<stdin>`. */
  readonly name: string;
  readonly text: string;
}
