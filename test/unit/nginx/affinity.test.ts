import { crc32 } from 'node:zlib';

import { describe, expect, test } from 'vitest';

import { wordsFor } from '../../../src/nginx/policies/affinity.ts';

/** The place that nginx makes of a word, as the documentation of `hash` says: that of the Perl library Cache::Memcached. */
function placeOf(word: string, count: number): number {
  return ((crc32(word) >>> 16) & 0x7fff) % count;
}

describe('words for the places of servers', () => {
  test.each([1, 2, 3, 50, 1000, 32_768])('lead to each of %i', count => {
    const places = wordsFor(count).map(word => (word === undefined ? undefined : placeOf(word, count)));
    expect(places).toEqual(Array.from({ length: count }, (_, place) => place));
  });

  test('are missing for more than `hash` can tell apart', () => {
    const words = wordsFor(40_000);
    expect(words.filter(word => word !== undefined)).toHaveLength(32_768);
    expect(words[32_767]).toBeDefined();
    expect(words[32_768]).toBeUndefined();
  });
});
