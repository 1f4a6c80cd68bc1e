/** What nginx takes a hash table's bucket sizes for: a multiple of it. */
const CACHE_LINE = 64;
const POINTER = 8;

/** What a table of nginx needs for its keys: bytes of a bucket, and number of buckets. */
export interface HashSizes {
  readonly bucketSize: number;
  readonly buckets: number;
}

/** So many of the longest keys fit in a bucket: enough that none of a table of as many buckets as keys is ever full. */
const KEYS_IN_BUCKET = 8;

/**
 * nginx refuses to start when a key does not fit in a bucket, and warns when too many share one. The sizes are limits:
 * what it takes is less. Source: ngx_hash_init in nginx's src/core/ngx_hash.c.
 *
 * @param longest bytes of the longest key
 * @param usual the bucket size below which nothing is gained
 */
export function hashSizes(longest: number, count: number, usual: number): HashSizes {
  const element = POINTER + roundUp(longest + 2, POINTER);
  return {
    bucketSize: Math.max(usual, roundUp(KEYS_IN_BUCKET * element + POINTER, CACHE_LINE)),
    buckets: 2 ** Math.ceil(Math.log2(Math.max(1, count))),
  };
}

function roundUp(size: number, unit: number): number {
  return Math.ceil(size / unit) * unit;
}
