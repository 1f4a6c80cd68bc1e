/** The least sizes of nginx's tables; undefined where nobody asks for one. */
export interface HashTables {
  readonly serverNames: LeastSizes;
  readonly maps: LeastSizes;
  readonly requestHeaders: LeastSizes;
  readonly variables: LeastSizes;
}

export interface LeastSizes {
  /** Bytes. */
  readonly bucketSize?: number;
  readonly buckets?: number;
}
