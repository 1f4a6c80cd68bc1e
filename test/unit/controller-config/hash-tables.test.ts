import { expect, test } from 'vitest';

import { hashTables } from '../../../src/controller-config/hash-tables.ts';
import { renderNginx } from '../../../src/nginx/render.ts';
import { runOptions } from '../../support/annotations.ts';
import { linesOf } from '../../support/resources.ts';
import { asked, routingOf, serverOf } from '../../support/routing.ts';

/** The lines about tables that nginx.conf has with these options and hosts. */
function tableLines(data: Readonly<Record<string, string>>, ...hosts: readonly string[]): readonly string[] {
  const { policy } = runOptions(hashTables, data);
  const routing = routingOf({ hosts: hosts.map(host => serverOf(host, [])) });
  const http = policy === undefined ? routing.http : { ...routing.http, hashTables: asked(policy) };
  const [file] = renderNginx({ ...routing, http }, {}).files.filter(({ path }) => path === 'nginx.conf');
  const lines = new TextDecoder().decode(file?.bytes).split('\n');
  return lines.filter(line => /_hash_/.test(line)).map(line => line.trim());
}

const USUAL = 'server_names_hash_bucket_size 512;';
const LONG = `${'a'.repeat(60)}.${'b'.repeat(60)}.example.com`;

test.each<{ name: string; data: Readonly<Record<string, string>>; host?: string; lines: readonly string[] }>([
  { name: 'is what nginx needs', data: {}, lines: [USUAL] },
  { name: 'is no smaller than that', data: { 'server-name-hash-bucket-size': '64' }, lines: [USUAL] },
  {
    name: 'is no smaller than a long name needs',
    data: { 'server-name-hash-bucket-size': '64' },
    host: LONG,
    lines: ['server_names_hash_bucket_size 1216;'],
  },
  {
    name: 'is as large as asked for',
    data: { 'server-name-hash-bucket-size': '2048', 'server-name-hash-max-size': '1024' },
    host: LONG,
    lines: ['server_names_hash_bucket_size 2048;', 'server_names_hash_max_size 1024;'],
  },
  {
    name: 'of maps, headers and variables is as large as asked for',
    data: {
      'map-hash-bucket-size': '256',
      'proxy-headers-hash-max-size': '4096',
      'variables-hash-bucket-size': '512',
    },
    lines: [
      USUAL,
      'map_hash_bucket_size 256;',
      'map_hash_max_size 2048;',
      'variables_hash_bucket_size 512;',
      'variables_hash_max_size 2048;',
      'proxy_headers_hash_bucket_size 64;',
      'proxy_headers_hash_max_size 4096;',
    ],
  },
  {
    name: 'of maps is not made smaller than nginx has it',
    data: { 'map-hash-bucket-size': '32', 'variables-hash-max-size': '512' },
    lines: [USUAL],
  },
])('a table $name', ({ data, host = 'shop.example.com', lines }) => {
  expect(tableLines(data, host)).toEqual(lines);
});

test('a table has no bucket that nginx would refuse', () => {
  const { policy, found } = runOptions(hashTables, { 'map-hash-bucket-size': '65536' });
  expect(policy).toBeUndefined();
  expect(linesOf(found)).toEqual(['invalid-option-value: map-hash-bucket-size: "65536" is not between 0 and 65472']);
});
