import { crc32 } from 'node:zlib';

/** More than it takes to find a word for each of as many endpoints as `hash` can tell apart (32768). */
const MOST_WORDS = 500_000;

/**
 * A word for each place among so many servers: `hash` without `consistent` sends it there, as its documentation says by
 * naming a Perl library. So one upstream does for endpoints that are chosen by name, and those after it when it fails.
 * Source: nginx's src/http/modules/ngx_http_upstream_hash_module.c, ngx_http_upstream_get_hash_peer.
 */
export function wordsFor(count: number): readonly (string | undefined)[] {
  const words: (string | undefined)[] = Array.from({ length: count });
  let left = count;
  for (let number = 0; left > 0 && number < MOST_WORDS; number += 1) {
    const place = ((crc32(String(number)) >>> 16) & 0x7f_ff) % count;
    if (words[place] !== undefined) continue;
    words[place] = String(number);
    left -= 1;
  }
  return words;
}
