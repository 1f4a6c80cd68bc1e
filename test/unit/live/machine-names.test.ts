import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { localNames } from '../../../src/live/machine-names.ts';
import { machineResolvers } from '../../../src/live/machine-resolvers.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-names-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(text: string): string {
  const path = join(folder, 'file');
  writeFileSync(path, text);
  return path;
}

describe('the DNS servers of the machine are', () => {
  test.each([
    {
      name: 'those of its file',
      text: 'search lan\nnameserver 192.0.2.1\nnameserver 192.0.2.2\n',
      servers: ['192.0.2.1', '192.0.2.2'],
    },
    { name: 'IPv6 in brackets', text: 'nameserver 2001:db8::1\n', servers: ['[2001:db8::1]'] },
    { name: 'no comments', text: '#nameserver 192.0.2.1\n; nameserver 192.0.2.2\n', servers: [] },
    { name: 'none with a zone, which nginx does not take', text: 'nameserver fe80::1%eth0\n', servers: [] },
    { name: 'none that is no address', text: 'nameserver dns; }\n', servers: [] },
    {
      name: 'three at most, each once',
      text: [1, 1, 2, 3, 4].map(n => `nameserver 192.0.2.${n}\n`).join(''),
      servers: ['192.0.2.1', '192.0.2.2', '192.0.2.3'],
    },
    { name: 'none in an empty file', text: '', servers: [] },
  ])('$name', ({ text, servers }) => {
    expect(machineResolvers(fileOf(text))).toEqual(servers);
  });

  test('unknown without the file', () => {
    expect(machineResolvers(join(folder, 'nowhere'))).toEqual([]);
  });
});

describe('the hosts file of the machine', () => {
  const text = `127.0.0.1 localhost\n10.0.0.5\tNAS nas.lan # 10.0.0.6 other\n\n# 10.0.0.7 gone\nnonsense word\nfd00::5 nas\n10.0.0.5 nas\n169.254.169.254 keys\nfe80::1%eth0 near\n`;

  test.each([
    { name: 'nas', addresses: ['10.0.0.5', 'fd00::5'] },
    { name: 'nas.lan', addresses: ['10.0.0.5'] },
    { name: 'localhost', addresses: ['127.0.0.1'] },
  ])('has $name with its addresses', ({ name, addresses }) => {
    expect(localNames(fileOf(text)).get(name)).toEqual(addresses);
  });

  test.each(['other', '10.0.0.5', 'gone', 'word', '', 'keys', 'near'])('does not have "%s"', name => {
    expect(localNames(fileOf(text)).get(name)).toBeUndefined();
  });

  test('does not have the names of our own block, which lead to nginx itself', () => {
    const block = '# BEGIN ingress2nginx\n127.0.0.1 shop.example.com\n# END ingress2nginx\n';
    expect(localNames(fileOf(`${text}${block}`)).get('shop.example.com')).toBeUndefined();
    expect(localNames(fileOf(`${text}${block}`)).get('nas')).toEqual(['10.0.0.5', 'fd00::5']);
  });

  test('has nothing where there is none', () => {
    expect(localNames(join(folder, 'nowhere')).get('nas')).toBeUndefined();
  });
});
