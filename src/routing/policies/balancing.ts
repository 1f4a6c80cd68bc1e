/** How requests for an upstream are spread over its endpoints, where they do not simply take turns. */
export type Balancing = HashBalancing | { readonly kind: 'less-busy' };

/** Requests with the same key go to the same endpoint, or to the same group of endpoints. */
export interface HashBalancing {
  readonly kind: 'hash';
  readonly key: readonly KeyPart[];
  /** How many endpoints each group has; undefined for no groups. */
  readonly subsetSize: number | undefined;
}

/** `variable` is one that nginx has, without its dollar; `1` to `9` are groups of the expression of the location. */
export type KeyPart = { readonly text: string } | { readonly variable: string };
