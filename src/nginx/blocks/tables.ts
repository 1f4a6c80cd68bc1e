import { hashSizes } from '../hash-sizes.ts';

import type { Gathered } from '../gather.ts';
import type { HashSizes } from '../hash-sizes.ts';
import type { HeadersView } from '../headers.ts';
import type { Server } from '../../routing/model.ts';
import type { HashTables, LeastSizes } from '../../routing/policies/hash-tables.ts';

/** Sizes of nginx's table of server names; `maxSize` only where the default would give a warning. */
export type NamesHashView = Readonly<{ bucketSize: number; maxSize: number | undefined }>;

/** Sizes of its other tables, where those that it has by itself would not do, or would be less than asked for. */
export type TablesView = Readonly<{
  maps: HashSizes | undefined;
  variables: HashSizes | undefined;
  requestHeaders: HashSizes | undefined;
}>;

/** Bytes; enough for names of 46 letters. The same for most inputs, so that a host more changes nothing else. */
const USUAL_BUCKET = 512;
/** nginx has as many buckets without being told. */
const USUAL_BUCKETS = 512;
/** Bytes of a key that fits in a bucket of one cache line, the least that nginx has. */
const USUAL_KEY = 46;
/**
 * So few that nginx's own sizes surely do. Of keys longer than 14 bytes no two share a bucket of the usual size, and
 * variables lie among those that nginx has itself.
 */
const USUAL_COUNTS = { maps: 64, variables: 4, requestHeaders: 32 } as const;
/** As many buckets, and as large ones, as nginx has for any of them without being told. */
const LARGEST_USUAL = { bucketSize: 64, buckets: 2_048 } as const;

/** Regular expressions are not in the table. */
export function namesHashView(servers: readonly Server[], least: HashTables | undefined): NamesHashView {
  let longest = 0;
  let count = 0;
  const take = (name: string): void => {
    if (name.startsWith('~')) return;
    longest = Math.max(longest, name.length);
    count += 1;
  };
  for (const { host, aliases } of servers) {
    if (!host.includes('*')) take(host);
    aliases?.forEach(take);
  }
  const { bucketSize, buckets } = hashSizes(longest, count, USUAL_BUCKET);
  const asked = { bucketSize: 0, buckets: 0, ...least?.serverNames };
  const most = Math.max(count > USUAL_BUCKETS ? buckets : 0, asked.buckets);
  return { bucketSize: Math.max(bucketSize, asked.bucketSize), maxSize: most > USUAL_BUCKETS ? most : undefined };
}

export function tablesView(
  { texts, sets }: Gathered,
  { request, response }: HeadersView,
  least: HashTables | undefined,
): TablesView {
  const tags = sets.map(({ tag }) => tag);
  const maps = texts.map(({ keys = [] }) => keys);
  const headerMaps = [...request.maps, ...response.maps];
  const variables = [...texts.map(({ mark }) => mark), ...headerMaps.map(({ name }) => name)];
  const others = request.others.map(({ name }) => name);
  const mostKeys = Math.max(tags.length, ...maps.map(keys => keys.length));
  return {
    maps: atLeast(sizesFor('maps', [...maps.flat(), ...tags], mostKeys), least?.maps),
    variables: atLeast(sizesFor('variables', variables, variables.length), least?.variables),
    requestHeaders: atLeast(sizesFor('requestHeaders', others, others.length), least?.requestHeaders),
  };
}

function sizesFor(table: keyof TablesView, keys: readonly string[], count: number): HashSizes | undefined {
  const longest = keys.reduce((most, key) => Math.max(most, Buffer.byteLength(key)), 0);
  if (longest <= USUAL_KEY && count <= USUAL_COUNTS[table]) return undefined;
  const { bucketSize, buckets } = hashSizes(longest, count, USUAL_BUCKET);
  return { bucketSize, buckets: Math.max(buckets, LARGEST_USUAL.buckets) };
}

/** What is needed, or what is asked for beyond that. */
function atLeast(needed: HashSizes | undefined, asked: LeastSizes | undefined): HashSizes | undefined {
  const base = needed ?? LARGEST_USUAL;
  const bucketSize = Math.max(base.bucketSize, asked?.bucketSize ?? 0);
  const buckets = Math.max(base.buckets, asked?.buckets ?? 0);
  return bucketSize > base.bucketSize || buckets > base.buckets ? { bucketSize, buckets } : needed;
}
