import { defineFamily } from '../annotations/family.ts';
import { integerOfOption } from '../options/integer-of-option.ts';
import type { OptionSpec } from '../options/option.ts';
import type { LeastSizes } from '../routing/policies/hash-tables.ts';

/** nginx takes no larger buckets. Source: ngx_hash_init in nginx's src/core/ngx_hash.c. */
const bucketSize = integerOfOption({ min: 0, max: 65_472 });
const maxSize = integerOfOption({ min: 0, max: 16_777_216 });

const spec = (type: typeof maxSize, example: string, summary: string, becomes: string) =>
  ({ type, default: 0, example, summary, becomes }) satisfies OptionSpec<number>;

const bucket = (table: string, becomes: string) =>
  spec(bucketSize, '128', `The least bucket size of the hash table of ${table}; 0 is what its keys need.`, becomes);

const size = (table: string, becomes: string) =>
  spec(maxSize, '4096', `The least number of buckets that the hash table of ${table} may have.`, becomes);

const least = (bytes: number | undefined, buckets: number | undefined): LeastSizes => ({
  ...(bytes && { bucketSize: bytes }),
  ...(buckets && { buckets }),
});

/** The hash tables of nginx. They are as large as their keys need in any case: smaller ones would not load. */
export const hashTables = defineFamily({
  name: 'hashTables',
  annotations: {},
  options: {
    'server-name-hash-bucket-size': bucket('host names', 'server_names_hash_bucket_size'),
    'server-name-hash-max-size': size('host names', 'server_names_hash_max_size'),
    'map-hash-bucket-size': bucket('maps', 'map_hash_bucket_size'),
    'proxy-headers-hash-bucket-size': bucket('headers to backends', 'proxy_headers_hash_bucket_size'),
    'proxy-headers-hash-max-size': size('headers to backends', 'proxy_headers_hash_max_size'),
    'variables-hash-bucket-size': bucket('variables', 'variables_hash_bucket_size'),
    'variables-hash-max-size': size('variables', 'variables_hash_max_size'),
  },
  read: () => undefined,
  gives: {
    http(options) {
      if (Object.values(options).every(value => value === 0)) return undefined;
      return {
        serverNames: least(options['server-name-hash-bucket-size'], options['server-name-hash-max-size']),
        maps: least(options['map-hash-bucket-size'], undefined),
        requestHeaders: least(options['proxy-headers-hash-bucket-size'], options['proxy-headers-hash-max-size']),
        variables: least(options['variables-hash-bucket-size'], options['variables-hash-max-size']),
      };
    },
  },
});
