import { crc32 } from 'node:zlib';

import { describe, expect, test } from 'vitest';

import { compileSources } from '../../support/compiled.ts';
import { ingress, service, slice, yamlOf } from '../../support/manifests.ts';
import type { Pod } from '../../support/backends.ts';
import { wordsFor } from '../../../src/nginx/hash-words.ts';

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

describe('the names of endpoints in cookies', () => {
  const PORTS = [{ name: 'http', number: 80, pod: 8080 }];

  /** By the address of each endpoint. */
  function tagsOf(ready: readonly Pod[]): Readonly<Record<string, string>> {
    const annotations = { affinity: 'cookie', 'affinity-mode': 'persistent' };
    const route = ingress({ host: 'a.example.com', paths: [['/', 'Prefix', 'web']], annotations });
    const text = yamlOf([service('web', PORTS), slice('web', PORTS, { ready }), route]);
    const { conf } = compileSources([{ name: 'shop.yaml', text }]);
    const rows = conf.matchAll(/^ {4}(127[\d.:]+) ([0-9a-f]{16});$/gmu);
    return Object.fromEntries([...rows].map(([, address = '', tag = '']) => [address, tag]));
  }

  test('are those of the same addresses, whatever others there are', () => {
    const three = tagsOf(['web', 'cart', 'blog']);
    expect(new Set(Object.values(three)).size).toBe(3);
    expect(tagsOf(['admin', 'blog', 'cart', 'web'])).toMatchObject(three);
  });
});

test('a path without a backend has no cookie, whatever its path holds', () => {
  const annotations = { affinity: 'cookie' };
  const PORTS = [{ name: 'http', number: 80, pod: 8080 }];
  const route = ingress({ host: 'a.example.com', paths: [['/a$', 'ImplementationSpecific', 'empty']], annotations });
  const { conf } = compileSources([
    { name: 'shop.yaml', text: yamlOf([service('empty', PORTS), slice('empty', PORTS, { ready: [] }), route]) },
  ]);
  expect(conf).toContain('location = "/a$" { return 503; }');
  expect(conf).not.toContain('$affinity_path');
  expect(conf).not.toContain('$literal_dollar');
});
