/** How large a request body may be. A larger one is answered with 413 as soon as its length is known. */
export interface BodySize {
  /** As nginx writes it: `8m`, `1g`, `1048576`; `0` for no limit. */
  readonly size: string;
  /** The same in bytes; 0 for no limit. */
  readonly bytes: number;
}
