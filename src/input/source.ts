/** A text to parse, under the name that messages call it by. */
export interface SourceText {
  /** The path as the user gave it (below a directory: joined with `/`), or `<stdin>`. */
  readonly name: string;
  readonly text: string;
  /** A link in a folder led out of it to this file: nobody may have meant to show it, so no line of it is shown. */
  readonly isFromOutside?: true;
  /** It was found in a folder in which most files are no manifests: only what holds one of our kinds is judged. */
  readonly isFromRepository?: true;
  /** The namespace that its objects get, whatever they say: that of a kustomization. */
  readonly namespace?: string;
}

/** Something in a repository that is no manifest, and was passed over without a finding. */
export interface PassedOver {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** What it is instead: `a list`, `a patch` … */
  readonly what: string;
}
