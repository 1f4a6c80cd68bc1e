/** A text to parse, under the name that messages call it by. */
export interface SourceText {
  /** The path as the user gave it (below a directory: joined with `/`), or `<stdin>`. */
  readonly name: string;
  readonly text: string;
  /** A link in a folder led out of it to this file: nobody may have meant to show it, so no line of it is shown. */
  readonly isFromOutside?: true;
}
