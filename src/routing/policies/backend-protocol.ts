import type { TextPart } from '../variable-text.ts';

/** What a FastCGI backend is told of a request, besides what all are told. */
export interface FastcgiParams {
  /** The file that stands for a path that ends in a slash. */
  readonly index: string | undefined;
  /** By name. */
  readonly params: readonly FastcgiParam[];
}

export interface FastcgiParam {
  /** Letters, digits, `.`, `-` and `_`. */
  readonly name: string;
  readonly value: readonly TextPart[];
}
