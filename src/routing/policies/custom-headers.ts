/** Headers of all responses of a location, whatever the backend sends under their names. */
export interface CustomHeaders {
  /** Sorted by name, each once, never empty. A dollar in a value is a dollar. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}
